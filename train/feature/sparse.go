package feature

import (
	"sync"

	"gonum.org/v1/gonum/mat"
)

// sparse is a matrix of which only the entries that are not zero are kept, row by row (CSR).
type sparse struct {
	rows, cols int
	start      []int // [rows+1]
	col        []int32
	val        []float32
}

// row returns the columns and values of row i.
func (s *sparse) row(i int) ([]int32, []float32) {
	return s.col[s.start[i]:s.start[i+1]], s.val[s.start[i]:s.start[i+1]]
}

// transpose returns sᵀ.
func (s *sparse) transpose() *sparse {
	t := &sparse{rows: s.cols, cols: s.rows, start: make([]int, s.cols+1), col: make([]int32, len(s.col)), val: make([]float32, len(s.val))}
	for _, c := range s.col {
		t.start[c+1]++
	}
	for c := range s.cols {
		t.start[c+1] += t.start[c]
	}
	at := append([]int(nil), t.start[:s.cols]...)
	for i := range s.rows {
		col, val := s.row(i)
		for k, c := range col {
			t.col[at[c]], t.val[at[c]] = int32(i), val[k]
			at[c]++
		}
	}
	return t
}

// mul returns s·x for x [cols, k].
func (s *sparse) mul(x *mat.Dense, threads int) *mat.Dense {
	_, k := x.Dims()
	out := mat.NewDense(s.rows, k, nil)
	parallel(s.rows, threads, func(from, to int) {
		for i := from; i < to; i++ {
			dst := out.RawRowView(i)
			col, val := s.row(i)
			for e, c := range col {
				v := float64(val[e])
				for j, w := range x.RawRowView(int(c)) {
					dst[j] += v * w
				}
			}
		}
	})
	return out
}

// parallel calls f for consecutive ranges that make up [0,n), on so many
// goroutines. What f computes must not depend on how the range is cut.
func parallel(n, threads int, f func(from, to int)) {
	threads = max(1, min(threads, n))
	var wg sync.WaitGroup
	for t := range threads {
		wg.Go(func() { f(n*t/threads, n*(t+1)/threads) })
	}
	wg.Wait()
}
