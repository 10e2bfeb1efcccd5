package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

var corpus = []string{"a dog on the beach", "two dogs run", "a cat", "鸭舌帽", "帽子", "鸭舌", "야구모자", "Baseballmütze", "!!"}

func TestVocabularyIsStable(t *testing.T) {
	a, b := Learn(corpus, 1200), Learn(corpus, 1200)
	ta, _ := a.MarshalText()
	tb, _ := b.MarshalText()
	if string(ta) != string(tb) {
		t.Error("two runs over the same texts differ")
	}
	var c Vocabulary
	if err := c.UnmarshalText(ta); err != nil {
		t.Fatal(err)
	}
	if c.Size() != a.Size() || a.Size() > 1200 {
		t.Errorf("size %d, after reading %d, want at most 1200", a.Size(), c.Size())
	}
	for _, s := range corpus {
		if x, y := a.EncodeWords(Words(s), nil), c.EncodeWords(Words(s), nil); !slices.Equal(x.Pieces, y.Pieces) || !slices.Equal(x.Start, y.Start) {
			t.Errorf("%q encodes differently after reading", s)
		}
	}
}

func TestEncodeNeverLeavesAWordWithoutPieces(t *testing.T) {
	for _, v := range []*Vocabulary{Learn(corpus, 1200), Learn(nil, 0), Learn(corpus, 1028)} {
		for _, s := range append(corpus, "zzxqj", "ᚠᚢᚦ", "😀", "x", strings.Repeat("word ", 500), strings.Repeat("x", 100000)) {
			tok := v.EncodeWords(Words(s), nil)
			if tok.Len() == 0 || tok.Len() > MaxTokens {
				t.Errorf("%.20q has %d tokens", s, tok.Len())
			}
			for i := range tok.Len() {
				p := tok.Pieces[tok.Start[i]:tok.Start[i+1]]
				if len(p) == 0 || len(p) > MaxPieces {
					t.Errorf("%.20q: word %d has %d pieces", s, i, len(p))
				}
				for _, id := range p {
					if int(id) >= v.Size() {
						t.Errorf("%.20q: id %d of %d", s, id, v.Size())
					}
				}
			}
		}
	}
	if v := Learn(corpus, 1200); v.EncodeWords(Words("  \n"), nil).Len() != 0 {
		t.Error("white space has tokens")
	}
}

// TestRareWordsDiffer: words that are no pieces have signatures of their own.
func TestRareWordsDiffer(t *testing.T) {
	v := Learn(nil, 0)
	seen := map[[2]uint32]string{}
	same := 0
	for i := range 2000 {
		w := fmt.Sprint("word", i)
		p := v.EncodeWords(Words(w), nil).Pieces
		if len(p) != 2 {
			t.Fatalf("%s has the pieces %v", w, p)
		}
		if seen[[2]uint32(p)] != "" {
			same++
		}
		seen[[2]uint32(p)] = w
	}
	if same > 20 {
		t.Errorf("%d of 2000 words share a signature", same)
	}
}

func TestRelatedWordsSharePieces(t *testing.T) {
	v := Learn([]string{"a running dog", "the dogs", "running", "runs", "run", "dog"}, 3000)
	shared := func(a, b string) int {
		n := 0
		for _, id := range v.EncodeWords(Words(a), nil).Pieces {
			if slices.Contains(v.EncodeWords(Words(b), nil).Pieces, id) {
				n++
			}
		}
		return n
	}
	if shared("running", "runing") == 0 || shared("dogz", "dogs") == 0 {
		t.Error("a misspelt word shares nothing with the right one")
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	for _, s := range []string{"a\na", "a\n\nb", "a\n", "\xff"} {
		if err := new(Vocabulary).UnmarshalText([]byte(s)); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}
