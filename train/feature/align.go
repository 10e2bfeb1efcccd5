package feature

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"ace/core"
)

// The values of the alignment's training, chosen on held-out captions of photographs.
const (
	alignBatch  = 512  // pairs that are told apart at a time, at most
	alignEpochs = 12   // within the bounds on the steps
	leastSteps  = 100  // of one kind
	mostSteps   = 600  //
	alignRate   = 1e-3 // against weights whose root mean square is weightSize
	weightSize  = 0.05
	startScale  = 20 // of the cosines before the softmax
)

// pairs is the media of one kind with their texts: what an alignment learns from.
type pairs struct {
	n, p  int
	x     []float32 // [n, p] media vectors, of mean 0
	texts *sparse   // [T, V], TF-IDF of one text a row, none empty
	start []int     // [n+1], the texts of an item
	same  []int     // [T], equal for texts of the same words
}

// alignment brings words and media to one space: a text is the sum of the
// vectors of its words, a medium is projected linearly, and the cosine of the
// two says how well they fit. It is learnt by telling the text of a medium from
// those of others and the other way round (InfoNCE, arXiv 1807.03748, both
// ways as in CLIP, arXiv 2103.00020), from the collection's own pairs.
type alignment struct {
	dims  int
	words []float32             // [V, dims]
	media [core.Kinds][]float32 // [P, dims], nil where there are no pairs
	scale float32               // the logarithm of what cosines are multiplied by
}

// newAlignment starts from the vectors that words have, [V, dims], and from
// the regression of these on the media. unit is what the words' vectors were
// multiplied by.
func newAlignment(m *textModel, all *[core.Kinds]*pairs, start [core.Kinds]*ridge) (a *alignment, unit float32) {
	_, dims := m.basis.Dims()
	a = &alignment{dims: dims, words: singles(m.basis), scale: float32(math.Log(startScale))}
	// The frequent words, which come first, set the scale.
	unit = resize(a.words, a.words[:min(len(a.words), 3000*dims)], weightSize)
	for k, p := range all {
		if p != nil {
			a.media[k] = singles(start[k].weights)
			resize(a.media[k], a.media[k], weightSize*math.Sqrt(1280/float64(p.p)))
		}
	}
	return a, unit
}

func (a *alignment) clone() *alignment {
	c := *a
	c.words = slices.Clone(a.words)
	for kind, w := range a.media {
		c.media[kind] = slices.Clone(w)
	}
	return &c
}

// resize multiplies x by what gives part the root mean square size.
func resize(x, part []float32, size float64) float32 {
	var sum float64
	for _, v := range part {
		sum += float64(v) * float64(v)
	}
	by := float32(size / max(1e-12, math.Sqrt(sum/float64(len(part)))))
	for i := range x {
		x[i] *= by
	}
	return by
}

// learn trains on the pairs of all kinds, until ctx ends.
func (a *alignment) learn(ctx context.Context, all *[core.Kinds]*pairs, threads int, rng *rand.Rand) {
	type visit struct{ kind, steps int }
	var visits []visit // one a step
	for k, p := range all {
		if p == nil {
			continue
		}
		steps := alignEpochs * p.n / min(alignBatch, p.n)
		for range max(leastSteps, min(mostSteps, steps)) {
			visits = append(visits, visit{kind: k})
		}
	}
	rng.Shuffle(len(visits), func(i, j int) { visits[i], visits[j] = visits[j], visits[i] })
	words, scale := newAdam(len(a.words)), newAdam(1)
	var media [core.Kinds]*adam
	var order [core.Kinds][]int // items yet to come in this round
	g := &alignGradient{words: make([]float32, len(a.words))}
	for s, v := range visits {
		if ctx.Err() != nil {
			return
		}
		p := all[v.kind]
		if media[v.kind] == nil {
			media[v.kind] = newAdam(len(a.media[v.kind]))
		}
		batch := min(alignBatch, p.n)
		if len(order[v.kind]) < batch {
			order[v.kind] = rng.Perm(p.n)
		}
		items := order[v.kind][:batch]
		order[v.kind] = order[v.kind][batch:]
		texts := make([]int, batch)
		for i, it := range items {
			texts[i] = p.start[it] + rng.IntN(p.start[it+1]-p.start[it])
		}
		a.gradient(g, p, a.media[v.kind], items, texts, threads)
		t := float64(s) / float64(len(visits))
		rate := alignRate * min(1, float64(s+1)/20) * (0.5 + 0.5*math.Cos(math.Pi*t))
		words.step(a.words, g.words, rate, threads)
		media[v.kind].step(a.media[v.kind], g.media, rate, threads)
		theta := []float32{a.scale}
		scale.step(theta, []float32{g.scale}, rate, 1)
		a.scale = theta[0]
	}
}

// see projects media [n, P] and brings them to length 1: [n, dims].
func (a *alignment) see(kind int, x []float32, threads int) []float32 {
	p := len(a.media[kind]) / a.dims
	y := product(x, len(x)/p, p, a.media[kind], a.dims, threads)
	units(y, a.dims)
	return y
}

// read adds up the words of the listed texts and brings them to length 1.
func (a *alignment) read(texts *sparse, rows []int) (y, length []float32) {
	y = make([]float32, len(rows)*a.dims)
	for i, r := range rows {
		a.addWords(y[i*a.dims:(i+1)*a.dims], texts, r)
	}
	return y, units(y, a.dims)
}
