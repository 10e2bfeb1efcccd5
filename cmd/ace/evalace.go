package main

import (
	"context"
	"errors"

	"ace/core/beam"
	"ace/core/search"
	"ace/train/score"
)

// ace puts the questions to the bundle: in the mode that search chooses by
// itself and, where that is not pure, by the identifiers alone too. firsts are
// the first hits of a hybrid search.
func (e *exam) ace(ctx context.Context, r *search.Retriever, beams int, pure bool, t *out) (systems []system, firsts []first, err error) {
	s, firsts, err := e.mode(ctx, r, beams, pure, t)
	if err != nil || s.Mode == "pure" {
		return []system{s}, nil, err
	}
	second, _, err := e.mode(ctx, r, beams, true, t)
	return []system{s, second}, firsts, err
}

// noCutoff refuses nothing, so that ranks are of all answers.
var noCutoff float64

// mode puts the questions to the bundle in one mode.
func (e *exam) mode(ctx context.Context, r *search.Retriever, beams int, pure bool, t *out) (system, []first, error) {
	ranks := make([]int, len(e.questions))
	var times []float64
	answers, valid := 0, 0
	var survival []float64
	var mode string
	firsts := []first{}
	for n, q := range e.questions {
		set := e.set(q)
		trace := func(level int, paths []beam.Path) {
			for len(survival) <= level {
				survival = append(survival, 0)
			}
			for _, p := range paths {
				for i := range e.relevant[n] {
					if p.Items.Lo <= uint32(i) && uint32(i) < p.Items.Hi {
						survival[level]++
						return
					}
				}
			}
		}
		a, err := r.Search(ctx, q.Query, search.Options{Limit: 10, Beam: beams, Within: set, Pure: pure, Cutoff: &noCutoff, Now: clock(), Trace: trace})
		if err != nil {
			return system{}, nil, err
		}
		if a.Trouble != "" { // the rest would measure something else
			return system{}, nil, errors.New(a.Trouble)
		}
		mode = a.Mode
		times = append(times, a.MS.Total)
		for k, h := range a.Hits {
			answers++
			if h.Index < len(e.items) && e.items[h.Index].ID == h.Item.ID && (set == nil || set.Has(uint32(h.Index))) {
				valid++
			}
			if ranks[n] == 0 && e.relevant[n][h.Index] {
				ranks[n] = k + 1
			}
		}
		if len(a.Hits) > 0 {
			firsts = append(firsts, first{ranks[n] == 1, a.Hits[0].Confidence, a.Fits})
		}
		t.progress("eval", n+1, len(e.questions))
	}
	t.close()
	for l := range survival {
		survival[l] *= 100 / float64(len(e.questions))
	}
	return system{Name: "ace", Mode: mode, Score: score.Summarise(ranks), P50: score.Percentile(times, 0.5), P95: score.Percentile(times, 0.95),
		Valid: share(valid, answers), Survival: survival}, firsts, nil
}

// share is n of total, 1 where there is nothing to count.
func share(n, total int) float64 {
	if total == 0 {
		return 1
	}
	return float64(n) / float64(total)
}
