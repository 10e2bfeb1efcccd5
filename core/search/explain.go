package search

import (
	"context"

	"ace/core/beam"
	"ace/core/text"
)

// Walk is how a search came to its answer.
type Walk struct {
	Levels [][]beam.Path // the beams that survived each level, best first
	// Parts is what speaks for one item, weighed by the bundle's mix: the parts of
	// its Score. A pure search has but Path.
	Parts Evidence
	Found bool // whether the item is among the candidates
}

// Explain searches as Search does, and gives the tree as it was walked and what
// spoke for one item. Limit and Cutoff are not looked at.
func (r *Retriever) Explain(ctx context.Context, question string, item int, o Options) (Walk, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var w Walk
	set, err := r.set(ctx, &o)
	if err != nil {
		return w, err
	}
	q := r.query.Encode(text.Words(question))
	if q.Len() == 0 {
		return w, nil
	}
	f := finding{query: &q, set: set, width: min(max(o.Beam, DefaultBeam), MaxLimit),
		trace: func(_ int, beams []beam.Path) { w.Levels = append(w.Levels, beams) }}
	if !o.Pure && r.index != nil {
		f.mix = &r.mix
	}
	paths, err := r.find(ctx, &f)
	if err != nil {
		return w, err
	}
	if f.mix == nil {
		for _, p := range paths {
			if i := uint32(item); p.Items.Lo <= i && i < p.Items.Hi {
				w.Parts, w.Found = Evidence{Path: p.LogProb}, true
			}
		}
		return w, nil
	}
	m := r.mix
	for _, c := range r.weigh(paths, m, set, f.width) {
		if e := c.Evidence; c.Index == item {
			w.Parts, w.Found = Evidence{m.Path * e.Path, m.Words * e.Words, m.Alike * e.Alike, m.Topic * e.Topic, m.Dense * e.Dense}, true
		}
	}
	return w, nil
}

// Levels holds how many codes each level of the identifiers has.
func (r *Retriever) Levels() []int { return r.trie.Levels() }
