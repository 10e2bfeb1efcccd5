package feature

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"ace/core/gemm"
)

// Guess is a word that an item without words is likely to be described by.
type Guess struct {
	Word   string  // as core/text.Words gives it
	Weight float32 // the probability that a text of the item has the word, in (0,1]
}

const (
	mostGuesses  = 40   // of an item
	guessable    = 4096 // words of a kind that are ever guessed, at most
	leastHolders = 3    // items of the kind that have such a word
)

// calibration turns the evidence for a word into a probability:
// logit = bias + trust·logit(prior) + gain·evidence.
type calibration struct{ bias, trust, gain float64 }

// guesser guesses words of one kind's media. The evidence for a word is the
// share it has in the product of a text and the medium, less the mean of that
// over the media with words, in units of its spread over all words.
type guesser struct {
	calibration
	model   *textModel
	ids     []int32   // [W]
	vectors []float32 // [W, dims], times their idf
	prior   []float64 // [W] share of texts with the word, in (0,1)
	offset  []float32 // [W]
	spread  float32
}

// newGuesser takes the words from pairs p. It is not calibrated.
func newGuesser(m *textModel, p *pairs, a *alignment, kind, threads int) *guesser {
	g := &guesser{model: m}
	share := p.shares(len(m.idf))
	t := share.transpose()
	for c := range int32(len(m.idf)) {
		if _, val := t.row(int(c)); len(val) >= leastHolders && len(g.ids) < guessable {
			var sum float64
			for _, v := range val {
				sum += float64(v)
			}
			g.ids = append(g.ids, c)
			g.prior = append(g.prior, min(sum, float64(p.n)-0.5)/float64(p.n))
			for _, v := range a.words[int(c)*a.dims : (int(c)+1)*a.dims] {
				g.vectors = append(g.vectors, m.idf[c]*v)
			}
		}
	}
	g.offset = make([]float32, len(g.ids))
	seen := a.see(kind, p.x, threads)
	mean := make([]float32, a.dims)
	for i := range p.n {
		gemm.Axpy(1/float32(p.n), seen[i*a.dims:(i+1)*a.dims], mean)
	}
	g.spread = 1
	g.offset = g.evidence(mean)
	var square, n float64
	for i := 0; i < p.n; i += 1 + p.n/1000 { // a sample is enough
		for _, e := range g.evidence(seen[i*a.dims : (i+1)*a.dims]) {
			square += float64(e) * float64(e)
			n++
		}
	}
	g.spread = max(1e-9, float32(math.Sqrt(square/max(1, n))))
	return g
}

// evidence returns how much a medium [dims] speaks for each word: [W].
func (g *guesser) evidence(medium []float32) []float32 {
	e, d := make([]float32, len(g.ids)), len(medium)
	for w := range e {
		e[w] = (gemm.Dot(g.vectors[w*d:(w+1)*d], medium) - g.offset[w]) / g.spread
	}
	return e
}

func (g *guesser) probability(w int, evidence float32) float64 {
	return logistic(g.bias + g.trust*logit(g.prior[w]) + g.gain*float64(evidence))
}

func logit(p float64) float64    { return math.Log(p / (1 - p)) }
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// calibrate fits the three numbers to the shares of texts with a word of items
// that nothing was learnt from, by Newton's method on the cross-entropy.
func (g *guesser) calibrate(p *pairs, a *alignment, kind, threads int) calibration {
	seen := a.see(kind, p.x, threads)
	share := p.shares(len(g.model.idf))
	at := make([]int, len(g.model.idf)) // 1 + a word's place
	for w, c := range g.ids {
		at[c] = w + 1
	}
	g.calibration = calibration{trust: 1}
	for range 20 {
		// Rows of items are summed one by one, so that threads do not matter.
		slopes, curves := make([][3]float64, p.n), make([][6]float64, p.n)
		parallel(p.n, threads, func(from, to int) {
			truth := make([]float64, len(g.ids))
			for i := from; i < to; i++ {
				clear(truth)
				col, val := share.row(i)
				for e, c := range col {
					if w := at[c]; w > 0 {
						truth[w-1] = float64(val[e])
					}
				}
				for w, e := range g.evidence(seen[i*a.dims : (i+1)*a.dims]) {
					v := g.probability(w, e)
					x := [3]float64{1, logit(g.prior[w]), float64(e)}
					k := 0
					for r := range 3 {
						slopes[i][r] += (v - truth[w]) * x[r]
						for c := r; c < 3; c++ {
							curves[i][k] += v * (1 - v) * x[r] * x[c]
							k++
						}
					}
				}
			}
		})
		slope, curve := mat.NewVecDense(3, nil), mat.NewSymDense(3, []float64{1e-3, 0, 0, 0, 1e-3, 0, 0, 0, 1e-3})
		for i := range p.n {
			k := 0
			for r := range 3 {
				slope.SetVec(r, slope.AtVec(r)+slopes[i][r])
				for c := r; c < 3; c++ {
					curve.SetSym(r, c, curve.At(r, c)+curves[i][k])
					k++
				}
			}
		}
		var move mat.VecDense
		if err := move.SolveVec(curve, slope); err != nil {
			break // too little to learn from
		}
		g.bias -= move.AtVec(0)
		g.trust -= move.AtVec(1)
		g.gain -= move.AtVec(2)
		if mat.Norm(&move, math.Inf(1)) < 1e-6 {
			break
		}
	}
	return g.calibration
}

// guess returns the words that the medium [dims] makes likelier than they are
// anyway, those that say most (p·log(p/prior)) at most; likely ones first.
func (g *guesser) guess(medium []float32) []Guess {
	type candidate struct {
		Guess
		tells float64
	}
	var all []candidate
	for w, e := range g.evidence(medium) {
		p := g.probability(w, e)
		if tells := p * math.Log(p/g.prior[w]); tells > 1e-4 {
			all = append(all, candidate{Guess{g.model.vocabulary[g.ids[w]], float32(p)}, tells})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.tells, a.tells), cmp.Compare(a.Word, b.Word))
	})
	var out []Guess
	for _, c := range all[:min(mostGuesses, len(all))] {
		out = append(out, c.Guess)
	}
	slices.SortFunc(out, func(a, b Guess) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Word, b.Word))
	})
	return out
}

// shares returns the share of each item's texts that have a word: [n, words].
func (p *pairs) shares(words int) *sparse {
	s := &sparse{rows: p.n, cols: words, start: make([]int, 1, p.n+1)}
	for i := range p.n {
		count := map[int32]float32{}
		from := len(s.col)
		for t := p.start[i]; t < p.start[i+1]; t++ {
			col, _ := p.texts.row(t)
			for _, c := range col {
				if count[c] == 0 {
					s.col = append(s.col, c)
				}
				count[c]++
			}
		}
		slices.Sort(s.col[from:])
		for _, c := range s.col[from:] {
			s.val = append(s.val, count[c]/float32(p.start[i+1]-p.start[i]))
		}
		s.start = append(s.start, len(s.col))
	}
	return s
}
