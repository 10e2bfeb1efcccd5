package cpu

import "math"

// GateParams: y[i] = res[i] + Scale c[i] sigmoid(g[i]).
type GateParams struct {
	N     uint32
	Scale float32
	Res   uint32 // 1: bound
}

// Gate lets through the part of c that g opens: both fusion branches of the
// decoder end in it (arXiv 2406.17507, section 3; arXiv 1912.08226, equation 6).
// Bindings: c, g, res or empty, y, each [N].
func Gate[T Float](a *Args[T]) {
	p := Unpack[GateParams](&a.P)
	c, g, res, y := a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F
	for i := 0; i < int(p.N); i++ {
		v := T(p.Scale) * c[i] * Sigmoid(g[i])
		if p.Res == 1 {
			v += res[i]
		}
		y[i] = v
	}
}

// Sigmoid is 1/(1+exp(-x)).
func Sigmoid[T Float](x T) T { return T(1 / (1 + math.Exp(-float64(x)))) }
