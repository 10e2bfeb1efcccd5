package gemm

import "unsafe"

// mulPortable is Mul in blocked Go, for arguments that prepare let pass. Where
// B lies row by row, four of its rows at a time are added to two rows of C;
// where B is stored transposed, two rows of A meet four rows of B in dot
// products. Either way every operand is read along its rows, nothing but a
// doubly transposed A is copied, and eight products share six loads. Raw
// pointers spare the bounds checks, which cost more than the arithmetic does.
func mulPortable(tA, tB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	if !tB {
		if !acc {
			for i := range m {
				clear(c[i*ldc:][:n])
			}
		}
		sa, sp := lda, 1
		if tA {
			sa, sp = 1, lda
		}
		addRows(m, n, k, a, sa, sp, b, ldb, c, ldc)
		return
	}
	if tA {
		s := borrow()
		defer s.release()
		a, lda = transposed(s.a.grow(m*k), a, lda, k, m), k
	}
	dotRows(m, n, k, a, lda, b, ldb, c, ldc, acc)
}

// Block sizes of the portable kernels: a block of B (addRows) or of A (dotRows)
// stays in the second-level cache while the other operand passes by.
const (
	portableDepth = 64  // rows of B
	portableWidth = 512 // columns of B
	portableRows  = 64  // rows of A
)

// addRows computes C += A·B, where element (i, p) of A is a[i*sa+p*sp].
func addRows(m, n, k int, a []float32, sa, sp int, b []float32, ldb int, c []float32, ldc int) {
	for p0 := 0; p0 < k; p0 += portableDepth {
		p1 := min(p0+portableDepth, k)
		for j0 := 0; j0 < n; j0 += portableWidth {
			width := min(portableWidth, n-j0)
			i := 0
			for ; i+2 <= m; i += 2 {
				c0, c1 := unsafe.Pointer(&c[i*ldc+j0]), unsafe.Pointer(&c[(i+1)*ldc+j0])
				p := p0
				for ; p+4 <= p1; p += 4 {
					q := i*sa + p*sp
					x := [4]float32{a[q], a[q+sp], a[q+2*sp], a[q+3*sp]}
					q += sa
					y := [4]float32{a[q], a[q+sp], a[q+2*sp], a[q+3*sp]}
					addRows2x4(width, &x, &y, unsafe.Pointer(&b[p*ldb+j0]), uintptr(ldb)*4, c0, c1)
				}
				for ; p < p1; p++ {
					axpyPortable(a[i*sa+p*sp], b[p*ldb+j0:][:width], c[i*ldc+j0:][:width])
					axpyPortable(a[(i+1)*sa+p*sp], b[p*ldb+j0:][:width], c[(i+1)*ldc+j0:][:width])
				}
			}
			for ; i < m; i++ {
				c0 := unsafe.Pointer(&c[i*ldc+j0])
				p := p0
				for ; p+4 <= p1; p += 4 {
					q := i*sa + p*sp
					x := [4]float32{a[q], a[q+sp], a[q+2*sp], a[q+3*sp]}
					addRows1x4(width, &x, unsafe.Pointer(&b[p*ldb+j0]), uintptr(ldb)*4, c0)
				}
				for ; p < p1; p++ {
					axpyPortable(a[i*sa+p*sp], b[p*ldb+j0:][:width], c[i*ldc+j0:][:width])
				}
			}
		}
	}
}

// addRows2x4 adds x·B to row c0 and y·B to row c1, B being four rows of n
// elements, stride bytes apart.
func addRows2x4(n int, x, y *[4]float32, b unsafe.Pointer, stride uintptr, c0, c1 unsafe.Pointer) {
	x0, x1, x2, x3 := x[0], x[1], x[2], x[3]
	y0, y1, y2, y3 := y[0], y[1], y[2], y[3]
	b0, b1, b2, b3 := b, unsafe.Add(b, stride), unsafe.Add(b, 2*stride), unsafe.Add(b, 3*stride)
	j := 0
	for ; j+4 <= n; j += 4 {
		p0, p1, p2, p3 := four(b0, j), four(b1, j), four(b2, j), four(b3, j)
		q0, q1 := four(c0, j), four(c1, j)
		u, v, w, z := p0[0], p1[0], p2[0], p3[0]
		q0[0] += x0*u + x1*v + x2*w + x3*z
		q1[0] += y0*u + y1*v + y2*w + y3*z
		u, v, w, z = p0[1], p1[1], p2[1], p3[1]
		q0[1] += x0*u + x1*v + x2*w + x3*z
		q1[1] += y0*u + y1*v + y2*w + y3*z
		u, v, w, z = p0[2], p1[2], p2[2], p3[2]
		q0[2] += x0*u + x1*v + x2*w + x3*z
		q1[2] += y0*u + y1*v + y2*w + y3*z
		u, v, w, z = p0[3], p1[3], p2[3], p3[3]
		q0[3] += x0*u + x1*v + x2*w + x3*z
		q1[3] += y0*u + y1*v + y2*w + y3*z
	}
	for ; j < n; j++ {
		u, v, w, z := *one(b0, j), *one(b1, j), *one(b2, j), *one(b3, j)
		*one(c0, j) += x0*u + x1*v + x2*w + x3*z
		*one(c1, j) += y0*u + y1*v + y2*w + y3*z
	}
}

// addRows1x4 is addRows2x4 for one row.
func addRows1x4(n int, x *[4]float32, b unsafe.Pointer, stride uintptr, c unsafe.Pointer) {
	x0, x1, x2, x3 := x[0], x[1], x[2], x[3]
	b0, b1, b2, b3 := b, unsafe.Add(b, stride), unsafe.Add(b, 2*stride), unsafe.Add(b, 3*stride)
	j := 0
	for ; j+4 <= n; j += 4 {
		p0, p1, p2, p3 := four(b0, j), four(b1, j), four(b2, j), four(b3, j)
		q := four(c, j)
		q[0] += x0*p0[0] + x1*p1[0] + x2*p2[0] + x3*p3[0]
		q[1] += x0*p0[1] + x1*p1[1] + x2*p2[1] + x3*p3[1]
		q[2] += x0*p0[2] + x1*p1[2] + x2*p2[2] + x3*p3[2]
		q[3] += x0*p0[3] + x1*p1[3] + x2*p2[3] + x3*p3[3]
	}
	for ; j < n; j++ {
		*one(c, j) += x0**one(b0, j) + x1**one(b1, j) + x2**one(b2, j) + x3**one(b3, j)
	}
}

// dotRows computes C = A·Bᵀ, or C += A·Bᵀ, with B stored [n, k].
func dotRows(m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	for i0 := 0; i0 < m; i0 += portableRows {
		i1 := min(i0+portableRows, m)
		j := 0
		for ; j+4 <= n; j += 4 {
			pb := unsafe.Pointer(&b[j*ldb])
			i := i0
			for ; i+2 <= i1; i += 2 {
				var s [8]float32
				dotRows2x4(k, unsafe.Pointer(&a[i*lda]), unsafe.Pointer(&a[(i+1)*lda]), pb, uintptr(ldb)*4, &s)
				put((*[4]float32)(c[i*ldc+j:]), (*[4]float32)(s[:4]), acc)
				put((*[4]float32)(c[(i+1)*ldc+j:]), (*[4]float32)(s[4:]), acc)
			}
			for ; i < i1; i++ {
				var s [4]float32
				dotRows1x4(k, unsafe.Pointer(&a[i*lda]), pb, uintptr(ldb)*4, &s)
				put((*[4]float32)(c[i*ldc+j:]), &s, acc)
			}
		}
		for ; j < n; j++ {
			for i := i0; i < i1; i++ {
				s := dotPortable(a[i*lda:][:k], b[j*ldb:][:k])
				if acc {
					s += c[i*ldc+j]
				}
				c[i*ldc+j] = s
			}
		}
	}
}

// dotRows2x4 sets s to the products of rows a0 (first four) and a1 (last four)
// of k elements with four rows of B, stride bytes apart.
func dotRows2x4(k int, a0, a1, b unsafe.Pointer, stride uintptr, s *[8]float32) {
	b0, b1, b2, b3 := b, unsafe.Add(b, stride), unsafe.Add(b, 2*stride), unsafe.Add(b, 3*stride)
	var s0, s1, s2, s3, s4, s5, s6, s7 float32
	i := 0
	for ; i+4 <= k; i += 4 {
		q := four(a0, i)
		x0, x1, x2, x3 := q[0], q[1], q[2], q[3]
		q = four(a1, i)
		y0, y1, y2, y3 := q[0], q[1], q[2], q[3]
		p := four(b0, i)
		u, v, w, z := p[0], p[1], p[2], p[3]
		s0 += x0*u + x1*v + x2*w + x3*z
		s4 += y0*u + y1*v + y2*w + y3*z
		p = four(b1, i)
		u, v, w, z = p[0], p[1], p[2], p[3]
		s1 += x0*u + x1*v + x2*w + x3*z
		s5 += y0*u + y1*v + y2*w + y3*z
		p = four(b2, i)
		u, v, w, z = p[0], p[1], p[2], p[3]
		s2 += x0*u + x1*v + x2*w + x3*z
		s6 += y0*u + y1*v + y2*w + y3*z
		p = four(b3, i)
		u, v, w, z = p[0], p[1], p[2], p[3]
		s3 += x0*u + x1*v + x2*w + x3*z
		s7 += y0*u + y1*v + y2*w + y3*z
	}
	for ; i < k; i++ {
		x, y := *one(a0, i), *one(a1, i)
		u, v, w, z := *one(b0, i), *one(b1, i), *one(b2, i), *one(b3, i)
		s0, s1, s2, s3 = s0+x*u, s1+x*v, s2+x*w, s3+x*z
		s4, s5, s6, s7 = s4+y*u, s5+y*v, s6+y*w, s7+y*z
	}
	s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7] = s0, s1, s2, s3, s4, s5, s6, s7
}

// dotRows1x4 is dotRows2x4 for one row.
func dotRows1x4(k int, a, b unsafe.Pointer, stride uintptr, s *[4]float32) {
	b0, b1, b2, b3 := b, unsafe.Add(b, stride), unsafe.Add(b, 2*stride), unsafe.Add(b, 3*stride)
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+8 <= k; i += 8 {
		q, r := four(a, i), four(a, i+4)
		x0, x1, x2, x3, x4, x5, x6, x7 := q[0], q[1], q[2], q[3], r[0], r[1], r[2], r[3]
		p := (*[8]float32)(unsafe.Pointer(one(b0, i)))
		s0 += x0*p[0] + x1*p[1] + x2*p[2] + x3*p[3] + x4*p[4] + x5*p[5] + x6*p[6] + x7*p[7]
		p = (*[8]float32)(unsafe.Pointer(one(b1, i)))
		s1 += x0*p[0] + x1*p[1] + x2*p[2] + x3*p[3] + x4*p[4] + x5*p[5] + x6*p[6] + x7*p[7]
		p = (*[8]float32)(unsafe.Pointer(one(b2, i)))
		s2 += x0*p[0] + x1*p[1] + x2*p[2] + x3*p[3] + x4*p[4] + x5*p[5] + x6*p[6] + x7*p[7]
		p = (*[8]float32)(unsafe.Pointer(one(b3, i)))
		s3 += x0*p[0] + x1*p[1] + x2*p[2] + x3*p[3] + x4*p[4] + x5*p[5] + x6*p[6] + x7*p[7]
	}
	for ; i < k; i++ {
		x := *one(a, i)
		s0, s1, s2, s3 = s0+x**one(b0, i), s1+x**one(b1, i), s2+x**one(b2, i), s3+x**one(b3, i)
	}
	s[0], s[1], s[2], s[3] = s0, s1, s2, s3
}

func put(c, s *[4]float32, acc bool) {
	if acc {
		c[0] += s[0]
		c[1] += s[1]
		c[2] += s[2]
		c[3] += s[3]
		return
	}
	*c = *s
}

// one points at the i-th float32 after p, four at it and the next three.
func one(p unsafe.Pointer, i int) *float32     { return (*float32)(unsafe.Add(p, 4*i)) }
func four(p unsafe.Pointer, i int) *[4]float32 { return (*[4]float32)(unsafe.Add(p, 4*i)) }

// transposed writes the transpose of a, stored [rows, cols], to dst.
func transposed(dst, a []float32, lda, rows, cols int) []float32 {
	for p := range rows {
		for i, v := range a[p*lda:][:cols] {
			dst[i*rows+p] = v
		}
	}
	return dst
}
