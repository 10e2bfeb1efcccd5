//go:build !amd64 && !js

package gemm

// kernels names a set of kernels; here there is one.
type kernels int

const portable kernels = 0

func (kernels) String() string { return name() }

const current = portable

// supported lists the kernels that this machine runs.
func supported() []kernels { return []kernels{portable} }

// use makes k the kernels of all calls and returns the ones before; for tests.
func use(kernels) kernels { return portable }

func name() string { return "generic" }

func mul(tA, tB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	mulPortable(tA, tB, m, n, k, a, lda, b, ldb, c, ldc, acc)
}

func dot(x, y []float32) float32 { return dotPortable(x, y) }

func axpy(alpha float32, x, y []float32) { axpyPortable(alpha, x, y) }

func expSum(dst, x []float32, max float32) float32 { return expSumPortable(dst, x, max) }

func peak(int) float64 { return 0 }

func linear(m, n, k int, x, w, bias, res, y []float32, relu bool) {
	linearMul(m, n, k, x, w, bias, res, y, relu)
}

func norm(rows int, x, g, y []float32, eps float32) { normDot(rows, x, g, y, eps) }

func gate(scale float32, c, g, res, y []float32) { gateExp(scale, c, g, res, y) }

func attend(h Heads, q, key, value []float32, keys, span []uint32, w, y []float32) {
	attendDots(h, q, key, value, keys, span, w, y)
}

func quantise(m, k int, x []float32, q []int16, scale []float32, steps float32) {
	quantisePortable(m, k, x, q, scale, steps)
}

func linear8(m, n, k int, q []int16, scale []float32, w []int8, wscale, bias, res, y []float32, relu bool) {
	linear8Portable(m, n, k, q, scale, w, wscale, bias, res, y, relu)
}
