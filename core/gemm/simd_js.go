package gemm

import (
	_ "embed"
	"unsafe"
)

// Go compiles no vector instructions for WebAssembly, so the kernels are modules of
// their own, made of simd/kernels.c. They travel inside this program, are started by
// assets/page/simd.js and work on the memory of this program: arguments are
// pointers, and nothing is copied.
var (
	//go:embed simd/kernels.wasm
	simdModule string
	//go:embed simd/relaxed.wasm
	relaxedModule string // with fused multiply-adds, which not every engine takes
)

// simdStart starts the kernels of a module, in the place of those before: 0 where the
// engine does not take them.
//
//go:wasmimport simd start
//go:noescape
func simdStart(module unsafe.Pointer, bytes int32) int32

//go:wasmimport simd mul
//go:noescape
func simdMul(x unsafe.Pointer, ldx int32, w unsafe.Pointer, ldw int32, bias, res, y unsafe.Pointer, ldy, m, n, k, relu int32)

//go:wasmimport simd mul8
//go:noescape
func simdMul8(x, xs, w, ws, bias, res, y unsafe.Pointer, m, n, k, relu int32)

//go:wasmimport simd quantise
//go:noescape
func simdQuantise(x, q, scale unsafe.Pointer, m, k int32, steps float32)

//go:wasmimport simd dot
//go:noescape
func simdDot(x, y unsafe.Pointer, n int32) float32

//go:wasmimport simd axpy
//go:noescape
func simdAxpy(alpha float32, x, y unsafe.Pointer, n int32)

//go:wasmimport simd expsum
//go:noescape
func simdExpSum(dst, x unsafe.Pointer, n int32, max float32) float32

//go:wasmimport simd gate
//go:noescape
func simdGate(c, g, res, y unsafe.Pointer, n int32, scale float32)

//go:wasmimport simd norm
//go:noescape
func simdNorm(x, g, y unsafe.Pointer, rows, width int32, eps float32)

//go:wasmimport simd attend
//go:noescape
func simdAttend(q unsafe.Pointer, ldq int32, key, value unsafe.Pointer, ldkv int32, keys, span, w, y unsafe.Pointer, rows, heads, head int32)

// address is where the elements of x begin, nil where there are none.
func address[T any](x []T) unsafe.Pointer {
	if len(x) == 0 {
		return nil
	}
	return unsafe.Pointer(unsafe.SliceData(x))
}

func bit(b bool) int32 {
	if b {
		return 1
	}
	return 0
}
