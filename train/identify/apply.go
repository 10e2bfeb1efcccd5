package identify

import "ace/core/gemm"

// apply maps the n rows of x to the layers' output [n, width], on all threads.
// No layers (nil) map x to itself.
func apply(n *mlp[float32], p *pool, x []float32, count int) []float32 {
	if n == nil {
		return x
	}
	in, out := n.in(), n.out()
	y := make([]float32, count*out)
	tapes := make([]*tape[float32], p.threads)
	p.blocks(count, func(worker, _, lo, hi int) {
		if tapes[worker] == nil {
			tapes[worker] = n.newTape(rows)
		}
		t := tapes[worker]
		copy(t.out[0], x[lo*in:hi*in])
		copy(y[lo*out:], n.forward(gemm.Mul, t, hi-lo))
	})
	return y
}
