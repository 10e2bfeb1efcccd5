package gemm

import "sync"

// scratch is the working memory of one call. It is borrowed from a pool, so
// calls allocate nothing once the pool is warm.
type scratch struct {
	a, b buffer[float32] // repacked parts of A and B; weights of an attention; scales
	q    buffer[int16]   // quantised rows
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func borrow() *scratch      { return scratches.Get().(*scratch) }
func (s *scratch) release() { scratches.Put(s) }

// buffer is memory that is kept and enlarged as needed.
type buffer[T any] []T

// grow returns n elements of undefined content.
func (b *buffer[T]) grow(n int) []T {
	if cap(*b) < n {
		*b = make([]T, n)
	}
	return (*b)[:n]
}
