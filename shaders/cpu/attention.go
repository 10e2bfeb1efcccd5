package cpu

import "math"

// AttentionParams: rows of queries, heads of width Head; the query of row r
// starts at r*QStride + QOff, key and value of row j at j*KVStride + KOff and
// + VOff. All in elements.
type AttentionParams struct {
	Rows, Heads, Head, QStride, QOff, KVStride, KOff, VOff uint32
}

// Attention is multi-head attention in which each query row names its keys:
// row r attends to the rows keys[span[2r] : span[2r]+span[2r+1]]. So one kernel
// serves the encoder (the words of the same text), the decoder (the positions
// before, or the ancestors of a beam) and the cross-attention. Bindings: q, kv,
// keys, span [Rows, 2], y [Rows, Heads*Head]. A row without keys gives zeros.
func Attention[T Float](a *Args[T]) {
	p := Unpack[AttentionParams](&a.P)
	q, kv, keys, span, y := a.B[0].F, a.B[1].F, a.B[2].U, a.B[3].U, a.B[4].F
	heads, dh := int(p.Heads), int(p.Head)
	for r := 0; r < int(p.Rows); r++ {
		ks := keys[span[2*r] : span[2*r]+span[2*r+1]]
		for h := 0; h < heads; h++ {
			w := AttentionWeights(p, q, kv, ks, r, h)
			for i := 0; i < dh; i++ {
				var s T
				for j, k := range ks {
					s += w[j] * kv[int(k*p.KVStride+p.VOff)+h*dh+i]
				}
				y[(r*heads+h)*dh+i] = s
			}
		}
	}
}

// AttentionWeights are the softmax weights of query row r and head h over its
// keys ks, scaled by 1/sqrt(Head).
func AttentionWeights[T Float](p AttentionParams, q, kv []T, ks []uint32, r, h int) []T {
	dh := int(p.Head)
	scale := T(1 / math.Sqrt(float64(dh)))
	w := make([]T, len(ks))
	top := T(math.Inf(-1))
	for j, k := range ks {
		var s T
		for i := 0; i < dh; i++ {
			s += q[r*int(p.QStride)+int(p.QOff)+h*dh+i] * kv[int(k*p.KVStride+p.KOff)+h*dh+i]
		}
		w[j] = s * scale
		top = max(top, w[j])
	}
	var sum T
	for j := range w {
		w[j] = T(math.Exp(float64(w[j] - top)))
		sum += w[j]
	}
	for j := range w {
		w[j] /= sum
	}
	return w
}
