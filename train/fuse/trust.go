package fuse

import (
	"context"
	"fmt"
	"math"
	"slices"

	"ace/core/search"
)

// Choices of the fit of a trust.
const (
	hitWidth = search.DefaultBeam // candidates that searches will have
	hitsOf   = 10                 // hits of a question that confidence is learnt from
	ridge    = 1e-3               // of the weights, against separable samples
	// lost is the share of right first answers that the cutoff may cost.
	lost = 0.03
	// highest is the cutoff where that would allow a higher one: what fits more
	// likely than not is shown.
	highest = 0.5
	// strange is how much all strangers together weigh in a hit's confidence,
	// beside the questions.
	strange = 0.25
	// hurried is how much all snatches together weigh in what fits, where there
	// are enough of them, beside the questions.
	hurried, leastHurried = 0.5, 50
)

// Trust learns from questions, snatches of them and strangers how far hits can be
// trusted, and where to say that nothing fits.
func Trust(ctx context.Context, r *search.Retriever, m search.Mix, questions, snatches []Question, strangers []string) (search.Trust, error) {
	var t search.Trust
	if len(questions) < least {
		return t, nil
	}
	hits, firsts, err := judged(ctx, r, m, questions)
	if err != nil {
		return t, err
	}
	var short []search.Signals
	if len(snatches) >= leastHurried {
		if _, short, err = judged(ctx, r, m, snatches); err != nil {
			return t, err
		}
	}
	part := 0.0
	if len(short) > 0 {
		part = hurried
	}
	var fits []labelled
	for _, s := range firsts {
		fits = append(fits, labelled{s, true, (1 - part) / float64(len(firsts))})
	}
	for _, s := range short {
		fits = append(fits, labelled{s, true, part / float64(len(short))})
	}
	for _, s := range strangers {
		found, err := r.Candidates(ctx, s, m, hitWidth, nil)
		if err != nil {
			return t, err
		}
		if len(found) > 0 {
			fits = append(fits, labelled{found[0].Signals, false, 1 / float64(len(strangers))})
			hits = append(hits, labelled{found[0].Signals, false, strange * float64(len(questions)) / float64(len(strangers))})
		}
	}
	if t.Hit, err = logistic(hits); err != nil {
		return t, err
	}
	if t.Fits, err = logistic(fits); err != nil {
		return t, err
	}
	var p []float64
	for _, s := range slices.Concat(firsts, short) {
		p = append(p, t.FitsBy(s))
	}
	slices.Sort(p)
	if len(p) > 0 {
		t.Cutoff = min(p[int(lost*float64(len(p)))], highest)
	}
	return t, nil
}

// judged asks the questions: the hits of each of which one knows whether they are
// right, and the first hits that are. A question that is not answered tells nothing
// of what fits. Items without words are not judged.
func judged(ctx context.Context, r *search.Retriever, m search.Mix, questions []Question) (hits []labelled, firsts []search.Signals, err error) {
	for _, q := range questions {
		if q.Among != nil {
			continue
		}
		found, err := r.Candidates(ctx, q.Text, m, hitWidth, nil)
		if err != nil {
			return nil, nil, err
		}
		for i, c := range found[:min(len(found), hitsOf)] {
			right, known := q.judge(c.Index)
			if known {
				hits = append(hits, labelled{c.Signals, right, 1})
			}
			if i == 0 && right {
				firsts = append(firsts, c.Signals)
			}
		}
	}
	return hits, firsts, nil
}

// labelled is an observation of a logistic regression.
type labelled struct {
	signals search.Signals
	yes     bool
	weight  float64
}

// logistic fits a regression to the observations.
func logistic(obs []labelled) (search.Signals, error) {
	total := 0.0
	for _, o := range obs {
		total += o.weight
	}
	loss := func(x, grad []float64) float64 {
		w := search.Signals(x)
		clear(grad)
		sum := 0.0
		for _, o := range obs {
			p := min(max(w.Probability(o.signals), 1e-12), 1-1e-12)
			g := p
			if o.yes {
				sum -= o.weight / total * math.Log(p)
				g--
			} else {
				sum -= o.weight / total * math.Log(1-p)
			}
			for k := range grad {
				grad[k] += o.weight / total * g * o.signals[k]
			}
		}
		for k := range x {
			sum += ridge / 2 * x[k] * x[k]
			if grad != nil {
				grad[k] += ridge * x[k]
			}
		}
		return sum
	}
	w, err := minimise(loss, make([]float64, len(search.Signals{})))
	if err != nil {
		return search.Signals{}, fmt.Errorf("confidence: %w", err)
	}
	return search.Signals(w), nil
}
