package fit

import (
	"math"

	"ace/core/compute"
	"ace/core/gemm"
	"ace/shaders/cpu"
	"ace/shaders/grad"
	twin "ace/shaders/grad/cpu"
)

// fastKernels stand in for the training twins on the CPU device.
var fastKernels = compute.Fast{
	grad.LinearX:     fastLinearX,
	grad.LinearW:     fastLinearW,
	grad.ReLU:        fastReLU,
	grad.Add:         fastAdd,
	grad.Norm:        fastNorm,
	grad.Attention:   fastAttention,
	grad.Gate:        fastGate,
	grad.Embed:       fastEmbed,
	grad.Loss:        fastLoss,
	grad.LossLogits:  fastLossLogits,
	grad.Agree:       fastAgree,
	grad.AgreeLogits: fastAgreeLogits,
	grad.Dropout:     fastDropout,
	grad.DropoutX:    fastDropoutX,
}

func fastLinearX(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.LinearParams](&a.P)
	rows, in, out := int(p.Rows), int(p.In), int(p.Out)
	gemm.Mul(false, false, rows, in, out, a.B[0].F, out, a.B[1].F, in, a.B[2].F, in, true)
}

func fastLinearW(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.LinearParams](&a.P)
	rows, in, out := int(p.Rows), int(p.In), int(p.Out)
	dy, dbias := a.B[0].F, a.B[3].F
	gemm.Mul(true, false, out, in, rows, dy, out, a.B[1].F, in, a.B[2].F, in, true)
	for r := 0; r < rows && len(dbias) > 0; r++ {
		gemm.Axpy(1, dy[r*out:(r+1)*out], dbias[:out])
	}
}

func fastReLU(a *cpu.Args[float32]) {
	n := int(cpu.Unpack[twin.CountParams](&a.P).N)
	y, dy := a.B[0].F[:n], a.B[1].F[:n]
	for i, v := range y {
		if v <= 0 {
			dy[i] = 0
		}
	}
}

func fastAdd(a *cpu.Args[float32]) {
	n := int(cpu.Unpack[twin.CountParams](&a.P).N)
	gemm.Axpy(1, a.B[0].F[:n], a.B[1].F[:n])
}

func fastNorm(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.NormParams](&a.P)
	w := int(p.Width)
	g, dg := a.B[1].F[:w], a.B[4].F[:w]
	for r := 0; r < int(p.Rows); r++ {
		x, dy, dx := a.B[0].F[r*w:(r+1)*w], a.B[2].F[r*w:(r+1)*w], a.B[3].F[r*w:(r+1)*w]
		inv := 1 / float32(math.Sqrt(float64(gemm.Dot(x, x)/float32(w)+p.Eps)))
		var t float32
		for i, v := range dy {
			t += v * g[i] * x[i]
		}
		t *= inv * inv / float32(w)
		for i, v := range dy {
			dx[i] += inv * (v*g[i] - x[i]*t)
			dg[i] += v * x[i] * inv
		}
	}
}

func fastAttention(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.AttentionParams](&a.P)
	q, kv, keys, span, dy, dq, dkv := a.B[0].F, a.B[1].F, a.B[2].U, a.B[3].U, a.B[4].F, a.B[5].F, a.B[6].F
	heads, dh := int(p.Heads), int(p.Head)
	scale := float32(1 / math.Sqrt(float64(dh)))
	var room, droom [64]float32
	for r := 0; r < int(p.Rows); r++ {
		ks := keys[span[2*r] : span[2*r]+span[2*r+1]]
		if len(ks) == 0 {
			continue
		}
		w, dw := room[:], droom[:]
		if len(ks) > len(w) {
			w, dw = make([]float32, len(ks)), make([]float32, len(ks))
		}
		w, dw = w[:len(ks)], dw[:len(ks)]
		for h := 0; h < heads; h++ {
			inv := 1 / compute.FastWeights(&p, q, kv, ks, r, h, w)
			g := dy[(r*heads+h)*dh : (r*heads+h+1)*dh]
			var mean float32
			for j, k := range ks {
				v := int(k*p.KVStride+p.VOff) + h*dh
				w[j] *= inv
				dw[j] = gemm.Dot(g, kv[v:v+dh])
				gemm.Axpy(w[j], g, dkv[v:v+dh])
				mean += w[j] * dw[j]
			}
			qo := r*int(p.QStride) + int(p.QOff) + h*dh
			qh, dqh := q[qo:qo+dh], dq[qo:qo+dh]
			for j, k := range ks {
				ds := w[j] * (dw[j] - mean) * scale
				ko := int(k*p.KVStride+p.KOff) + h*dh
				gemm.Axpy(ds, kv[ko:ko+dh], dqh)
				gemm.Axpy(ds, qh, dkv[ko:ko+dh])
			}
		}
	}
}

func fastGate(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.GateParams](&a.P)
	var room [256]float32
	for from := 0; from < int(p.N); from += len(room) {
		to := min(from+len(room), int(p.N))
		c, g, dy, dc, dg := a.B[0].F[from:to], a.B[1].F[from:to], a.B[2].F[from:to], a.B[3].F[from:to], a.B[4].F[from:to]
		for i, s := range compute.Sigmoids(room[:], g) {
			v := p.Scale * dy[i] * s
			dc[i] += v
			dg[i] += v * c[i] * (1 - s)
		}
	}
}

func fastEmbed(a *cpu.Args[float32]) {
	p := cpu.Unpack[cpu.EmbedParams](&a.P)
	pieces, start, place, dy, dtable, dplaces := a.B[0].U, a.B[1].U, a.B[2].U, a.B[3].F, a.B[4].F, a.B[5].F
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		ps := pieces[start[r]:start[r+1]]
		scale := cpu.EmbedScale[float32](len(ps))
		g := dy[r*w : (r+1)*w]
		for _, t := range ps {
			gemm.Axpy(scale, g, dtable[int(t)*w:(int(t)+1)*w])
		}
		gemm.Axpy(1, g, dplaces[int(place[r])*w:(int(place[r])+1)*w])
	}
}

// masks are the four factors of a draw, 0 or scale, for each of its bytes.
func masks(word, drop uint32, scale float32) (m [4]float32) {
	for j := range m {
		if word>>(8*j)&255 >= drop {
			m[j] = scale
		}
	}
	return m
}

func fastDropout(a *cpu.Args[float32]) {
	p := cpu.Unpack[twin.DropoutParams](&a.P)
	n := int(p.N)
	res, y := a.B[1].F, a.B[2].F[:n]
	if len(res) > 0 {
		copy(y, res)
	} else {
		clear(y)
	}
	addKept(p, a.B[0].F[:n], y)
}

func fastDropoutX(a *cpu.Args[float32]) {
	p := cpu.Unpack[twin.DropoutParams](&a.P)
	n := int(p.N)
	addKept(p, a.B[0].F[:n], a.B[1].F[:n])
}

// addKept adds to y the elements of x that the draw keeps, scaled.
func addKept(p twin.DropoutParams, x, y []float32) {
	scale := 256 / float32(256-p.Drop)
	i := 0
	for ; i+4 <= len(x); i += 4 {
		m := masks(twin.Draw(p.Seed, uint32(i)/4), p.Drop, scale)
		x, y := x[i:i+4:i+4], y[i:i+4:i+4]
		y[0] += m[0] * x[0]
		y[1] += m[1] * x[1]
		y[2] += m[2] * x[2]
		y[3] += m[3] * x[3]
	}
	for ; i < len(x); i++ {
		if twin.Kept(p.Seed, i, p.Drop) {
			y[i] += scale * x[i]
		}
	}
}
