package gemm

import (
	"math"
	"testing"
)

func TestFinite(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	eachKernel(t, func(t *testing.T) {
		for _, n := range []int{0, 1, 3, 4, 63, 64, 67, 1000} {
			x := make([]float32, n)
			for i := range x {
				x[i] = 3e38 * float32(1-2*(i%2)) // their squares are not finite
			}
			if !Finite(x) || !Finite(make([]float32, n)) {
				t.Errorf("%d finite numbers are not", n)
			}
			for i := range x {
				for _, bad := range []float32{nan, inf, -inf, guard} {
					for _, fill := range []float32{0, 1, x[i]} {
						y := make([]float32, n)
						for k := range y {
							y[k] = fill
						}
						if y[i] = bad; Finite(y) {
							t.Fatalf("%v is number %d of %d, which are said to be finite", bad, i, n)
						}
					}
				}
				if i > 70 {
					break
				}
			}
		}
	})
}
