package identify

import "ace/core/gemm"

// number is what the layers are written over: float32 to train, float64 to
// check their gradients.
type number interface{ float32 | float64 }

// product is the signature of gemm.Mul.
type product[F number] func(tA, tB bool, m, n, k int, a []F, lda int, b []F, ldb int, c []F, ldc int, acc bool)

// halfNorms gives |c|²/2 of each row c of book [V, d].
func halfNorms[F number](book []F, d int) []F {
	half := make([]F, len(book)/d)
	for c := range half {
		var s F
		for _, v := range book[c*d:][:d] {
			s += v * v
		}
		half[c] = s / 2
	}
	return half
}

// nearest writes to code [m] the row of book [V, d] nearest to each row of
// x [m, d], the first of equals. |x-c|² orders the rows as |c|²/2 - x·c does.
// dots is scratch of at least m*V.
func nearest[F number](mul product[F], x []F, m, d int, book, half, dots []F, code []int32) {
	v := len(half)
	mul(false, true, m, v, d, x, d, book, d, dots, v, false)
	for i := range m {
		row := dots[i*v:][:v]
		best, least := 0, half[0]-row[0]
		for c, dot := range row {
			if s := half[c] - dot; s < least {
				best, least = c, s
			}
		}
		code[i] = int32(best)
	}
}

// nearestAll is nearest for all n rows of x, on all threads.
func (p *pool) nearestAll(x []float32, n, d int, book []float32, code []int32) {
	half := halfNorms(book, d)
	dots := make([][]float32, p.threads)
	p.blocks(n, func(worker, _, lo, hi int) {
		if dots[worker] == nil {
			dots[worker] = make([]float32, rows*len(half))
		}
		nearest(gemm.Mul, x[lo*d:hi*d], hi-lo, d, book, half, dots[worker], code[lo:hi])
	})
}

// squared is |x-y|², summed in float64.
func squared(x, y []float32) float64 {
	var s float64
	for i, v := range x {
		t := float64(v - y[i])
		s += t * t
	}
	return s
}
