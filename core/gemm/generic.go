package gemm

import "math"

// MulGeneric is the reference for Mul: the defining triple loop, summed in
// float64. It is kept plain, never optimised, and tests everything else.
func MulGeneric(tA, tB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	for i := range m {
		for j := range n {
			var sum float64
			if acc {
				sum = float64(c[i*ldc+j])
			}
			for p := range k {
				ai, bi := i*lda+p, p*ldb+j
				if tA {
					ai = p*lda + i
				}
				if tB {
					bi = j*ldb + p
				}
				sum += float64(a[ai]) * float64(b[bi])
			}
			c[i*ldc+j] = float32(sum)
		}
	}
}

// dotGeneric is the reference for Dot.
func dotGeneric(x, y []float32) float32 {
	var sum float64
	for i := range x {
		sum += float64(x[i]) * float64(y[i])
	}
	return float32(sum)
}

// axpyGeneric is the reference for Axpy.
func axpyGeneric(alpha float32, x, y []float32) {
	for i := range x {
		y[i] = float32(float64(y[i]) + float64(alpha)*float64(x[i]))
	}
}

// expSumGeneric is the reference for ExpSum.
func expSumGeneric(dst, x []float32, max float32) float32 {
	var sum float64
	for i := range x {
		e := float32(math.Exp(float64(x[i] - max)))
		if e < smallestNormal {
			e = 0
		}
		dst[i] = e
		sum += float64(e)
	}
	return float32(sum)
}

// smallestNormal is 2^-126: below it float32 loses precision.
const smallestNormal = 0x1p-126
