package query

import (
	"slices"
	"testing"

	"ace/core/text"
)

type one struct{}

func (one) Dim() int                      { return 3 }
func (one) Find(w string) (int, bool)     { return 0, w == "river" }
func (one) Vector(row int, dst []float32) { copy(dst, []float32{0, 0.6, 0.8}) }

func TestEncodeGivesEachWordItsVector(t *testing.T) {
	v := text.Learn([]string{"a river bank"}, 1100)
	e := Encoder{Vocabulary: v, Vectors: one{}, Known: func(w string) bool { return w != "qqqq" }}
	q := e.Encode([]string{"river", "qqqq"})
	if q.Len() != 2 || !slices.Equal(q.Words, []string{"river", "qqqq"}) || len(q.Sense) != 6 {
		t.Fatalf("%+v", q)
	}
	if !slices.Equal(q.Vector(0), []float32{0, 0.6, 0.8}) || q.Vector(1) != nil {
		t.Errorf("vectors %v and %v", q.Vector(0), q.Vector(1))
	}
	if n := q.Start[2] - q.Start[1]; n != 0 {
		t.Errorf("a word that nobody knows has %d pieces", n)
	}
	if q := e.Encode([]string{"qqqq"}); len(q.Pieces) == 0 || !q.Strange {
		t.Error("a question without any piece, or not strange")
	}
	if q.Strange {
		t.Error("a question with a known word is strange")
	}
	e.Vectors = nil
	if q := e.Encode([]string{"river"}); q.Sense != nil || q.Vector(0) != nil {
		t.Error("a vector from no table")
	}
	long := e.Encode(make([]string, text.MaxTokens+5))
	if len(long.Words) != text.MaxTokens {
		t.Errorf("%d words of a long text", len(long.Words))
	}
}
