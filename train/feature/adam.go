package feature

import "math"

// adam is the optimiser of arXiv 1412.6980.
type adam struct {
	steps int
	m, v  []float32
}

const (
	adamBeta1   = 0.9
	adamBeta2   = 0.98
	adamEpsilon = 1e-8
)

func newAdam(parameters int) *adam {
	return &adam{m: make([]float32, parameters), v: make([]float32, parameters)}
}

func (o *adam) step(theta, grad []float32, rate float64, threads int) {
	o.steps++
	a := float32(rate / (1 - math.Pow(adamBeta1, float64(o.steps))))
	c := float32(1 / math.Sqrt(1-math.Pow(adamBeta2, float64(o.steps))))
	parallel(len(theta), threads, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			g := grad[i]
			m := adamBeta1*o.m[i] + (1-adamBeta1)*g
			v := adamBeta2*o.v[i] + (1-adamBeta2)*g*g
			o.m[i], o.v[i] = m, v
			theta[i] -= a * m / (float32(math.Sqrt(float64(v)))*c + adamEpsilon)
		}
	})
}
