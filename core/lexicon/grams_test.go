package lexicon

import (
	"fmt"
	"slices"
	"testing"
)

// TestGramIndex: every piece finds the words that have it, as strings tell, and once.
func TestGramIndex(t *testing.T) {
	words := []string{"", "a", "an", "banana", "ananas", "Straße", "straßen", "漢字", "漢字漢字漢", "\xff\xfe\xfd", "<<>", "aaaaaa"}
	for i := range 500 {
		words = append(words, fmt.Sprint(i*i*7919))
	}
	pieces := func(w string) (all []string) {
		r := []rune("<" + w + ">")
		for i := 0; len(r) >= 5 && i+3 <= len(r); i++ {
			all = append(all, string(r[i:i+3]))
		}
		return all
	}
	var having [][]string
	for _, w := range words {
		having = append(having, pieces(w))
	}
	x := newGramIndex(words)
	for i, w := range words {
		of := having[i]
		n := 0
		grams(w, func(g gram) {
			var got, want []uint32
			x.visit(g, func(term uint32) { got = append(got, term) })
			for term, other := range having {
				if slices.Contains(other, of[n]) {
					want = append(want, uint32(term))
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q of %q: words %v, want %v", of[n], w, got, want)
			}
			n++
		})
		if n != len(of) {
			t.Errorf("%q has %d pieces, want %d", w, n, len(of))
		}
	}
	grams("qqqqq", func(g gram) { x.visit(g, func(uint32) { t.Error("a word has a piece of qqqqq") }) })
}
