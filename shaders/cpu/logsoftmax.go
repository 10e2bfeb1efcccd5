package cpu

import "math"

// LogSoftmaxParams: rows of Width logits.
type LogSoftmaxParams struct {
	Rows, Width uint32
}

// LogSoftmax gives y[r,i] = x[r,i] - log(sum_j exp(x[r,j])). Bindings: x, y,
// both [Rows, Width].
func LogSoftmax[T Float](a *Args[T]) {
	p := Unpack[LogSoftmaxParams](&a.P)
	x, y := a.B[0].F, a.B[1].F
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		lse := LogSumExp(x[r*w : (r+1)*w])
		for i := 0; i < w; i++ {
			y[r*w+i] = x[r*w+i] - lse
		}
	}
}

// LogSumExp is log(sum exp(x)), without overflow.
func LogSumExp[T Float](x []T) T {
	top := T(math.Inf(-1))
	for _, v := range x {
		top = max(top, v)
	}
	var s T
	for _, v := range x {
		s += T(math.Exp(float64(v - top)))
	}
	return top + T(math.Log(float64(s)))
}
