package compute

import (
	"math"

	"ace/core/gemm"
	"ace/shaders"
	"ace/shaders/cpu"
)

// fastKernels are tested against the twins of the same name.
var fastKernels = Fast{
	shaders.Linear:     fastLinear,
	shaders.Norm:       fastNorm,
	shaders.Attention:  fastAttention,
	shaders.Gate:       fastGate,
	shaders.Embed:      fastEmbed,
	shaders.LogSoftmax: fastLogSoftmax,
}

func fastLinear(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.LinearParams](&a.P)
	if q := a.B[1].Q; q != nil {
		gemm.Int8{Q: q, Scale: a.B[1].S, Cols: int(p.In)}.Linear(int(p.Rows), a.B[0].F, a.B[2].F, a.B[3].F, a.B[4].F, p.ReLU == 1)
		return
	}
	gemm.Linear(int(p.Rows), int(p.Out), int(p.In), a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F, a.B[4].F, p.ReLU == 1)
}

func fastNorm(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.NormParams](&a.P)
	gemm.Norm(int(p.Rows), a.B[0].F, a.B[1].F[:p.Width], a.B[2].F[p.From*p.Width:], p.Eps)
}

func fastAttention(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.AttentionParams](&a.P)
	kv := a.B[1].F
	gemm.Attend(gemm.Heads{Rows: int(p.Rows), Count: int(p.Heads), Width: int(p.Head), Q: int(p.QStride), KV: int(p.KVStride)},
		a.B[0].F[p.QOff:], kv[p.KOff:], kv[p.VOff:], a.B[2].U, a.B[3].U, a.B[4].F)
}

// FastWeights fills w with the unnormalised attention weights of query row r
// and head h over the keys ks and returns their sum.
func FastWeights(p *cpu.AttentionParams, q, kv []float32, ks []uint32, r, h int, w []float32) (sum float32) {
	dh := int(p.Head)
	scale := float32(1 / math.Sqrt(float64(dh)))
	qo := r*int(p.QStride) + int(p.QOff) + h*dh
	qh := q[qo : qo+dh]
	top := float32(math.Inf(-1))
	for j, k := range ks {
		o := int(k*p.KVStride+p.KOff) + h*dh
		w[j] = gemm.Dot(qh, kv[o:o+dh]) * scale
		top = max(top, w[j])
	}
	return gemm.ExpSum(w, w, top)
}

func fastGate(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.GateParams](&a.P)
	res := a.B[2].F
	if len(res) > 0 {
		res = res[:p.N]
	}
	gemm.Gate(p.Scale, a.B[0].F[:p.N], a.B[1].F[:p.N], res, a.B[3].F[:p.N])
}

// Sigmoids puts 1/(1+exp(-x)) of each x into room.
func Sigmoids(room, x []float32) []float32 {
	s := room[:len(x)]
	for i, v := range x {
		s[i] = max(-v, -87)
	}
	gemm.ExpSum(s, s, 0)
	for i, v := range s {
		s[i] = 1 / (1 + v)
	}
	return s
}

func fastEmbed(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.EmbedParams](&a.P)
	pieces, start, place := a.B[0].U, a.B[1].U, a.B[2].U
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		y := a.B[5].F[r*w : (r+1)*w]
		clear(y)
		addRow(1, &a.B[4], int(place[r]), y)
		ps := pieces[start[r]:start[r+1]]
		scale := cpu.EmbedScale[float32](len(ps))
		for _, t := range ps {
			addRow(scale, &a.B[3], int(t), y)
		}
	}
}

// addRow adds to y a row of a matrix of parameters, times scale.
func addRow(scale float32, m *cpu.View[float32], row int, y []float32) {
	if m.Q == nil {
		gemm.Axpy(scale, m.F[row*len(y):(row+1)*len(y)], y)
		return
	}
	scale *= m.S[row]
	for i, v := range m.Q[row*len(y) : (row+1)*len(y)] {
		y[i] += scale * float32(v)
	}
}

func fastLogSoftmax(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.LogSoftmaxParams](&a.P)
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		x, y := a.B[0].F[r*w:(r+1)*w], a.B[1].F[r*w:(r+1)*w]
		top := x[0]
		for _, v := range x {
			top = max(top, v)
		}
		lse := top + float32(math.Log(float64(gemm.ExpSum(y, x, top))))
		for i, v := range x {
			y[i] = v - lse
		}
	}
}
