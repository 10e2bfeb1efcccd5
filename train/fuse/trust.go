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
	// lost is the share of right first answers that the cutoff may cost, unheard
	// that of snatches, of which nobody knows whether they are answered rightly.
	lost, unheard = 0.03, 0.1
	// strange is how much all strangers together weigh in a hit's confidence,
	// beside the questions.
	strange = 0.25
)

// Lexicon of a language, the commonest words first, such as sense.Table.
type Lexicon interface {
	Len() int
	Word(row int) string
	Find(word string) (row int, ok bool)
}

// telling is the part of the scale of the words' ranks, by their logarithm, beyond
// which words have a meaning.
const telling = 0.4

// Snatches are one to three words in a row of each question that is longer, with
// one among them that has a meaning: of texts that are sentences, what a visitor
// in a hurry types.
func Snatches(words Lexicon, questions []Question, seed uint64) []string {
	rng := rand.New(rand.NewPCG(seed, 0x5a7c))
	common := int(math.Pow(float64(words.Len()), telling))
	var out []string
	for _, q := range questions {
		all := text.Words(q.Text)
		n := 1 + rng.IntN(3)
		if q.Among != nil || len(all) <= 3 {
			continue
		}
		var starts []int
		for at := range len(all) - n + 1 {
			if slices.ContainsFunc(all[at:at+n], func(w string) bool {
				row, ok := words.Find(w)
				return !ok || row >= common
			}) {
				starts = append(starts, at)
			}
		}
		if len(starts) > 0 {
			at := starts[rng.IntN(len(starts))]
			out = append(out, strings.Join(all[at:at+n], " "))
		}
	}
	return out
}

// Strangers makes up as many texts as there are questions and snatches of them, and
// at least 200, that belong to no collection: words of the language drawn by their
// rank (Zipf's law), in texts as long as these.
func Strangers(words Lexicon, questions []Question, snatches []string, seed uint64) []string {
	var lengths []int
	for _, q := range questions {
		lengths = append(lengths, len(text.Words(q.Text)))
	}
	for _, s := range snatches {
		lengths = append(lengths, len(text.Words(s)))
	}
	if len(lengths) == 0 {
		return nil
	}
	rng := rand.New(rand.NewPCG(seed, 0x57a6))
	out := make([]string, max(len(lengths), 200))
	for i := range out {
		n := lengths[rng.IntN(len(lengths))]
		var t []string
		for range max(n, 1) {
			u := rng.Float64()
			if n <= 2 { // short questions are made of words with a meaning
				u = telling + (1-telling)*u
			}
			row := int(math.Exp(u*math.Log(float64(words.Len())))) - 1
			t = append(t, words.Word(min(row, words.Len()-1)))
		}
		out[i] = strings.Join(t, " ")
	}
	return out
}

// Trust learns from questions, snatches of them and strangers how far hits can be
// trusted, and where to say that nothing fits. Of the snatches it is known that the
// collection has something to say, not what.
func Trust(ctx context.Context, r *search.Retriever, m search.Mix, questions []Question, snatches, strangers []string) (search.Trust, error) {
	var t search.Trust
	if len(questions) < least {
		return t, nil
	}
	var hits, fits []labelled
	var firsts, short []search.Signals // of questions whose first hit is right; of snatches
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
	for _, s := range snatches {
		found, err := r.Candidates(ctx, s, m, hitWidth, nil)
		if err != nil {
			return t, err
		}
		if len(found) > 0 {
			short = append(short, found[0].Signals)
		}
	}
	for _, s := range slices.Concat(firsts, short) {
		fits = append(fits, labelled{s, true, 1 / float64(len(firsts)+len(short))})
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
	if len(firsts) > 0 {
		t.Cutoff = min(above(&t, firsts, lost), above(&t, short, unheard))
	}
	return t, nil
}

// above is the probability below which this share of first hits lies; 1 for none.
func above(t *search.Trust, firsts []search.Signals, share float64) float64 {
	var p []float64
	for _, s := range firsts {
		p = append(p, t.FitsBy(s))
	}
	slices.Sort(p)
	if len(p) == 0 {
		return 1
	}
	return p[int(share*float64(len(p)))]
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
