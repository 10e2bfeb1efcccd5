package exam

import (
	"context"
	"slices"
	"testing"

	"ace/core"
)

// TestWhoseWords: questions are told apart by whose words they have, and each
// sort's ranks are summed up by themselves.
func TestWhoseWords(t *testing.T) {
	items := []core.Item{{ID: "a", Captions: []string{"two black dogs"}}, {ID: "b", Keywords: []string{"cat"}}, {ID: "c"}}
	questions := []Question{{Query: "Dog, black"}, {Query: "black cat"}, {Query: "cat"}, {Query: "zebra"}, {Query: "zebra cat"}, {Query: "?!"}, {Query: "cats"}}
	relevant := []map[int]bool{{0: true}, {0: true, 2: true}, {0: true}, {1: true}, {2: true}, {0: true}, {0: true, 1: true}}
	got := sorts(items, questions, relevant)
	if want := []string{ownWords, someWords, otherWords, newWords, otherWords, newWords, ownWords}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	e := Exam{sorts: got}
	sums := e.byWords([]int{1, 2, 0, 0, 11, 1, 5})
	var n int
	for _, s := range sums {
		n += s.Questions
	}
	if len(sums) != 4 || n != len(questions) || sums[0].Words != ownWords || sums[0].Questions != 2 || sums[0].R1 != 50 || sums[0].R10 != 100 || sums[3].R1 != 50 {
		t.Errorf("%+v", sums)
	}
}

// The sorts of an exam make up all of its questions.
func TestExamByWords(t *testing.T) {
	r, items := shelf(t, true)
	q := append(ask(items[:20]), Question{Query: "unheard", Relevant: []string{items[0].ID}})
	e, err := New(context.Background(), r, items, q, Options{Beams: 5})
	if err != nil {
		t.Fatal(err)
	}
	var k ranker
	s := e.AskRanker("k", &k).ByWords
	if len(s) != 2 || s[0] != (ByWords{ownWords, 20, s[0].Score}) || s[1].Words != newWords || s[1].Questions != 1 || s[0].R1 != 100 {
		t.Errorf("%+v", s)
	}
}
