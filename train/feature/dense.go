package feature

import (
	"gonum.org/v1/gonum/mat"

	"ace/core/gemm"
)

// block is how many rows of a product are computed at a time. It does not
// depend on the threads, so neither do the sums.
const block = 256

// product returns a·b in float32 arithmetic for a [n, k] and b [k, m], row-major.
func product(a []float32, n, k int, b []float32, m, threads int) []float32 {
	c := make([]float32, n*m)
	parallel((n+block-1)/block, threads, func(from, to int) {
		for i := from; i < to; i++ {
			r := i * block
			rows := min(block, n-r)
			gemm.Mul(false, false, rows, m, k, a[r*k:], k, b, m, c[r*m:], m, false)
		}
	})
	return c
}

// singles and doubles convert between the two precisions.
func singles(m *mat.Dense) []float32 {
	r, c := m.Dims()
	out := make([]float32, 0, r*c)
	for i := range r {
		for _, v := range m.RawRowView(i) {
			out = append(out, float32(v))
		}
	}
	return out
}

func doubles(x []float32, rows, cols int) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	for i := range rows {
		r := m.RawRowView(i)
		for j, v := range x[i*cols : (i+1)*cols] {
			r[j] = float64(v)
		}
	}
	return m
}
