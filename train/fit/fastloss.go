package fit

import (
	"math"

	"ace/core/gemm"
	"ace/shaders/cpu"
	twin "ace/shaders/grad/cpu"
)

// softmaxRow puts exp(x - top) into e and returns log(sum exp(x)), 1/sum and mean(x).
func softmaxRow(e, x []float32) (lse, inv, mean float32) {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
		mean += v
	}
	sum := gemm.ExpSum(e, x, top)
	return top + float32(math.Log(float64(sum))), 1 / sum, mean / float32(len(x))
}

func fastLoss(a *cpu.Args[float32]) {
	p := cpu.Unpack[twin.LossParams](&a.P)
	w := int(p.Width)
	e := make([]float32, w)
	for r := 0; r < int(p.Rows); r++ {
		x := a.B[0].F[r*w : (r+1)*w]
		lse, _, mean := softmaxRow(e, x)
		a.B[2].F[r] = lse - (1-p.Smoothing)*x[a.B[1].U[r]] - p.Smoothing*mean
	}
}

func fastLossLogits(a *cpu.Args[float32]) {
	p := cpu.Unpack[twin.LossParams](&a.P)
	w := int(p.Width)
	e := make([]float32, w)
	for r := 0; r < int(p.Rows); r++ {
		x, dx := a.B[0].F[r*w:(r+1)*w], a.B[2].F[r*w:(r+1)*w]
		_, inv, _ := softmaxRow(e, x)
		even := p.Weight * p.Smoothing / float32(w)
		for i, v := range e {
			dx[i] += p.Weight*v*inv - even
		}
		dx[a.B[1].U[r]] -= p.Weight * (1 - p.Smoothing)
	}
}

// pairRow puts the softmaxes of x and y into p and q. It returns shift, by which
// log(p/q) is x - y + shift, and the divergences KL(p||q) and KL(q||p).
func pairRow(p, q, x, y []float32) (shift, forth, back float32) {
	lx, px, _ := softmaxRow(p, x)
	ly, qy, _ := softmaxRow(q, y)
	shift = ly - lx
	for i := range p {
		p[i] *= px
		q[i] *= qy
		d := x[i] - y[i] + shift
		forth += p[i] * d
		back -= q[i] * d
	}
	return shift, forth, back
}

func fastAgree(a *cpu.Args[float32]) {
	p := cpu.Unpack[twin.AgreeParams](&a.P)
	n, w := int(p.Pairs), int(p.Width)
	e := make([]float32, 2*w)
	for r := 0; r < n; r++ {
		_, forth, back := pairRow(e[:w], e[w:], a.B[0].F[r*w:(r+1)*w], a.B[0].F[(r+n)*w:(r+n+1)*w])
		a.B[1].F[r] = (forth + back) / 2
	}
}

func fastAgreeLogits(a *cpu.Args[float32]) {
	p := cpu.Unpack[twin.AgreeParams](&a.P)
	n, w := int(p.Pairs), int(p.Width)
	room := make([]float32, 2*w)
	e, f := room[:w], room[w:]
	for r := 0; r < n; r++ {
		x, dx := a.B[0].F[r*w:(r+1)*w], a.B[1].F[r*w:(r+1)*w]
		y, dy := a.B[0].F[(r+n)*w:(r+n+1)*w], a.B[1].F[(r+n)*w:(r+n+1)*w]
		shift, forth, back := pairRow(e, f, x, y)
		for i := range x {
			d := x[i] - y[i] + shift
			dx[i] += p.Weight / 2 * (e[i]*(1+d-forth) - f[i])
			dy[i] += p.Weight / 2 * (f[i]*(1-d-back) - e[i])
		}
	}
}
