package gemm

import "unsafe"

// kernels names a set of kernels, each better than the ones before.
type kernels int

const (
	portable kernels = iota
	simd
	relaxed
)

func (k kernels) String() string { return [...]string{"wasm", "wasm-simd", "wasm-relaxed"}[k] }

// start makes k the kernels that are called, and tells whether this engine runs them.
func (k kernels) start() bool {
	module := [...]string{"", simdModule, relaxedModule}[k]
	return k == portable || simdStart(unsafe.Pointer(unsafe.StringData(module)), int32(len(module))) != 0
}

// current are the best kernels that this engine runs.
var current = func() kernels {
	k := relaxed
	for !k.start() {
		k--
	}
	return k
}()

// supported lists the kernels that this engine runs, the best one last; for tests.
func supported() []kernels {
	defer use(current)
	var all []kernels
	for k := portable; k <= relaxed; k++ {
		if k.start() {
			all = append(all, k)
		}
	}
	return all
}

// use makes k the kernels of all calls and returns the ones before; for tests.
func use(k kernels) kernels {
	before := current
	k.start()
	current = k
	return before
}

func name() string { return current.String() }

func mul(tA, tB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	if current == portable || tA || !tB {
		mulPortable(tA, tB, m, n, k, a, lda, b, ldb, c, ldc, acc)
		return
	}
	var res unsafe.Pointer
	if acc {
		res = address(c)
	}
	simdMul(address(a), int32(lda), address(b), int32(ldb), nil, res, address(c), int32(ldc), int32(m), int32(n), int32(k), 0)
}

func linear(m, n, k int, x, w, bias, res, y []float32, relu bool) {
	if current == portable {
		linearMul(m, n, k, x, w, bias, res, y, relu)
		return
	}
	simdMul(address(x), int32(k), address(w), int32(k), address(bias), address(res), address(y), int32(n), int32(m), int32(n), int32(k), bit(relu))
}

func quantise(m, k int, x []float32, q []int16, scale []float32, steps float32) {
	if current == portable {
		quantisePortable(m, k, x, q, scale, steps)
		return
	}
	simdQuantise(address(x), address(q), address(scale), int32(m), int32(k), steps)
}

func linear8(m, n, k int, q []int16, scale []float32, w []int8, wscale, bias, res, y []float32, relu bool) {
	if current == portable {
		linear8Portable(m, n, k, q, scale, w, wscale, bias, res, y, relu)
		return
	}
	simdMul8(address(q), address(scale), address(w), address(wscale), address(bias), address(res), address(y), int32(m), int32(n), int32(k), bit(relu))
}

// callPays is from how many elements on a call of the module is quicker than Go.
const callPays = 64

func dot(x, y []float32) float32 {
	if current == portable || len(x) < callPays {
		return dotPortable(x, y)
	}
	return simdDot(address(x), address(y), int32(len(x)))
}

func axpy(alpha float32, x, y []float32) {
	if current == portable || len(x) < callPays {
		axpyPortable(alpha, x, y)
		return
	}
	simdAxpy(alpha, address(x), address(y), int32(len(x)))
}

func expSum(dst, x []float32, max float32) float32 {
	if current == portable || len(x) < callPays/4 {
		return expSumPortable(dst, x, max)
	}
	return simdExpSum(address(dst), address(x), int32(len(x)), max)
}

func norm(rows int, x, g, y []float32, eps float32) {
	if current == portable {
		normDot(rows, x, g, y, eps)
		return
	}
	simdNorm(address(x), address(g), address(y), int32(rows), int32(len(g)), eps)
}

func gate(scale float32, c, g, res, y []float32) {
	if current == portable {
		gateExp(scale, c, g, res, y)
		return
	}
	simdGate(address(c), address(g), address(res), address(y), int32(len(c)), scale)
}

func attend(h Heads, q, key, value []float32, keys, span []uint32, w, y []float32) {
	if current == portable {
		attendDots(h, q, key, value, keys, span, w, y)
		return
	}
	simdAttend(address(q), int32(h.Q), address(key), address(value), int32(h.KV), address(keys), address(span), address(w), address(y), int32(h.Rows), int32(h.Count), int32(h.Width))
}

func peak(int) float64 { return 0 }
