package feature

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestAlignmentGradient: against central differences of the loss in float64.
func TestAlignmentGradient(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	texts, _ := lowRank(9, 7, 3, 1)
	p := &pairs{n: 5, p: 6, texts: texts, same: []int{0, 1, 2, 3, 4, 5, 3, 7, 8}}
	for range p.n * p.p {
		p.x = append(p.x, float32(rng.NormFloat64()))
	}
	a := &alignment{dims: 4, words: singles(gaussian(7, 4, rng)), scale: 0.8}
	a.media[1] = singles(gaussian(p.p, 4, rng))
	items, chosen := []int{4, 0, 1, 3}, []int{0, 3, 2, 6} // texts 3 and 6 have the same words
	g := &alignGradient{words: make([]float32, len(a.words))}
	loss := a.gradient(g, p, a.media[1], items, chosen, 2)
	if want := plainLoss(a, p, a.media[1], float64(a.scale), items, chosen); math.Abs(loss-want) > 1e-5 {
		t.Errorf("loss %v, want %v", loss, want)
	}
	check := func(name string, x []float32, grad []float32) {
		for i := range x {
			const h = 1.0 / 1024
			was := x[i]
			x[i] = was + h
			up, at := plainLoss(a, p, a.media[1], float64(a.scale), items, chosen), float64(x[i])
			x[i] = was - h
			down := plainLoss(a, p, a.media[1], float64(a.scale), items, chosen)
			slope := (up - down) / (at - float64(x[i]))
			x[i] = was
			if math.Abs(slope-float64(grad[i])) > 2e-5*(1+math.Abs(slope)) {
				t.Errorf("%s %d: gradient %v, difference %v", name, i, grad[i], slope)
			}
		}
	}
	check("words", a.words, g.words)
	check("media", a.media[1], g.media)
	const h = 1e-4
	slope := (plainLoss(a, p, a.media[1], float64(a.scale)+h, items, chosen) - plainLoss(a, p, a.media[1], float64(a.scale)-h, items, chosen)) / (2 * h)
	if math.Abs(slope-float64(g.scale)) > 1e-5 {
		t.Errorf("scale: gradient %v, difference %v", g.scale, slope)
	}
}

// plainLoss is the loss of a batch by its definition, in float64.
func plainLoss(a *alignment, p *pairs, media []float32, scale float64, items, texts []int) (loss float64) {
	n := len(items)
	t, m := make([][]float64, n), make([][]float64, n)
	for i := range n {
		t[i], m[i] = make([]float64, a.dims), make([]float64, a.dims)
		for d := range a.dims {
			col, val := p.texts.row(texts[i])
			for e, c := range col {
				t[i][d] += float64(val[e]) * float64(a.words[int(c)*a.dims+d])
			}
			for k := range p.p {
				m[i][d] += float64(p.x[items[i]*p.p+k]) * float64(media[k*a.dims+d])
			}
		}
		unit(t[i])
		unit(m[i])
	}
	logit := func(i, j int) (s float64) {
		for d, v := range t[i] {
			s += math.Exp(scale) * v * m[j][d]
		}
		return s
	}
	for i := range n {
		var row, column, right, count float64
		for j := range n {
			row += math.Exp(logit(i, j))
			column += math.Exp(logit(j, i))
			if p.same[texts[i]] == p.same[texts[j]] {
				right += logit(i, j) + logit(j, i)
				count++
			}
		}
		loss += (math.Log(row) + math.Log(column) - right/count) / float64(2*n)
	}
	return loss
}
