package exam

import (
	"context"
	"errors"

	"ace/core/beam"
	"ace/core/search"
	"ace/train/score"
)

// First is what a hybrid search says of the first hit of a question.
type First struct {
	Right      bool
	Confidence float64 // that the hit is right, 0 to 1
	Fits       float64 // that the collection has what was asked for, 0 to 1
}

// Ask puts the questions to the bundle: in the mode that search chooses by itself
// and, where that is not pure, by the identifiers alone too; with pure only so.
// firsts are the first hits of a hybrid search, nil where there was none.
func (e *Exam) Ask(ctx context.Context, pure bool) (systems []System, firsts []First, err error) {
	s, firsts, err := e.mode(ctx, pure)
	if err != nil || s.Mode == "pure" {
		return []System{s}, nil, err
	}
	second, _, err := e.mode(ctx, true)
	return []System{s, second}, firsts, err
}

// noCutoff refuses nothing, so that ranks are of all answers.
var noCutoff float64

// mode puts the questions to the bundle in one mode.
func (e *Exam) mode(ctx context.Context, pure bool) (System, []First, error) {
	ranks := make([]int, len(e.questions))
	var times []float64
	answers, valid := 0, 0
	var survival []float64
	var mode string
	firsts := []First{}
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
		a, err := e.r.Search(ctx, q.Query, search.Options{Limit: 10, Beam: e.beams, Within: set, Pure: pure, Cutoff: &noCutoff, Now: clock(), Trace: trace})
		if err != nil {
			return System{}, nil, err
		}
		if a.Trouble != "" { // the rest would measure something else
			return System{}, nil, errors.New(a.Trouble)
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
			firsts = append(firsts, First{ranks[n] == 1, a.Hits[0].Confidence, a.Fits})
		}
		e.progress("eval", n+1, len(e.questions))
	}
	for l := range survival {
		survival[l] *= 100 / float64(len(e.questions))
	}
	return System{Name: "ace", Mode: mode, Score: score.Summarise(ranks), ByWords: e.byWords(ranks), P50: score.Percentile(times, 0.5), P95: score.Percentile(times, 0.95),
		Valid: share(valid, answers), Survival: survival}, firsts, nil
}

// share is n of total, 1 where there is nothing to count.
func share(n, total int) float64 {
	if total == 0 {
		return 1
	}
	return float64(n) / float64(total)
}
