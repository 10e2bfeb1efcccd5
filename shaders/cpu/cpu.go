// Package cpu holds the plain twin of every kernel: index loops that say what
// the kernel computes and are never optimised. They are generic over the float
// type, so that the same text is the float32 reference of the fast kernels and
// the float64 oracle of the gradients.
package cpu

import "unsafe"

// Float is the arithmetic of a twin.
type Float interface{ float32 | float64 }

// MaxBindings is the most buffers a kernel may be given: WebGPU guarantees
// eight storage buffers a stage.
const MaxBindings = 8

// Params are the twenty words of a kernel's parameter block; each kernel lays
// a struct of uint32 and float32 fields over them.
type Params [20]uint32

// Pack lays a parameter struct into words.
func Pack[P any](p P) (w Params) {
	if unsafe.Sizeof(p) > unsafe.Sizeof(w) {
		panic("cpu: a parameter block has at most twenty words")
	}
	*(*P)(unsafe.Pointer(&w)) = p
	return w
}

// Unpack is the inverse of Pack.
func Unpack[P any](w *Params) P { return *(*P)(unsafe.Pointer(w)) }

// View is a run of a buffer: floats, unsigned integers or, where a fast kernel of
// the CPU takes them, the rows of a matrix of int8 multiples Q of a scale S each. A
// binding that is not used is empty.
type View[T Float] struct {
	F []T
	U []uint32
	Q []int8
	S []float32
}

// Args is what one dispatch hands to a kernel.
type Args[T Float] struct {
	P Params
	B [MaxBindings]View[T]
}
