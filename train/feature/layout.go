package feature

import (
	"math"
	"sync"
)

// layout appends the low frequencies of a discrete cosine transform of each
// channel, the picture's coarse arrangement: keep² coefficients of the
// lightness and (keep/2)² of a and of b, both multiples of 4.
func layout(dst []float32, p *plane, keep int) []float32 {
	wx := cosines(keep, p.w)
	wy := wx
	if p.h != p.w {
		wy = cosines(keep, p.h)
	}
	for c, channel := range p.lab {
		k := keep
		if c > 0 {
			k /= 2
		}
		rows := make([]float32, k*p.h) // [k, h]
		for y := range p.h {
			row := channel[y*p.w : (y+1)*p.w]
			for u := 0; u < k; u += 4 { // four sums at once
				a, b, c, d := wx[u][:len(row)], wx[u+1][:len(row)], wx[u+2][:len(row)], wx[u+3][:len(row)]
				var sa, sb, sc, sd float32
				for x, v := range row {
					sa += v * a[x]
					sb += v * b[x]
					sc += v * c[x]
					sd += v * d[x]
				}
				rows[u*p.h+y], rows[(u+1)*p.h+y], rows[(u+2)*p.h+y], rows[(u+3)*p.h+y] = sa, sb, sc, sd
			}
		}
		for v := range k {
			for u := range k {
				dst = append(dst, inner(rows[u*p.h:(u+1)*p.h], wy[v]))
			}
		}
	}
	return dst
}

var cosinesKnown sync.Map // [][]float32 by [2]int{k, n}

// cosines returns the first k basis functions of a DCT-II of n points, divided by n.
func cosines(k, n int) [][]float32 {
	if w, ok := cosinesKnown.Load([2]int{k, n}); ok {
		return w.([][]float32)
	}
	w := make([][]float32, k)
	for u := range w {
		w[u] = make([]float32, n)
		for x := range w[u] {
			w[u][x] = float32(math.Cos(math.Pi*(float64(x)+0.5)*float64(u)/float64(n)) / float64(n))
		}
	}
	cosinesKnown.Store([2]int{k, n}, w)
	return w
}

func inner(a, b []float32) float32 {
	var s float32
	for i, v := range a {
		s += v * b[i]
	}
	return s
}
