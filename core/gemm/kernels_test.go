package gemm

import (
	"math"
	"math/rand/v2"
	"testing"
)

// eachKernel runs the test once for every set of kernels this machine has.
func eachKernel(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	for _, k := range supported() {
		t.Run(k.String(), func(t *testing.T) {
			defer use(use(k))
			test(t)
		})
	}
}

// withEachKernel is eachKernel for what shares an expensive expectation.
func withEachKernel(test func(k kernels)) {
	for _, k := range supported() {
		func() {
			defer use(use(k))
			test(k)
		}()
	}
}

var (
	// guard is a NaN with a payload that no arithmetic makes.
	guard     = math.Float32frombits(0x7fc5a5a5)
	guardBits = math.Float32bits(guard)
)

// matrix is a row-major matrix inside a slice full of guards.
type matrix struct {
	rows, cols, ld int
	whole, data    []float32 // data begins at the first element
}

const margin = 37 // guards before and after a matrix

func newMatrix(rows, cols, ld int) matrix {
	m := matrix{rows: rows, cols: cols, ld: ld}
	n := 0
	if rows > 0 {
		n = (rows-1)*ld + cols
	}
	m.whole = make([]float32, margin+n+margin)
	for i := range m.whole {
		m.whole[i] = guard
	}
	m.data = m.whole[margin : margin+n]
	return m
}

func (m matrix) fill(f func() float32) {
	for i := range m.rows {
		for j := range m.cols {
			m.data[i*m.ld+j] = f()
		}
	}
}

func (m matrix) transposed(ld int) matrix {
	t := newMatrix(m.cols, m.rows, ld)
	for i := range m.rows {
		for j := range m.cols {
			t.data[j*t.ld+i] = m.data[i*m.ld+j]
		}
	}
	return t
}

func (m matrix) clone() matrix {
	c := newMatrix(m.rows, m.cols, m.ld)
	copy(c.whole, m.whole)
	return c
}

// intact reports whether every guard around and between the rows still stands.
func (m matrix) intact() bool {
	for i, v := range m.whole {
		p := i - margin
		if m.ld > 0 && p >= 0 && p < len(m.data) && p%m.ld < m.cols {
			continue
		}
		if math.Float32bits(v) != guardBits {
			return false
		}
	}
	return true
}

// integers gives whole numbers so small that sums of products are exact in
// float32 whatever their order.
func integers(r *rand.Rand) func() float32 {
	return func() float32 { return float32(r.IntN(17) - 8) }
}

func reals(r *rand.Rand) func() float32 {
	return func() float32 { return float32(r.NormFloat64()) }
}
