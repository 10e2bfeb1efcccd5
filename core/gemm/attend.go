package gemm

import (
	"fmt"
	"math"
)

// Heads is the shape of a multi-head attention: Rows queries of Count heads,
// Width wide each, which follow each other; queries are Q elements apart, keys
// and values KV.
type Heads struct{ Rows, Count, Width, Q, KV int }

// Attend is attention in which each query names its keys: query r attends to the
// rows keys[span[2r] : span[2r]+span[2r+1]] of key and value, with the softmax of
// the products over sqrt(Width) as weights. y is [Rows, Count·Width] and overlaps
// nothing else; a query without keys gives zeros. It panics when a slice is too
// short, wherever its end is met.
func Attend(h Heads, q, key, value []float32, keys, span []uint32, y []float32) {
	d := h.Count * h.Width
	if h.Rows < 0 || h.Count < 1 || h.Width < 1 {
		panic(fmt.Sprintf("gemm: attention of %d queries, %d heads of width %d", h.Rows, h.Count, h.Width))
	}
	if h.Rows == 0 {
		return
	}
	fits("q", h.Rows, d, len(q), h.Q)
	fits("y", h.Rows, d, len(y), d)
	most, last := 0, -1
	for r := range h.Rows {
		ks := keys[span[2*r]:][:span[2*r+1]]
		most = max(most, len(ks))
		for _, k := range ks {
			last = max(last, int(k))
		}
	}
	if last >= 0 {
		fits("key", last+1, d, len(key), h.KV)
		fits("value", last+1, d, len(value), h.KV)
	}
	s := borrow()
	attend(h, q, key, value, keys, span, s.a.grow(max(most, 1)), y)
	s.release()
}

// attendDots is Attend by dot products and scaled additions; w has room for the
// weights of one query and head.
func attendDots(h Heads, q, key, value []float32, keys, span []uint32, w, y []float32) {
	d := h.Count * h.Width
	scale := float32(1 / math.Sqrt(float64(h.Width)))
	clear(y[:h.Rows*d])
	for r := range h.Rows {
		ks := keys[span[2*r]:][:span[2*r+1]]
		if len(ks) == 0 {
			continue
		}
		w := w[:len(ks)]
		for at := 0; at < d; at += h.Width {
			qh, yh := q[r*h.Q+at:][:h.Width], y[r*d+at:][:h.Width]
			top := float32(math.Inf(-1))
			for j, k := range ks {
				w[j] = dot(qh, key[int(k)*h.KV+at:][:h.Width]) * scale
				top = max(top, w[j])
			}
			sum := expSum(w, w, top)
			for j, k := range ks {
				axpy(w[j]/sum, value[int(k)*h.KV+at:][:h.Width], yh)
			}
		}
	}
}
