// Package fuse weighs the evidence of a hybrid search: what the network writes,
// what the items' words say and what their own vectors say. The weights are those
// under which the right items of held-out texts are most probable among all that
// a search came upon (a conditional logit; Cooper et al. 1992, "Probabilistic
// retrieval based on staged logistic regression", fuse evidence alike).
package fuse

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"

	"ace/core/search"
)

// Question is a held-out text and the items it describes, by their places in
// identifier order. Open lists items of which nobody can say: they count for
// nothing.
type Question struct {
	Text           string
	Relevant, Open []int
	Among          *search.Set // items that are asked; nil: all
}

// judge says whether the item at a place is right, and whether that is known.
func (q *Question) judge(place int) (right, known bool) {
	right = slices.Contains(q.Relevant, place)
	return right, right || !slices.Contains(q.Open, place)
}

// Start is the mix before anything is known: good for most collections, whether
// they are asked by sentences or by single words.
var Start = search.Mix{Path: 0.33, Words: 0.87, Alike: 0.85, Topic: 0.34, Dense: 0.99, Length: 0.5}

const (
	width = 60 // beams that candidates come from
	// pull is how strongly the weights' proportions are held to those of Start:
	// held-out texts are not quite what visitors ask. Their common factor is free.
	pull = 200.0
	// doubt is the share of questions that are taken to be answered by chance, so
	// that a few hopeless ones do not decide.
	doubt = 0.2
	least = 20 // questions; with fewer the mix is Start
	most  = 1e3
)

// parts of the evidence.
const parts = 5

func weights(m search.Mix) [parts]float64 {
	return [parts]float64{m.Path, m.Words, m.Alike, m.Topic, m.Dense}
}

// sample is one question's candidates, the right ones first.
type sample struct {
	evidence [][parts]float64
	right    int
}

// Fit finds the weights for a retriever's bundle.
func Fit(ctx context.Context, r *search.Retriever, questions []Question) (search.Mix, error) {
	var samples []sample
	for _, q := range questions {
		found, err := r.Candidates(ctx, q.Text, Start, width, q.Among)
		if err != nil {
			return Start, err
		}
		var s sample
		for _, right := range []bool{true, false} {
			for _, c := range found {
				if is, known := q.judge(c.Index); known && is == right {
					s.evidence = append(s.evidence, [parts]float64{c.Path, c.Words, c.Alike, c.Topic, c.Dense})
				}
			}
			if right {
				s.right = len(s.evidence)
			}
		}
		if s.right > 0 && s.right < len(s.evidence) {
			samples = append(samples, s)
		}
	}
	if len(samples) < least {
		return Start, nil
	}
	return solve(samples)
}

// solve minimises the loss over the weights' logarithms.
func solve(samples []sample) (search.Mix, error) {
	start := weights(Start)
	at := make([]float64, parts)
	for i, w := range start {
		at[i] = math.Log(w)
	}
	w, err := minimise(func(x, grad []float64) float64 { return loss(samples, x, grad) }, at)
	if err != nil {
		return Start, fmt.Errorf("weights of the evidence: %w", err)
	}
	return search.Mix{Path: math.Exp(w[0]), Words: math.Exp(w[1]), Alike: math.Exp(w[2]), Topic: math.Exp(w[3]), Dense: math.Exp(w[4]), Length: Start.Length}, nil
}

// minimise finds the least of a convex function that also gives its gradient. A
// line search that ends for want of digits has found it.
func minimise(f func(x, grad []float64) float64, at []float64) ([]float64, error) {
	p := optimize.Problem{
		Func: func(x []float64) float64 { return f(x, nil) },
		Grad: func(grad, x []float64) { f(x, grad) },
	}
	began := f(at, nil)
	got, err := optimize.Minimize(p, at, nil, &optimize.BFGS{})
	if got != nil && !math.IsNaN(got.F) && got.F <= began {
		return got.X, nil
	}
	return nil, err
}

// loss is the mean negative log-probability, in nats, of a question's right
// candidates under the weights exp(x), and the pull towards Start. grad, unless
// nil, becomes its gradient.
func loss(samples []sample, x, grad []float64) float64 {
	var w [parts]float64
	for i, v := range x {
		w[i] = min(math.Exp(v), most)
	}
	var sum float64
	var by [parts]float64
	n := float64(len(samples))
	for _, s := range samples {
		score := make([]float64, len(s.evidence))
		for i, e := range s.evidence {
			for k := range e {
				score[i] += w[k] * e[k]
			}
		}
		all, right := logSumExp(score), logSumExp(score[:s.right])
		found := math.Exp(right - all) // the probability of the right ones
		chance := doubt * float64(s.right) / float64(len(score))
		sum -= math.Log((1-doubt)*found+chance) / n
		sure := (1 - doubt) * found / ((1-doubt)*found + chance)
		for i, e := range s.evidence {
			g := math.Exp(score[i] - all)
			if i < s.right {
				g -= math.Exp(score[i] - right)
			}
			for k := range by {
				by[k] += sure * g * e[k] / n
			}
		}
	}
	var d [parts]float64
	mean := 0.0
	for k, start := range weights(Start) {
		d[k] = x[k] - math.Log(start)
		mean += d[k] / parts
	}
	for k := range d {
		d[k] -= mean
		sum += pull / n / 2 * d[k] * d[k]
	}
	for k := range grad {
		grad[k] = by[k]*w[k] + pull/n*d[k]
	}
	return sum
}

func logSumExp(x []float64) float64 {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, v)
	}
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(v - top)
	}
	return top + math.Log(sum)
}
