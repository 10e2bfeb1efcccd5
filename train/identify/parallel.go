package identify

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// rows is how many rows one task takes. It is fixed, so that how sums are
// cut does not depend on the number of threads.
const rows = 128

// pool runs tasks on several goroutines.
type pool struct{ threads int }

func newPool(threads int) *pool {
	if threads < 1 {
		threads = runtime.GOMAXPROCS(0)
	}
	return &pool{threads}
}

// each runs f for every task in [0, tasks), each once, in any order. worker,
// in [0, p.threads), names the goroutine, for scratch memory.
func (p *pool) each(tasks int, f func(worker, task int)) {
	threads := min(p.threads, tasks)
	if threads <= 1 {
		for t := range tasks {
			f(0, t)
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for w := range threads {
		wait.Go(func() {
			for t := int(next.Add(1)) - 1; t < tasks; t = int(next.Add(1)) - 1 {
				f(w, t)
			}
		})
	}
	wait.Wait()
}

// blocks runs f for every block [lo, hi) of the fixed number of rows in [0, n).
func (p *pool) blocks(n int, f func(worker, block, lo, hi int)) {
	p.each(blockCount(n), func(worker, b int) {
		f(worker, b, b*rows, min((b+1)*rows, n))
	})
}

func blockCount(n int) int { return (n + rows - 1) / rows }
