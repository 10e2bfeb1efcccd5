package search

import (
	"context"
	"math"

	"ace/core"
	"ace/core/beam"
)

// likeliest lists the items that paths lead to by the probability of their
// identifiers alone; those that share one come in item order.
func likeliest(paths []beam.Path, set *Set, limit int) []core.Hit {
	var hits []core.Hit
	for _, p := range paths {
		for i := p.Items.Lo; i < p.Items.Hi && len(hits) < limit; i++ {
			if set == nil || set.Has(i) {
				hits = append(hits, core.Hit{Index: int(i), Score: p.LogProb, Confidence: math.Exp(min(p.LogProb, 0)), Identifier: p.ID})
			}
		}
	}
	return hits
}

// trusted lists the best candidates, and none where the first one is trusted
// less than cutoff; fits is how far it is.
func (r *Retriever) trusted(found []Candidate, limit int, cutoff float64) (hits []core.Hit, fits float64) {
	if len(found) == 0 {
		return nil, 0
	}
	// What trust was learnt from are items with words: of others it knows nothing.
	judge := func(c Candidate) bool { return r.trust.Fitted() && r.index.Says(c.Index) }
	fits = 1
	if judge(found[0]) {
		fits = r.trust.FitsBy(found[0].Signals)
	}
	if fits < cutoff {
		return nil, fits
	}
	last := 1.0
	for _, c := range found[:min(len(found), limit)] {
		p := c.share
		if judge(c) {
			p = r.trust.Hit.Probability(c.Signals)
		}
		last = min(last, p) // never more than those before it
		hits = append(hits, core.Hit{Index: c.Index, Score: c.score, Confidence: last, Identifier: c.id})
	}
	return hits, fits
}

// name fills in the items of hits.
func (r *Retriever) name(ctx context.Context, hits []core.Hit) ([]core.Hit, error) {
	numbers := make([]int, len(hits))
	for i := range hits {
		numbers[i] = hits[i].Index
	}
	items, err := r.items(ctx, numbers)
	if err != nil {
		return nil, err
	}
	for i := range hits {
		hits[i].Item = items[i]
	}
	return hits, nil
}
