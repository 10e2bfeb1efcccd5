package gemm

import "math"

// The exponential is exp(t) = 2^n·exp(r) with n = round(t/ln 2) and ln 2 split
// in two so that r = t - n·ln 2, |r| <= ln 2/2, keeps its precision (Cody and
// Waite, Software Manual for the Elementary Functions, 1980, chapter 6). exp(r)
// is 1 + r + r²·(exp0 + exp1·r + … + exp4·r⁴), a minimax polynomial whose
// relative error is under 4e-9; the rest of the error is rounding. The
// assembly uses the same constants.
const (
	expLow  = -87.33654 // below it the result is under 2^-126 and becomes 0
	expHigh = 88.72283  // above it the result is over the largest float32
	log2e   = 1.44269504088896340736
	ln2High = 0.693359375 // nine bits, so n·ln2High is exact
	ln2Low  = math.Ln2 - ln2High
	exp0    = 0.49999994
	exp1    = 0.16666521
	exp2    = 0.04166839
	exp3    = 0.008368745
	exp4    = 0.0013814538
	rounder = 3 << 22 // t + rounder has no bits after the point
)

// expSumPortable is ExpSum in plain Go.
func expSumPortable(dst, x []float32, max float32) float32 {
	dst = dst[:len(x)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(x); i += 4 {
		e0, e1, e2, e3 := exp(x[i]-max), exp(x[i+1]-max), exp(x[i+2]-max), exp(x[i+3]-max)
		dst[i], dst[i+1], dst[i+2], dst[i+3] = e0, e1, e2, e3
		s0, s1, s2, s3 = s0+e0, s1+e1, s2+e2, s3+e3
	}
	for ; i < len(x); i++ {
		e := exp(x[i] - max)
		dst[i] = e
		s0 += e
	}
	return (s0 + s1) + (s2 + s3)
}

// exp returns the exponential of t: 0 below expLow, +Inf above expHigh.
func exp(t float32) float32 {
	switch {
	case t < expLow:
		return 0
	case t > expHigh:
		return float32(math.Inf(1))
	case t != t:
		return t
	}
	shifted := t*log2e + rounder
	n := int32(math.Float32bits(shifted)) - int32(math.Float32bits(rounder))
	whole := shifted - rounder
	r := t - whole*ln2High
	r -= whole * ln2Low
	p := r*exp4 + exp3
	p = p*r + exp2
	p = p*r + exp1
	p = p*r + exp0
	p = p*(r*r) + r + 1
	// n reaches 128, one more than a float32 exponent holds: scale by halves.
	half := n >> 1
	return p * power2(half) * power2(n-half)
}

// power2 returns 2^n for -126 <= n <= 127.
func power2(n int32) float32 { return math.Float32frombits(uint32(n+127) << 23) }
