package dual

import "math"

// adamW is the optimiser of arXiv 1711.05101. Vectors of pieces that a batch
// does not hold are left as they are, moments and all.
type adamW struct {
	steps int
	m, v  []float32
	seen  []bool // by piece: in the batch
}

const beta1, beta2, adamEps = 0.9, 0.98, 1e-8

func newAdamW(t *towers[float32]) *adamW {
	return &adamW{m: make([]float32, len(t.theta)), v: make([]float32, len(t.theta)), seen: make([]bool, t.pieces)}
}

// update changes the towers against the gradient of a batch, which it clears.
// The matrices decay.
func (a *adamW) update(t *towers[float32], b *batch[float32], grad []float32, rate float64) {
	a.steps++
	for _, bags := range [][]bag{b.query, b.text} {
		for _, g := range bags {
			for _, id := range g.ids {
				a.seen[id] = true
			}
		}
	}
	step := float32(rate / (1 - math.Pow(beta1, float64(a.steps))))
	root := float32(1 / math.Sqrt(1-math.Pow(beta2, float64(a.steps))))
	change := func(lo, hi int, keep float32) {
		theta, g, ms, vs := t.theta[lo:hi], grad[lo:hi], a.m[lo:hi], a.v[lo:hi]
		for i, d := range g {
			m := beta1*ms[i] + (1-beta1)*d
			v := beta2*vs[i] + (1-beta2)*d*d
			ms[i], vs[i], g[i] = m, v, 0
			theta[i] = keep*theta[i] - step*m/(float32(math.Sqrt(float64(v)))*root+adamEps)
		}
	}
	t.each(t.pieces, func(_, lo, hi int) {
		for id := lo; id < hi; id++ {
			if a.seen[id] {
				a.seen[id] = false
				change(id*t.d, (id+1)*t.d, 1)
			}
		}
	})
	from := t.pieces * t.d
	t.each(len(grad)-from, func(_, lo, hi int) {
		change(from+lo, from+hi, float32(1-rate*weightDecay))
	})
}
