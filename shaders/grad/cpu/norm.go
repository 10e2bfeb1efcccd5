package cpu

import (
	"math"

	"ace/shaders/cpu"
)

// Norm is the gradient of cpu.Norm. With n = x/rms:
// dx += (dy g - n mean(dy g n))/rms, dg += sum over rows of dy n.
// Bindings: x, g, dy, dx, dg.
func Norm[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[cpu.NormParams](&a.P)
	x, g, dy, dx, dg := a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F, a.B[4].F
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		var s, t T
		for i := r * w; i < (r+1)*w; i++ {
			s += x[i] * x[i]
			t += dy[i] * g[i-r*w] * x[i]
		}
		inv := 1 / T(math.Sqrt(float64(s/T(w)+T(p.Eps))))
		t *= inv * inv / T(w)
		for i := r * w; i < (r+1)*w; i++ {
			dx[i] += inv * (dy[i]*g[i-r*w] - x[i]*t)
			dg[i-r*w] += dy[i] * x[i] * inv
		}
	}
}
