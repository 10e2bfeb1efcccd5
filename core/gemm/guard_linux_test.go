package gemm

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// fenced returns n elements that end where memory that nobody may touch begins,
// or begin where such memory ends.
func fenced(t *testing.T, n int, atEnd bool) []float32 {
	t.Helper()
	page := unix.Getpagesize()
	inner := (4*n + page - 1) / page * page
	whole, err := unix.Mmap(-1, 0, inner+2*page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Munmap(whole) })
	for _, fence := range [][]byte{whole[:page], whole[page+inner:]} {
		if err := unix.Mprotect(fence, unix.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	start := page
	if atEnd {
		start += inner - 4*n
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&whole[start])), n)
}

// A kernel that reads or writes one element too far stops this test with a fault.
func TestKernelsStayInside(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(9, 9))
		const most = 90
		for _, atEnd := range []bool{true, false} {
			a, b, c := fenced(t, most*most, atEnd), fenced(t, most*most, atEnd), fenced(t, most*most, atEnd)
			part := func(x []float32, n int) []float32 {
				if atEnd {
					return x[len(x)-n:]
				}
				return x[:n]
			}
			for i := range a {
				a[i], b[i] = integers(r)(), integers(r)()
			}
			for range 200 {
				m, n, k := 1+r.IntN(most), 1+r.IntN(most), 1+r.IntN(most)
				for _, f := range forms() {
					lda, ldb := k, n
					if f.tA {
						lda = m
					}
					if f.tB {
						ldb = k
					}
					pa, pb, pc := part(a, m*k), part(b, n*k), part(c, m*n)
					clear(pc)
					Mul(f.tA, f.tB, m, n, k, pa, lda, pb, ldb, pc, n, f.acc)
					i, j := r.IntN(m), r.IntN(n)
					var want [1]float32
					pa, pb = pa[at(f.tA, i, 0, lda):], pb[at(f.tB, 0, j, ldb):]
					MulGeneric(f.tA, f.tB, 1, 1, k, pa, lda, pb, ldb, want[:], 1, false)
					if got := pc[i*n+j]; got != want[0] {
						t.Fatal(fmt.Sprintf("%v m %d n %d k %d: c[%d,%d] = %v, want %v", f, m, n, k, i, j, got, want[0]))
					}
				}
			}
			for n := range most {
				x, y := part(a, n), part(b, n)
				Dot(x, y)
				Axpy(0, x, y)
				ExpSum(part(c, n), y, 8)
			}
		}
	})
}

// at is the position of element (i, j) of a matrix, or of its transpose.
func at(transposed bool, i, j, ld int) int {
	if transposed {
		i, j = j, i
	}
	return i*ld + j
}

func TestInt8StaysInside(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(8, 9))
		const most, rows = 320, 9
		for _, atEnd := range []bool{true, false} {
			memory := fenced(t, most*rows/4, atEnd)
			bytes := unsafe.Slice((*int8)(unsafe.Pointer(&memory[0])), most*rows)
			scales, x, y := fenced(t, rows, atEnd), fenced(t, most*rows, atEnd), fenced(t, rows*rows, atEnd)
			for range 200 {
				m, n, k := 1+r.IntN(rows), 1+r.IntN(rows), 1+r.IntN(most)
				if r.IntN(2) == 0 {
					k = max(16, k&^15)
				}
				w := Int8{bytes[:n*k], scales[:n], k}
				px, py := x[:m*k], y[:m*n]
				if atEnd {
					w = Int8{bytes[len(bytes)-n*k:], scales[rows-n:], k}
					px, py = x[len(x)-m*k:], y[len(y)-m*n:]
				}
				for i := range w.Q {
					w.Q[i] = int8(r.IntN(255) - 127)
				}
				for i := range w.Scale {
					w.Scale[i] = 1
				}
				for i := range px {
					px[i] = integers(r)()
				}
				w.Linear(m, px, nil, py, py, false)
			}
		}
	})
}
