package search

import (
	"fmt"
	"math"
)

// MetaTrust is the key of a bundle's Trust.
const MetaTrust = "trust"

// Signals is what tells how far a hit can be trusted; the first is always 1.
type Signals [9]float64

// Trust turns signals into probabilities, by logistic regressions fitted on
// texts that the training did not see and on texts that do not belong to the
// collection. The zero Trust knows nothing.
type Trust struct {
	Hit    Signals `json:"hit"`    // that a hit is what was asked for
	Fits   Signals `json:"fits"`   // of the first hit: that the collection has anything to say
	Cutoff float64 `json:"cutoff"` // of Fits, below which nothing is shown
}

func (t *Trust) check() error {
	for _, s := range []Signals{t.Hit, t.Fits, {t.Cutoff}} {
		for _, v := range s {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("a trust of %+v", *t)
			}
		}
	}
	return nil
}

// Fitted tells whether anything is known: without enough texts to hold out it
// is not.
func (t *Trust) Fitted() bool { return t.Hit != Signals{} }

// FitsBy is the probability that the collection has what was asked for, by the
// first hit's signals: at least that of the hit itself.
func (t *Trust) FitsBy(first Signals) float64 {
	return max(t.Fits.Probability(first), t.Hit.Probability(first))
}

// Probability is the logistic function of the weighted sum.
func (w Signals) Probability(s Signals) float64 {
	sum := 0.0
	for i, v := range s {
		sum += w[i] * v
	}
	return 1 / (1 + math.Exp(-sum))
}

// signals of a candidate: share is its part of the candidates' softmax.
func (r *Retriever) signals(e Evidence, share float64) Signals {
	p := &r.prior.words
	full := r.prior.part * max(float64(p.Full), 1e-6)
	share = min(max(share, 1e-6), 1-1e-6) // before the logarithm
	return Signals{1, math.Log(share / (1 - share)), e.Words / full, e.Alike / full, float64(p.Exact),
		e.Path / float64(len(r.config.Levels)), e.Dense, e.Topic, e.Topic / r.prior.part}
}

// shares is the softmax of scores.
func shares(scores []float64) []float64 {
	top, sum := math.Inf(-1), 0.0
	for _, s := range scores {
		top = max(top, s)
	}
	out := make([]float64, len(scores))
	for i, s := range scores {
		out[i] = math.Exp(s - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}
