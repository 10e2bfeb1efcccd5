package fuse

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"ace/core/search"
	"ace/core/text"
)

// Choices of the fit of a trust.
const (
	hitWidth = search.DefaultBeam // candidates that searches will have
	hitsOf   = 10                 // hits of a question that confidence is learnt from
	ridge    = 1e-3               // of the weights, against separable samples
	// lost is the share of right first answers that the cutoff may cost.
	lost = 0.03
	// strange is how much all strangers together weigh in a hit's confidence,
	// beside the questions.
	strange = 0.25
)

// Lexicon of a language, the commonest words first, such as sense.Table.
type Lexicon interface {
	Len() int
	Word(row int) string
}

// Strangers makes up as many texts as there are questions, and at least 200, that
// belong to no collection: words of the language drawn by their rank (Zipf's
// law), in texts as long as the questions.
func Strangers(words Lexicon, questions []Question, seed uint64) []string {
	if len(questions) == 0 {
		return nil
	}
	rng := rand.New(rand.NewPCG(seed, 0x57a6))
	out := make([]string, max(len(questions), 200))
	for i := range out {
		n := len(text.Words(questions[rng.IntN(len(questions))].Text))
		var t []string
		for range max(n, 1) {
			u := rng.Float64()
			if n <= 2 { // short questions are made of words with a meaning
				u = 0.4 + 0.6*u
			}
			row := int(math.Exp(u*math.Log(float64(words.Len())))) - 1
			t = append(t, words.Word(min(row, words.Len()-1)))
		}
		out[i] = strings.Join(t, " ")
	}
	return out
}

// Trust learns from questions and strangers how far hits can be trusted, and
// where to say that nothing fits.
func Trust(ctx context.Context, r *search.Retriever, m search.Mix, questions []Question, strangers []string) (search.Trust, error) {
	var t search.Trust
	if len(questions) < least {
		return t, nil
	}
	var hits, fits []labelled
	var firsts []search.Signals // of questions whose first hit is right
	for _, q := range questions {
		if q.Among != nil { // items without words are not judged
			continue
		}
		found, err := r.Candidates(ctx, q.Text, m, hitWidth, nil)
		if err != nil {
			return t, err
		}
		for i, c := range found[:min(len(found), hitsOf)] {
			right, known := q.judge(c.Index)
			if known {
				hits = append(hits, labelled{c.Signals, right, 1})
			}
			// A question that is not answered tells nothing of what fits.
			if i == 0 && right {
				firsts = append(firsts, c.Signals)
			}
		}
	}
	for _, s := range firsts {
		fits = append(fits, labelled{s, true, 1 / float64(len(firsts))})
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
	var err error
	if t.Hit, err = logistic(hits); err != nil {
		return t, err
	}
	if t.Fits, err = logistic(fits); err != nil {
		return t, err
	}
	var p []float64
	for _, s := range firsts {
		p = append(p, t.FitsBy(s))
	}
	slices.Sort(p)
	if len(p) > 0 {
		t.Cutoff = p[int(lost*float64(len(p)))]
	}
	return t, nil
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
