package gemm

import "golang.org/x/sys/cpu"

//go:generate go run -tags avo ./asm -out kernels_amd64.s -stubs kernels_amd64.go -pkg gemm

// kernels names a set of kernels, each better than the ones before.
type kernels int

const (
	portable kernels = iota
	avx2
	avx512
)

func (k kernels) String() string { return [...]string{"generic", "avx2", "avx512"}[k] }

// supported lists the kernels that this machine runs, the best one last.
func supported() []kernels {
	all := []kernels{portable}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA && cpu.X86.HasBMI2 {
		all = append(all, avx2)
		if cpu.X86.HasAVX512F && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512BW {
			all = append(all, avx512)
		}
	}
	return all
}

var current = supported()[len(supported())-1]

// use makes k the kernels of all calls and returns the ones before; for tests.
func use(k kernels) kernels {
	before := current
	current = k
	return before
}

func name() string { return current.String() }

func mul(tA, tB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	if current == portable {
		mulPortable(tA, tB, m, n, k, a, lda, b, ldb, c, ldc, acc)
		return
	}
	mulVector(tA, tB, m, n, k, a, lda, b, ldb, c, ldc, acc)
}

func dot(x, y []float32) float32 {
	switch {
	case current == portable || len(x) == 0:
		return dotPortable(x, y)
	case current == avx512:
		return dotAVX512(len(x), &x[0], &y[0])
	}
	return dotAVX2(len(x), &x[0], &y[0])
}

func axpy(alpha float32, x, y []float32) {
	switch {
	case current == portable || len(x) == 0:
		axpyPortable(alpha, x, y)
	case current == avx512:
		axpyAVX512(len(x), alpha, &x[0], &y[0])
	default:
		axpyAVX2(len(x), alpha, &x[0], &y[0])
	}
}

func expSum(dst, x []float32, max float32) float32 {
	switch {
	case current == portable || len(x) == 0:
		return expSumPortable(dst, x, max)
	case current == avx512:
		return expSumAVX512(len(x), &dst[0], &x[0], max)
	}
	return expSumAVX2(len(x), &dst[0], &x[0], max)
}

// peak: a turn is 24 fused multiply-adds of a whole vector.
func peak(iterations int) float64 {
	if iterations <= 0 {
		return 0
	}
	switch current {
	case avx2:
		peakAVX2(iterations)
		return float64(iterations) * 24 * 8 * 2 / 1e9
	case avx512:
		peakAVX512(iterations)
		return float64(iterations) * 24 * 16 * 2 / 1e9
	}
	return 0
}

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
	kn := current
	for kn != portable && k%(2*geometries[kn].lanes) != 0 {
		kn--
	}
	if kn == portable {
		linear8Portable(m, n, k, q, scale, w, wscale, bias, res, y, relu)
		return
	}
	linear8Vector(kn, m, n, k, q, scale, w, wscale, bias, res, y, relu)
}
