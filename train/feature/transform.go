package feature

import (
	"math"
	"math/cmplx"
	"sync"
)

// transform is the discrete Fourier transform of a power of 2 of real values, as one
// of half as many complex ones: Stockham's form in steps of four (C. Van Loan,
// "Computational Frameworks for the Fast Fourier Transform", 1992, sections 1.7,
// 2.4 and 4.3). It may be used by several goroutines at once.
type transform struct {
	n      int          // complex values
	roots  []complex128 // [n], exp(-2πi·k/n)
	halves []complex128 // [n/2+1], exp(-2πi·k/2n)
}

var (
	transforms sync.Map // *transform by size
	windows    sync.Map // Hann's []float64 by length
)

func transformOf(size int) *transform {
	if t, ok := transforms.Load(size); ok {
		return t.(*transform)
	}
	t := &transform{n: size / 2}
	for k := range t.n {
		t.roots = append(t.roots, cmplx.Rect(1, -2*math.Pi*float64(k)/float64(t.n)))
	}
	for k := range t.n/2 + 1 {
		t.halves = append(t.halves, cmplx.Rect(1, -math.Pi*float64(k)/float64(t.n)))
	}
	transforms.Store(size, t)
	return t
}

// hannOf is Hann's window of n values over the root of n, so that powers do not
// depend on n.
func hannOf(n int) []float64 {
	if w, ok := windows.Load(n); ok {
		return w.([]float64)
	}
	w, one := make([]float64, n), 1/math.Sqrt(float64(n))
	for i := range w {
		w[i] = one * (0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(n)))
	}
	windows.Store(n, w)
	return w
}

// power sets dst [n+1] to the squared magnitudes of the transform of 2n values, which
// lie in pairs in the first half of room [2n] and are lost.
func (t *transform) power(dst []float64, room []complex128) {
	x, y := room[:t.n], room[t.n:][:t.n]
	x = t.run(x, y)
	dst[0] = square(complex(real(x[0])+imag(x[0]), 0))
	dst[t.n] = square(complex(real(x[0])-imag(x[0]), 0))
	for k := 1; k <= t.n/2; k++ {
		a, b := x[k], x[t.n-k]
		b = complex(real(b), -imag(b))
		even, odd := (a+b)*0.5, (a-b)*0.5
		odd *= t.halves[k]
		odd = complex(imag(odd), -real(odd))
		dst[k], dst[t.n-k] = square(even+odd), square(even-odd)
	}
}

func square(c complex128) float64 { return real(c)*real(c) + imag(c)*imag(c) }

// run transforms x and returns where the result is, x or y.
func (t *transform) run(x, y []complex128) []complex128 {
	n, s := t.n, 1 // length and number of the transforms that are left
	for ; n >= 4; n, s = n/4, 4*s {
		quarter := n / 4 * s
		for p := range n / 4 {
			w1, w2, w3 := t.roots[p*s], t.roots[2*p*s], t.roots[3*p*s]
			a, b, c, d := x[p*s:][:s], x[p*s+quarter:][:s], x[p*s+2*quarter:][:s], x[p*s+3*quarter:][:s]
			out := y[4*p*s:][:4*s]
			e, f, g, h := out[:s], out[s:][:s], out[2*s:][:s], out[3*s:][:s]
			for q := range s {
				sum, difference := a[q]+c[q], a[q]-c[q]
				more, turned := b[q]+d[q], b[q]-d[q]
				turned = complex(-imag(turned), real(turned))
				e[q] = sum + more
				f[q] = w1 * (difference - turned)
				g[q] = w2 * (sum - more)
				h[q] = w3 * (difference + turned)
			}
		}
		x, y = y, x
	}
	if n == 2 {
		for q := range s {
			y[q], y[q+s] = x[q]+x[q+s], x[q]-x[q+s]
		}
		x = y
	}
	return x
}
