package bundle

import (
	"encoding/binary"
	"unsafe"
)

// element is a Go type that lies in a tensor as it lies in memory.
type element interface {
	~int8 | ~uint8 | ~uint16 | ~uint32 | ~float32
}

var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// view gives the values of b, little-endian: b itself where this machine can
// read it so, a copy where b is not aligned for T or the machine is big-endian.
func view[T element](b []byte) []T {
	var t T
	size := int(unsafe.Sizeof(t))
	n := len(b) / size
	if n == 0 {
		return nil
	}
	p := unsafe.Pointer(unsafe.SliceData(b))
	if littleEndian && uintptr(p)%unsafe.Alignof(t) == 0 {
		return unsafe.Slice((*T)(p), n)
	}
	x := make([]T, n)
	copyLittle(bytesOf(x), b, size)
	return x
}

// appendLittle appends the values of x, little-endian.
func appendLittle[T element](b []byte, x []T) []byte {
	var t T
	at := len(b)
	b = append(b, bytesOf(x)...)
	if !littleEndian {
		copyLittle(b[at:], bytesOf(x), int(unsafe.Sizeof(t)))
	}
	return b
}

// bytesOf gives the memory of x.
func bytesOf[T element](x []T) []byte {
	var t T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), len(x)*int(unsafe.Sizeof(t)))
}

// copyLittle copies elements of the given size between this machine's order and
// little-endian, which is the same in both directions.
func copyLittle(dst, src []byte, size int) {
	if littleEndian {
		copy(dst, src)
		return
	}
	for i := 0; i+size <= len(src); i += size {
		for j := range size {
			dst[i+j] = src[i+size-1-j]
		}
	}
}
