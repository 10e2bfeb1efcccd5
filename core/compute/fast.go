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
	x, w, bias, res, y := a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F, a.B[4].F
	rows, in, out := int(p.Rows), int(p.In), int(p.Out)
	y = y[:rows*out]
	if len(res) > 0 && &res[0] != &y[0] {
		copy(y, res[:rows*out])
	}
	gemm.Mul(false, true, rows, out, in, x, in, w, in, y, out, len(res) > 0)
	if len(bias) == 0 && p.ReLU == 0 {
		return
	}
	for r := 0; r < rows; r++ {
		row := y[r*out : (r+1)*out]
		if len(bias) > 0 {
			bias := bias[:len(row)]
			for o := range row {
				row[o] += bias[o]
			}
		}
		if p.ReLU == 1 {
			for o, v := range row {
				row[o] = max(v, 0)
			}
		}
	}
}

func fastNorm(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.NormParams](&a.P)
	w := int(p.Width)
	g := a.B[1].F[:w]
	for r := 0; r < int(p.Rows); r++ {
		x, y := a.B[0].F[r*w:(r+1)*w], a.B[2].F[r*w:(r+1)*w]
		inv := 1 / float32(math.Sqrt(float64(gemm.Dot(x, x)/float32(w)+p.Eps)))
		for i, v := range x {
			y[i] = v * inv * g[i]
		}
	}
}

func fastAttention(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.AttentionParams](&a.P)
	q, kv, keys, span, y := a.B[0].F, a.B[1].F, a.B[2].U, a.B[3].U, a.B[4].F
	heads, dh := int(p.Heads), int(p.Head)
	clear(y[:int(p.Rows)*heads*dh])
	var room [64]float32
	for r := 0; r < int(p.Rows); r++ {
		ks := keys[span[2*r] : span[2*r]+span[2*r+1]]
		if len(ks) == 0 {
			continue
		}
		w := room[:]
		if len(ks) > len(w) {
			w = make([]float32, len(ks))
		}
		w = w[:len(ks)]
		for h := 0; h < heads; h++ {
			sum := FastWeights(&p, q, kv, ks, r, h, w)
			yh := y[(r*heads+h)*dh : (r*heads+h+1)*dh]
			for j, k := range ks {
				v := int(k*p.KVStride+p.VOff) + h*dh
				gemm.Axpy(w[j]/sum, kv[v:v+dh], yh)
			}
		}
	}
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

// gateRoom is how many sigmoids are taken at once.
const gateRoom = 256

func fastGate(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.GateParams](&a.P)
	c, g, res, y := a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F
	var room [gateRoom]float32
	for from := 0; from < int(p.N); from += gateRoom {
		to := min(from+gateRoom, int(p.N))
		s := Sigmoids(room[:], g[from:to])
		c, y := c[from:to], y[from:to]
		if len(res) > 0 {
			res := res[from:to]
			for i, v := range c {
				y[i] = res[i] + p.Scale*v*s[i]
			}
		} else {
			for i, v := range c {
				y[i] = p.Scale * v * s[i]
			}
		}
	}
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
	pieces, start, place, table, places := a.B[0].U, a.B[1].U, a.B[2].U, a.B[3].F, a.B[4].F
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		y := a.B[5].F[r*w : (r+1)*w]
		copy(y, places[int(place[r])*w:])
		ps := pieces[start[r]:start[r+1]]
		scale := cpu.EmbedScale[float32](len(ps))
		for _, t := range ps {
			gemm.Axpy(scale, table[int(t)*w:(int(t)+1)*w], y)
		}
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
