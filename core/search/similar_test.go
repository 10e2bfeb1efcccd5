package search

import (
	"context"
	"math"
	"slices"
	"testing"

	"ace/core/gemm"
)

func TestSimilar(t *testing.T) {
	s := shopOf(300, 0, []int{5, 4, 4, 3})
	r := s.open(t)
	ctx := context.Background()
	const item = 123
	hits, err := r.Similar(ctx, item, 20)
	if err != nil || len(hits) != 20 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	// The plain way: every item's vector and identifier against this one's.
	id, w := r.trie.ID(item), r.dual.Width
	near := func(i int) float64 {
		shared := 0
		for other := r.trie.ID(i); shared < len(id)-1 && other[shared] == id[shared]; {
			shared++
		}
		return float64(gemm.Dot(r.dual.Items[item*w:][:w], r.dual.Items[i*w:][:w])) + kinship*float64(shared)/3
	}
	var want []float64
	for i := range 300 {
		if i != item {
			want = append(want, near(i))
		}
	}
	slices.SortFunc(want, func(a, b float64) int { return int(math.Copysign(1, b-a)) })
	for i, h := range hits {
		if h.Index == item || math.Abs(h.Score-want[i]) > 1e-5 || math.Abs(near(h.Index)-h.Score) > 1e-5 {
			t.Errorf("hit %d is item %d of score %.5f, want one of %.5f", i, h.Index, h.Score, want[i])
		}
		if it, _ := r.Items(ctx, h.Index, h.Index+1); it[0].ID != h.Item.ID || !slices.Equal(h.Identifier, r.trie.ID(h.Index)) {
			t.Errorf("hit %d holds item %s", i, h.Item.ID)
		}
	}
	r.dual = nil // identifiers alone
	hits, err = r.Similar(ctx, item, 500)
	if err != nil || len(hits) == 0 || len(hits) > 299 {
		t.Fatalf("by identifiers alone: %d hits, %v", len(hits), err)
	}
	for _, h := range hits {
		if h.Identifier[0] != id[0] {
			t.Errorf("%v is taken for kin of %v", h.Identifier, id)
		}
	}
	for _, no := range []int{-1, 300} {
		if _, err := r.Similar(ctx, no, 5); err == nil {
			t.Errorf("item %d has kin", no)
		}
	}
}
