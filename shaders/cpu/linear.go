package cpu

// LinearParams: y[r,o] = act(sum_i x[r,i] w[o,i] + bias[o] + res[r,o]).
type LinearParams struct {
	Rows, In, Out uint32
	ReLU          uint32 // 1: max(0, .)
	Bias, Res     uint32 // 1: bound
}

// Linear is a matrix product with its usual company. Bindings: x [Rows, In],
// w [Out, In], bias [Out] or empty, res [Rows, Out] or empty, y [Rows, Out].
func Linear[T Float](a *Args[T]) {
	p := Unpack[LinearParams](&a.P)
	x, w, bias, res, y := a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F, a.B[4].F
	rows, in, out := int(p.Rows), int(p.In), int(p.Out)
	for r := 0; r < rows; r++ {
		for o := 0; o < out; o++ {
			var s T
			for i := 0; i < in; i++ {
				s += x[r*in+i] * w[o*in+i]
			}
			if p.Bias == 1 {
				s += bias[o]
			}
			if p.Res == 1 {
				s += res[r*out+o]
			}
			if p.ReLU == 1 && s < 0 {
				s = 0
			}
			y[r*out+o] = s
		}
	}
}
