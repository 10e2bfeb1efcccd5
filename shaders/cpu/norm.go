package cpu

import "math"

// NormParams: y[r,i] = x[r,i] g[i] / sqrt(mean_i x[r,i]^2 + Eps).
type NormParams struct {
	Rows, Width uint32
	Eps         float32
	From        uint32 // row of y where the result begins
}

// Norm is root-mean-square normalisation (arXiv 1910.07467). Bindings:
// x [Rows, Width], g [Width], y [Rows, Width].
func Norm[T Float](a *Args[T]) {
	p := Unpack[NormParams](&a.P)
	x, g, y := a.B[0].F, a.B[1].F, a.B[2].F
	w := int(p.Width)
	y = y[int(p.From)*w:]
	for r := 0; r < int(p.Rows); r++ {
		var s T
		for i := 0; i < w; i++ {
			s += x[r*w+i] * x[r*w+i]
		}
		inv := 1 / T(math.Sqrt(float64(s/T(w)+T(p.Eps))))
		for i := 0; i < w; i++ {
			y[r*w+i] = x[r*w+i] * inv * g[i]
		}
	}
}
