package feature

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"ace/core/gemm"
)

// pca standardises vectors and turns them to their directions of greatest variance.
type pca struct {
	mean, scale []float32 // [D]; scale is 1/deviation, 0 where there is none
	axes        []float32 // [D, P]
	variance    []float64 // [P] of the standardised vectors, largest first
}

// fitPCA learns from vectors, which are read three times, some rows at a time. With
// standard each dimension gets deviation 1, else all keep their own.
func fitPCA(x vectors, dims int, standard bool, threads int, rng *rand.Rand) *pca {
	n, d := x.n, x.d
	p := &pca{mean: make([]float32, d), scale: make([]float32, d)}
	sum, square := make([]float64, d), make([]float64, d)
	x.each(func(row []float32) {
		for j, v := range row {
			sum[j] += float64(v)
		}
	})
	for j := range sum {
		p.mean[j] = float32(sum[j] / float64(n))
	}
	x.each(func(row []float32) {
		for j, v := range row {
			e := float64(v - p.mean[j])
			square[j] += e * e
		}
	})
	for j, v := range square {
		switch v /= float64(n); {
		case !standard:
			p.scale[j] = 1
		case v > 1e-12:
			p.scale[j] = float32(1 / math.Sqrt(v))
		}
	}
	cov := make([]float32, d*d)
	rows := make([]float32, block*d)
	for from := 0; from < n; from += block {
		k := min(block, n-from)
		x.read(from, rows[:k*d])
		p.standardise(rows[:k*d])
		parallel((d+block-1)/block, threads, func(lo, hi int) {
			for b := lo; b < hi; b++ {
				m := min(block, d-b*block)
				gemm.Mul(true, false, m, d, k, rows[b*block:], d, rows, d, cov[b*block*d:], d, true)
			}
		})
	}
	for i := range cov {
		cov[i] /= float32(n)
	}
	var axes *mat.Dense
	p.variance, axes = leading(cov, d, min(dims, n), threads, rng)
	p.axes = singles(axes)
	return p
}

func (p *pca) standardise(x []float32) {
	d := len(p.mean)
	for ; len(x) > 0; x = x[d:] {
		for j, m := range p.mean {
			x[j] = (x[j] - m) * p.scale[j]
		}
	}
}

// apply turns vectors [n, D] to [n, P].
func (p *pca) apply(x vectors, threads int) []float32 {
	n, d, k := x.n, len(p.mean), len(p.variance)
	out := make([]float32, n*k)
	parallel((n+block-1)/block, threads, func(lo, hi int) {
		rows := make([]float32, block*d)
		for b := lo; b < hi; b++ {
			from, to := b*block, min(n, (b+1)*block)
			part := rows[:(to-from)*d]
			x.read(from, part)
			p.standardise(part)
			gemm.Mul(false, false, to-from, k, d, part, d, p.axes, k, out[from*k:], k, false)
		}
	})
	return out
}

// leading keeps the first k directions at most, in the precision of a file.
func (p *pca) leading(k int) *pca {
	k = min(k, len(p.variance))
	q := &pca{mean: p.mean, scale: p.scale, variance: widen(narrow(p.variance[:k]))}
	for j := range p.mean {
		q.axes = append(q.axes, p.axes[j*len(p.variance):][:k]...)
	}
	return q
}
