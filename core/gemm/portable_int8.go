package gemm

import "math"

// quantisePortable is quantise in plain Go: adding `rounder` rounds to a whole
// number, to nearest, ties to even, which then stands in the low bits; magnitudes
// compare as their bits do, NaN above all.
func quantisePortable(m, k int, x []float32, q []int16, scale []float32, steps float32) {
	for r := range m {
		row, out := x[r*k:][:k], q[r*k:][:k]
		var bits uint32
		for _, v := range row {
			bits = max(bits, math.Float32bits(v)&^(1<<31))
		}
		top := math.Float32frombits(bits)
		scale[r] = top / steps
		inv := steps / top
		if !(top > 0 && top <= math.MaxFloat32 && inv <= math.MaxFloat32) {
			clear(out)
			continue
		}
		for i, v := range row {
			shifted := float32(v*inv) + rounder // the conversion forbids to fuse them
			out[i] = int16(math.Float32bits(shifted) - math.Float32bits(rounder))
		}
	}
}

// linear8Portable is linear8 in plain Go: four rows of w share the loads of a row
// of q.
func linear8Portable(m, n, k int, q []int16, scale []float32, w []int8, wscale, bias, res, y []float32, relu bool) {
	o := 0
	for ; o+4 <= n; o += 4 {
		w0, w1, w2, w3 := w[o*k:][:k], w[(o+1)*k:][:k], w[(o+2)*k:][:k], w[(o+3)*k:][:k]
		for r := range m {
			var s0, s1, s2, s3 int32
			for i, v := range q[r*k:][:k] {
				v := int32(v)
				s0 += v * int32(w0[i])
				s1 += v * int32(w1[i])
				s2 += v * int32(w2[i])
				s3 += v * int32(w3[i])
			}
			for i, s := range [4]int32{s0, s1, s2, s3} {
				y[r*n+o+i] = finish8(s, scale[r]*wscale[o+i], bias, res, r*n+o+i, o+i, relu)
			}
		}
	}
	for ; o < n; o++ {
		for r := range m {
			var sum int32
			for i, v := range q[r*k:][:k] {
				sum += int32(v) * int32(w[o*k+i])
			}
			y[r*n+o] = finish8(sum, scale[r]*wscale[o], bias, res, r*n+o, o, relu)
		}
	}
}

// finish8 is the end of one sum of linear8: output o, element at of res.
func finish8(sum int32, scale float32, bias, res []float32, at, o int, relu bool) float32 {
	s := float32(float32(sum) * scale) // the conversion forbids to fuse it with what follows
	if len(bias) > 0 {
		s += bias[o]
	}
	if len(res) > 0 {
		s += res[at]
	}
	if relu {
		s = max(s, 0)
	}
	return s
}
