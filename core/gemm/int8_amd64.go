package gemm

// linear8Vector is linear8 with the assembly kernels, for k a multiple of the
// elements of two vectors of kn. Rows of w are taken as many at a time as the
// first-level cache holds.
func linear8Vector(kn kernels, m, n, k int, q []int16, scale []float32, w []int8, wscale, bias, res, y []float32, relu bool) {
	batch := max(4, 4*dotsHeld/k&^3)
	s := borrow()
	defer s.release()
	sums := y
	if len(res) > 0 { // y may be res
		sums = s.b.grow(m * n)
	}
	for o := 0; o < n; o += batch {
		cols := min(batch, n-o)
		for r := 0; r < m; {
			rows := share(m-r, geometries[kn].dotRows)
			kn.dots8(rows, cols, k, &q[r*k], 2*k, &w[o*k], &scale[r], &wscale[o], &sums[r*n+o], 4*n)
			r += rows
		}
	}
	if len(bias) == 0 && len(res) == 0 && !relu {
		return
	}
	for r := range m {
		row, out := sums[r*n:][:n], y[r*n:][:n]
		for o, v := range row {
			if len(bias) > 0 {
				v += bias[o]
			}
			if len(res) > 0 {
				v += res[r*n+o]
			}
			if relu {
				v = max(v, 0)
			}
			out[o] = v
		}
	}
}
