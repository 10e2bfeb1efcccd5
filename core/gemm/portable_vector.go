package gemm

// dotPortable is Dot in plain Go: four running sums hide the latency of
// addition.
func dotPortable(x, y []float32) float32 {
	y = y[:len(x)]
	var s0, s1, s2, s3 float32
	for len(x) >= 8 && len(y) >= 8 {
		p, q := (*[8]float32)(x), (*[8]float32)(y)
		s0 += p[0]*q[0] + p[4]*q[4]
		s1 += p[1]*q[1] + p[5]*q[5]
		s2 += p[2]*q[2] + p[6]*q[6]
		s3 += p[3]*q[3] + p[7]*q[7]
		x, y = x[8:], y[8:]
	}
	for i, v := range x {
		s0 += v * y[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// axpyPortable is Axpy in plain Go.
func axpyPortable(alpha float32, x, y []float32) {
	y = y[:len(x)]
	for len(x) >= 8 && len(y) >= 8 {
		p, q := (*[8]float32)(x), (*[8]float32)(y)
		q[0] += alpha * p[0]
		q[1] += alpha * p[1]
		q[2] += alpha * p[2]
		q[3] += alpha * p[3]
		q[4] += alpha * p[4]
		q[5] += alpha * p[5]
		q[6] += alpha * p[6]
		q[7] += alpha * p[7]
		x, y = x[8:], y[8:]
	}
	for i, v := range x {
		y[i] += alpha * v
	}
}
