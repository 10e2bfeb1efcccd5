package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ace/core"
	"ace/core/gemm"
)

// kinship is what sharing all codes but the last adds to the cosine of two items'
// vectors: as much as being a fifth nearer.
const kinship = 0.2

// Similar gives the items that are nearest to an item: by the cosine of their
// vectors, where the bundle has them, and by how long a beginning of their
// identifiers they share. Score is the sum, at most 1 + kinship.
func (r *Retriever) Similar(ctx context.Context, item, limit int) ([]core.Hit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if item < 0 || item >= r.info.Items {
		return nil, fmt.Errorf("item %d of a bundle of %d", item, r.info.Items)
	}
	near := make([]float64, r.info.Items)
	if d := r.dual; d != nil {
		of := d.Items[item*d.Width:][:d.Width]
		for i := range near {
			near[i] = float64(gemm.Dot(of, d.Items[i*d.Width:][:d.Width]))
		}
	}
	share := kinship / float64(max(len(r.config.Levels)-1, 1))
	id, family := r.trie.ID(item), r.trie.Root()
	for level, code := range id[:max(len(id)-1, 1)] {
		of := family
		r.trie.Children(level, of, func(t core.Token, items core.Range) {
			if t == code {
				family = items
			}
		})
		for i := family.Lo; i < family.Hi; i++ {
			near[i] += share
		}
	}
	order := make([]int, 0, len(near))
	for i := range near {
		if i != item && near[i] > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(near[b], near[a]), cmp.Compare(a, b)) })
	hits := make([]core.Hit, 0, limit)
	for _, i := range order[:min(len(order), max(limit, 0))] {
		hits = append(hits, core.Hit{Index: i, Score: near[i], Identifier: r.trie.ID(i)})
	}
	return r.name(ctx, hits)
}
