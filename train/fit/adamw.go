package fit

import (
	"math"
	"sync"
)

// adamW is the optimiser of arXiv 1711.05101 over the flat vector of all
// parameters.
type adamW struct {
	params, m, v []float32
	decay        []span // ranges that decay: the matrices
	step         int
}

type span struct{ from, to int }

const beta1, beta2, adamEps = 0.9, 0.98, 1e-9

// update applies the mean gradient sum(grads), clipped to norm clip, with the
// learning rate lr and weight decay; it clears the gradients and returns the
// norm before clipping. It uses as many goroutines as there are gradients.
func (a *adamW) update(grads [][]float32, lr, decay, clip float64) float64 {
	n, parts := len(a.params), len(grads)
	each := func(f func(part, from, to int)) {
		var wg sync.WaitGroup
		for i := range parts {
			wg.Go(func() { f(i, i*n/parts, (i+1)*n/parts) })
		}
		wg.Wait()
	}
	squares := make([]float64, parts)
	each(func(part, from, to int) {
		g := grads[0][from:to]
		for _, other := range grads[1:] {
			o := other[from:to]
			for i, v := range o {
				g[i] += v
			}
			clear(o)
		}
		for _, v := range g {
			squares[part] += float64(v) * float64(v)
		}
	})
	norm := 0.0
	for _, s := range squares {
		norm += s
	}
	norm = math.Sqrt(norm)
	scale := float32(1)
	if norm > clip {
		scale = float32(clip / norm)
	}
	a.step++
	c1 := 1 / (1 - math.Pow(beta1, float64(a.step)))
	c2 := 1 / (1 - math.Pow(beta2, float64(a.step)))
	rate, root := float32(lr*c1), float32(c2)
	each(func(_, from, to int) {
		p, m, v, g := a.params[from:to], a.m[from:to], a.v[from:to], grads[0][from:to]
		for i, d := range g {
			d *= scale
			g[i] = 0
			m[i] = beta1*m[i] + (1-beta1)*d
			v[i] = beta2*v[i] + (1-beta2)*d*d
			p[i] -= rate * m[i] / (float32(math.Sqrt(float64(v[i]*root))) + adamEps)
		}
		shrink := float32(1 - lr*decay)
		for _, s := range a.decay {
			for i := max(s.from, from); i < min(s.to, to); i++ {
				a.params[i] *= shrink
			}
		}
	})
	return norm
}
