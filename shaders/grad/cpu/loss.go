package cpu

import (
	"math"

	"ace/shaders/cpu"
)

// LossParams: rows of Width logits; a share Smoothing of the target's
// probability is spread evenly over all codes (arXiv 1512.00567, section 7).
type LossParams struct {
	Rows, Width uint32
	Smoothing   float32
	Weight      float32 // of each row in the gradient
}

// Loss gives each row's cross-entropy in nats. Bindings: logits [Rows, Width],
// target [Rows], y [Rows].
func Loss[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[LossParams](&a.P)
	x, target, y := a.B[0].F, a.B[1].U, a.B[2].F
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		row := x[r*w : (r+1)*w]
		lse := cpu.LogSumExp(row)
		var mean T
		for _, v := range row {
			mean += v / T(w)
		}
		s := T(p.Smoothing)
		y[r] = lse - (1-s)*row[target[r]] - s*mean
	}
}

// LossLogits adds Weight (softmax - smoothed target) to dlogits. Bindings:
// logits, target, dlogits.
func LossLogits[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[LossParams](&a.P)
	x, target, dx := a.B[0].F, a.B[1].U, a.B[2].F
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		row := x[r*w : (r+1)*w]
		lse := cpu.LogSumExp(row)
		for i, v := range row {
			t := T(p.Smoothing) / T(w)
			if uint32(i) == target[r] {
				t += 1 - T(p.Smoothing)
			}
			dx[r*w+i] += T(p.Weight) * (T(math.Exp(float64(v-lse))) - t)
		}
	}
}
