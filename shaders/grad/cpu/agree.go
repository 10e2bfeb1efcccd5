package cpu

import (
	"math"

	"ace/shaders/cpu"
)

// AgreeParams: Pairs pairs of rows of Width logits, row r with row r + Pairs.
type AgreeParams struct {
	Pairs, Width uint32
	Weight       float32 // of each pair in the gradient
}

// Agree gives for each pair (KL(p||q) + KL(q||p)) / 2 in nats, p and q being the
// softmaxes of its rows: the loss of R-Drop (arXiv 2106.14448, section 2.1).
// Bindings: logits [2 Pairs, Width], y [Pairs].
func Agree[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[AgreeParams](&a.P)
	x, y := a.B[0].F, a.B[1].F
	n, w := int(p.Pairs), int(p.Width)
	for r := 0; r < n; r++ {
		forth, back := divergences(x[r*w:(r+1)*w], x[(r+n)*w:(r+n+1)*w])
		y[r] = (forth + back) / 2
	}
}

// AgreeLogits adds Weight times the gradient of Agree to dlogits. Bindings:
// logits, dlogits.
func AgreeLogits[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[AgreeParams](&a.P)
	x, dx := a.B[0].F, a.B[1].F
	n, w := int(p.Pairs), int(p.Width)
	for r := 0; r < n; r++ {
		one, other := x[r*w:(r+1)*w], x[(r+n)*w:(r+n+1)*w]
		forth, back := divergences(one, other)
		l1, l2 := cpu.LogSumExp(one), cpu.LogSumExp(other)
		for i := range one {
			lp, lq := one[i]-l1, other[i]-l2
			pi, qi := T(math.Exp(float64(lp))), T(math.Exp(float64(lq)))
			dx[r*w+i] += T(p.Weight) / 2 * (pi*(lp-lq-forth) + pi - qi)
			dx[(r+n)*w+i] += T(p.Weight) / 2 * (qi*(lq-lp-back) + qi - pi)
		}
	}
}

// divergences are KL(p||q) and KL(q||p) of the softmaxes p and q of two rows.
func divergences[T cpu.Float](x, y []T) (forth, back T) {
	l1, l2 := cpu.LogSumExp(x), cpu.LogSumExp(y)
	for i := range x {
		lp, lq := x[i]-l1, y[i]-l2
		forth += T(math.Exp(float64(lp))) * (lp - lq)
		back += T(math.Exp(float64(lq))) * (lq - lp)
	}
	return forth, back
}
