package fuse

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core/search"
	"ace/core/text"
)

// drawn makes samples whose right candidate is drawn by the probabilities of a
// mix, or in doubt by chance.
func drawn(m search.Mix, n int) []sample {
	rng := rand.New(rand.NewPCG(8, 1))
	out := make([]sample, n)
	for i := range out {
		s := sample{right: 1}
		var score []float64
		for range 12 {
			e := [parts]float64{rng.NormFloat64() * 2, rng.Float64() * 8, rng.Float64() * 5, rng.NormFloat64() * 2, rng.NormFloat64() * 3}
			s.evidence = append(s.evidence, e)
			score = append(score, m.Score(search.Evidence{Path: e[0], Words: e[1], Alike: e[2], Topic: e[3], Dense: e[4]}))
		}
		all, u, k := logSumExp(score), rng.Float64(), 0
		for ; k < len(score)-1; k++ {
			if u -= math.Exp(score[k] - all); u < 0 {
				break
			}
		}
		if rng.Float64() < doubt {
			k = rng.IntN(len(score))
		}
		s.evidence[0], s.evidence[k] = s.evidence[k], s.evidence[0]
		out[i] = s
	}
	return out
}

// TestWeightsAreFound: weights that made the data are found again.
func TestWeightsAreFound(t *testing.T) {
	want := search.Mix{Path: 1.1, Words: 0.3, Alike: 0.5, Topic: 0.2, Dense: 0.15}
	got, err := solve(drawn(want, 20000))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range [][2]float64{{got.Path, want.Path}, {got.Words, want.Words}, {got.Alike, want.Alike}, {got.Topic, want.Topic}, {got.Dense, want.Dense}} {
		if math.Abs(w[0]-w[1]) > 0.25*w[1] {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func TestLossGradient(t *testing.T) {
	samples := drawn(Start, 40)
	x := []float64{0.3, -0.8, 0.1, -0.4, -0.2}
	grad := make([]float64, len(x))
	loss(samples, x, grad)
	for k := range x {
		const h = 1e-6
		up, down := slices.Clone(x), slices.Clone(x)
		up[k] += h
		down[k] -= h
		want := (loss(samples, up, nil) - loss(samples, down, nil)) / (2 * h)
		if math.Abs(grad[k]-want) > 1e-7 {
			t.Errorf("weight %d: %v, want %v", k, grad[k], want)
		}
	}
}

// TestLogistic: the fitted probabilities are those that the labels were drawn by.
func TestLogistic(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	truth := search.Signals{-1, 2, 0.5, 0, 0, -0.3, 0.2, 0}
	var obs []labelled
	for range 6000 {
		s := search.Signals{1}
		for k := 1; k < len(s); k++ {
			s[k] = rng.NormFloat64()
		}
		obs = append(obs, labelled{s, rng.Float64() < truth.Probability(s), 1})
	}
	w, err := logistic(obs)
	if err != nil {
		t.Fatal(err)
	}
	off := 0.0
	for _, o := range obs {
		off += math.Abs(w.Probability(o.signals)-truth.Probability(o.signals)) / float64(len(obs))
	}
	if off > 0.02 {
		t.Errorf("probabilities are off by %v: %v, want %v", off, w, truth)
	}
}

type alphabet []string

func (a alphabet) Len() int          { return len(a) }
func (a alphabet) Word(i int) string { return a[i] }

func (a alphabet) Find(w string) (int, bool) {
	i := slices.Index(a, w)
	return i, i >= 0
}

func TestStrangers(t *testing.T) {
	words := make(alphabet, 5000)
	for i := range words {
		words[i] = fmt.Sprintf("w%04d", i)
	}
	own := func(w string) bool { return strings.HasPrefix(w, "w") && w < "w0200" }
	questions := []Question{{Text: "one two three"}, {Text: "one two three four five"}}
	got := Strangers(words, own, questions, 1)
	if len(got) < 300 || !slices.Equal(got, Strangers(words, own, questions, 1)) {
		t.Fatalf("%d strangers, or others the second time", len(got))
	}
	long, short, nonsense := 0, 0, 0
	for _, s := range got {
		w := text.Words(s)
		known := 0
		for _, w := range w {
			if _, ok := words.Find(w); ok {
				known++
			}
		}
		switch {
		case known == 0 && len(w) <= 3:
			nonsense++
		case known < len(w):
			t.Errorf("%q is half nonsense", s)
		case len(w) == 3 || len(w) == 5:
			long++
		case len(w) <= 2:
			short++
		default:
			t.Errorf("%q is as long as no question", s)
		}
		if !slices.ContainsFunc(w, func(w string) bool { return !own(w) }) {
			t.Errorf("%q is no stranger", s)
		}
	}
	if long < 50 || short < 50 || nonsense != 100 {
		t.Errorf("%d long, %d short, %d nonsense", long, short, nonsense)
	}
	if Strangers(words, own, nil, 1) != nil {
		t.Error("strangers to nobody")
	}
}

func TestTelling(t *testing.T) {
	words := make(alphabet, 1000)
	for i := range words {
		words[i] = fmt.Sprintf("w%03d", i)
	}
	tells := Telling(words)
	if tells("w000") || !tells("w999") || !tells("unheard") {
		t.Error("the commonest word tells something, or a rare one nothing")
	}
}
