//go:build !amd64

package gemm

import "runtime"

// kernels names a set of kernels; here there is one.
type kernels int

const portable kernels = 0

func (kernels) String() string { return name() }

// supported lists the kernels that this machine runs.
func supported() []kernels { return []kernels{portable} }

// use makes k the kernels of all calls and returns the ones before; for tests.
func use(kernels) kernels { return portable }

func name() string {
	if runtime.GOARCH == "wasm" {
		return "wasm"
	}
	return "generic"
}

func mul(tA, tB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	mulPortable(tA, tB, m, n, k, a, lda, b, ldb, c, ldc, acc)
}

func dot(x, y []float32) float32 { return dotPortable(x, y) }

func axpy(alpha float32, x, y []float32) { axpyPortable(alpha, x, y) }

func expSum(dst, x []float32, max float32) float32 { return expSumPortable(dst, x, max) }

func peak(int) float64 { return 0 }
