package lexicon

import (
	"fmt"
	"testing"
)

// TestFunctionWordsTellLittle: however few items hold a word that only binds
// others, and although none may, it does not outweigh what the question is about.
func TestFunctionWordsTellLittle(t *testing.T) {
	texts := []string{"party cake", "circle to square"}
	for i := range 50 {
		texts = append(texts, fmt.Sprintf("cake number %d", i))
	}
	n := len(texts)
	x := New(Collect(words(texts...)), nil)
	for _, q := range []string{"to party", "something to party", "what is a party"} {
		s := ask(t, x, n, nil, q)
		if s.Item[0] <= 2*s.Item[1] {
			t.Errorf("%q: party %v, circle to square %v", q, s.Item[0], s.Item[1])
		}
		if s.Exact < 0.5 {
			t.Errorf("%q: a share of %v is known", q, s.Exact)
		}
	}
	if s := ask(t, x, n, nil, "to"); s.Item[1] <= 0 {
		t.Error("a word that only binds others finds no item that has it")
	}
}
