package gemm

import (
	"fmt"
	"math"
)

// Int8 is a matrix of len(Scale) rows of Cols elements, each a whole multiple Q of
// the scale of its row.
type Int8 struct {
	Q     []int8
	Scale []float32
	Cols  int
}

// Rows is the part of the matrix that begins at row from and has n rows.
func (w Int8) Rows(from, n int) Int8 {
	return Int8{w.Q[from*w.Cols:][:n*w.Cols], w.Scale[from:][:n], w.Cols}
}

// Linear is the layer of the function Linear with w for its weights. The rows of x
// [m, w.Cols] are first rounded to whole multiples of a scale each, so many that
// the sums of products just fit into 32 bits: 32767 either way up to 512 columns,
// 16383 with 1024. Sums are exact, so all kernels give the same bytes.
func (w Int8) Linear(m int, x, bias, res, y []float32, relu bool) {
	n, k := len(w.Scale), w.Cols
	if m < 0 || k < 1 || k > maxInt8 {
		panic(fmt.Sprintf("gemm: int8 product of %d rows of %d", m, k))
	}
	if m == 0 || n == 0 {
		return
	}
	fits("w", n, k, len(w.Q), k)
	fits("x", m, k, len(x), k)
	fits("y", m, n, len(y), n)
	company(m, n, bias, res)
	s := borrow()
	q, scale := s.q.grow(m*k), s.a.grow(m)
	quantise(m, k, x, q, scale, float32(int8Steps(k)))
	linear8(m, n, k, q, scale, w.Q, w.Scale, bias, res, y, relu)
	s.release()
}

// FastInt8 tells whether products with an Int8 are faster than with float32 by the
// kernels in use. The portable ones convert every element, and are not.
func FastInt8() bool { return current != portable }

// maxInt8 is the most columns of an Int8 in a product.
const maxInt8 = 1 << 20

// int8Steps is the largest multiple for which k products with an int8 stay within
// int32.
func int8Steps(k int) int { return min(math.MaxInt16, math.MaxInt32/(128*k)) }

// quantiseGeneric is the reference for quantise: it writes each of the m rows of x
// as whole multiples q of a scale, at most steps either way. A row that holds a
// NaN or an infinity has a scale that makes its products NaN.
func quantiseGeneric(m, k int, x []float32, q []int16, scale []float32, steps float32) {
	for r := range m {
		row, out := x[r*k:][:k], q[r*k:][:k]
		var top float32
		for _, v := range row {
			top = max(top, float32(math.Abs(float64(v))))
		}
		scale[r] = top / steps
		if !(top > 0 && top <= math.MaxFloat32) {
			clear(out)
			continue
		}
		inv := steps / top
		if inv > math.MaxFloat32 { // numbers so small that they have no scale
			inv = 0
		}
		for i, v := range row {
			out[i] = int16(math.RoundToEven(float64(v * inv)))
		}
	}
}

// linear8Generic is the reference for linear8, in float32 after the exact sum.
func linear8Generic(m, n, k int, q []int16, scale []float32, w []int8, wscale, bias, res, y []float32, relu bool) {
	for r := range m {
		for o := range n {
			var sum int32
			for i, v := range q[r*k:][:k] {
				sum += int32(v) * int32(w[o*k+i])
			}
			// The conversions forbid to fuse a product with the sum after it.
			s := float32(float32(sum) * (scale[r] * wscale[o]))
			if len(bias) > 0 {
				s += bias[o]
			}
			if len(res) > 0 {
				s += res[r*n+o]
			}
			if relu {
				s = max(s, 0)
			}
			y[r*n+o] = s
		}
	}
}
