package gemm

import (
	"fmt"
	"math"
)

// Linear is a layer of a network over rows of x: y = act(x·wᵀ + bias + res) for x
// [m, k], w [n, k], bias [n] and res and y [m, n], all without gaps. bias and res
// may be empty; y may be res, and must not overlap x or w. act is max(0, ·) when
// relu, and nothing otherwise.
func Linear(m, n, k int, x, w, bias, res, y []float32, relu bool) {
	prepare(false, true, m, n, k, x, k, w, k, y, n, true)
	if m == 0 || n == 0 {
		return
	}
	company(m, n, bias, res)
	linear(m, n, k, x, w, bias, res, y[:m*n], relu)
}

// company checks the sizes of what is added to a product.
func company(m, n int, bias, res []float32) {
	if len(bias) > 0 {
		fits("bias", 1, n, len(bias), n)
	}
	if len(res) > 0 {
		fits("res", m, n, len(res), n)
	}
}

// linearMul is Linear by way of Mul.
func linearMul(m, n, k int, x, w, bias, res, y []float32, relu bool) {
	if len(res) > 0 && &res[0] != &y[0] {
		copy(y, res)
	}
	Mul(false, true, m, n, k, x, k, w, k, y, n, len(res) > 0)
	finish(m, n, bias, y, relu)
}

// finish adds the bias to the rows of y and applies the activation.
func finish(m, n int, bias, y []float32, relu bool) {
	for r := 0; r < m && len(bias) > 0; r++ {
		row := y[r*n : (r+1)*n]
		for o, v := range bias[:len(row)] {
			row[o] += v
		}
	}
	if relu {
		for o, v := range y[:m*n] {
			y[o] = max(v, 0)
		}
	}
}

// Norm is root-mean-square normalisation (arXiv 1910.07467) of the rows of x:
// y[r, i] = x[r, i]·g[i] / sqrt(mean over j of x[r, j]² + eps), for x and y [rows,
// len(g)], which may be the same.
func Norm(rows int, x, g, y []float32, eps float32) {
	if rows < 0 {
		panic(fmt.Sprintf("gemm: norm of %d rows", rows))
	}
	if rows == 0 || len(g) == 0 {
		return
	}
	fits("x", rows, len(g), len(x), len(g))
	fits("y", rows, len(g), len(y), len(g))
	norm(rows, x, g, y, eps)
}

func normDot(rows int, x, g, y []float32, eps float32) {
	w := len(g)
	for r := range rows {
		x, y := x[r*w:(r+1)*w], y[r*w:(r+1)*w]
		inv := 1 / float32(math.Sqrt(float64(dot(x, x)/float32(w)+eps)))
		for i, v := range x {
			y[i] = v * inv * g[i]
		}
	}
}

// Gate sets y = res + scale·c·sigmoid(g) for equally long slices, of which res may
// be empty, and y may be any of the others.
func Gate(scale float32, c, g, res, y []float32) {
	sameLength("gate", len(c), len(g))
	sameLength("gate", len(c), len(y))
	if len(res) > 0 {
		sameLength("gate", len(c), len(res))
	}
	if len(c) > 0 {
		gate(scale, c, g, res, y)
	}
}

// gateRoom is how many sigmoids gateExp takes at once.
const gateRoom = 256

func gateExp(scale float32, c, g, res, y []float32) {
	var room [gateRoom]float32
	for from := 0; from < len(c); from += gateRoom {
		to := min(from+gateRoom, len(c))
		s := room[:to-from]
		for i, v := range g[from:to] {
			s[i] = max(-v, -87)
		}
		expSum(s, s, 0)
		c, y := c[from:to], y[from:to]
		for i, v := range c {
			v = scale * v / (1 + s[i])
			if len(res) > 0 {
				v += res[from+i]
			}
			y[i] = v
		}
	}
}
