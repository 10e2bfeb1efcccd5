package identify

import "math"

// adamw is the optimiser of arXiv 1711.05101 with the usual moments' decays.
type adamw struct {
	weight float64 // weight decay
	steps  int
	m, v   []float32
}

const (
	adamBeta1   = 0.9
	adamBeta2   = 0.999
	adamEpsilon = 1e-8
)

func newAdamW(parameters int, weight float64) *adamw {
	return &adamw{weight: weight, m: make([]float32, parameters), v: make([]float32, parameters)}
}

// next begins a step at this learning rate and gives what changes the
// parameters [lo, hi) of theta against their gradient, so that several
// goroutines can share the step.
func (o *adamw) next(rate float64) (change func(theta, grad []float32, lo, hi int)) {
	o.steps++
	a := float32(rate / (1 - math.Pow(adamBeta1, float64(o.steps))))
	c := float32(1 / math.Sqrt(1-math.Pow(adamBeta2, float64(o.steps))))
	keep := float32(1 - rate*o.weight)
	return func(theta, grad []float32, lo, hi int) {
		for i := lo; i < hi; i++ {
			g := grad[i]
			m := adamBeta1*o.m[i] + (1-adamBeta1)*g
			v := adamBeta2*o.v[i] + (1-adamBeta2)*g*g
			o.m[i], o.v[i] = m, v
			theta[i] = keep*theta[i] - a*m/(float32(math.Sqrt(float64(v)))*c+adamEpsilon)
		}
	}
}
