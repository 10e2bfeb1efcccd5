package gemm

import "math"

// Finite tells whether none of x is infinite or NaN.
func Finite(x []float32) bool {
	if s := dot(x, x); s-s == 0 { // one that is not finite would have made the sum so
		return true
	}
	const exponent = 0x7f800000
	for _, v := range x { // perhaps the squares were too large
		if math.Float32bits(v)&exponent == exponent {
			return false
		}
	}
	return true
}
