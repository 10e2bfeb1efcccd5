package search

import (
	"context"
	"slices"
	"testing"
)

func TestNear(t *testing.T) {
	s := shopOf(300, 0, []int{5, 4, 4, 3})
	r := s.open(t)
	ctx := context.Background()
	offered := 0
	for _, word := range s.words[:20] {
		words, err := r.Near(ctx, word+"p", Options{}) // nobody uses it, many are spelt alike
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if !slices.Contains(s.words, w) || w == word+"p" {
				t.Errorf("%q is offered for %q", w, word+"p")
			}
			if w == word {
				offered++
			}
		}
		if r.trust.Cutoff = 2; len(words) > 0 { // nothing fits
			if words, err := r.Near(ctx, word+"p", Options{}); err != nil || len(words) > 0 {
				t.Errorf("%q are offered, which fit nothing, %v", words, err)
			}
		}
		r.trust.Cutoff = 0
	}
	if offered < 8 {
		t.Errorf("of 20 misspelt words %d are offered", offered)
	}
	if words, err := r.Near(ctx, "", Options{}); err != nil || len(words) > 0 {
		t.Errorf("%q are near nothing, %v", words, err)
	}
}
