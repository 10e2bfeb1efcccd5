package cpu

import (
	"math"

	"ace/shaders/cpu"
)

// Attention is the gradient of cpu.Attention, which see for the parameters.
// Bindings: q, kv, keys, span, dy, dq, dkv; dq and dkv are laid out as q and kv.
func Attention[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[cpu.AttentionParams](&a.P)
	q, kv, keys, span, dy, dq, dkv := a.B[0].F, a.B[1].F, a.B[2].U, a.B[3].U, a.B[4].F, a.B[5].F, a.B[6].F
	heads, dh := int(p.Heads), int(p.Head)
	scale := T(1 / math.Sqrt(float64(dh)))
	for r := 0; r < int(p.Rows); r++ {
		ks := keys[span[2*r] : span[2*r]+span[2*r+1]]
		for h := 0; h < heads; h++ {
			w := cpu.AttentionWeights(p, q, kv, ks, r, h)
			dw := make([]T, len(ks))
			var mean T
			for j, k := range ks {
				v := int(k*p.KVStride+p.VOff) + h*dh
				for i := 0; i < dh; i++ {
					g := dy[(r*heads+h)*dh+i]
					dw[j] += g * kv[v+i]
					dkv[v+i] += w[j] * g
				}
				mean += w[j] * dw[j]
			}
			qo := r*int(p.QStride) + int(p.QOff) + h*dh
			for j, k := range ks {
				ds := w[j] * (dw[j] - mean) * scale
				ko := int(k*p.KVStride+p.KOff) + h*dh
				for i := 0; i < dh; i++ {
					dq[qo+i] += ds * kv[ko+i]
					dkv[ko+i] += ds * q[qo+i]
				}
			}
		}
	}
}
