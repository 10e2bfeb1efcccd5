package gemm

import "sync"

// scratch is the working memory of one call. It is borrowed from a pool, so
// calls allocate nothing once the pool is warm.
type scratch struct {
	a, b buffer // repacked parts of A and B
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func borrow() *scratch      { return scratches.Get().(*scratch) }
func (s *scratch) release() { scratches.Put(s) }

// buffer is memory that is kept and enlarged as needed.
type buffer []float32

// grow returns n elements of undefined content.
func (b *buffer) grow(n int) []float32 {
	if cap(*b) < n {
		*b = make([]float32, n)
	}
	return (*b)[:n]
}
