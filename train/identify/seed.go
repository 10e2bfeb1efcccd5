package identify

import (
	"encoding/binary"
	"math"
	"math/rand/v2"

	"ace/core/gemm"
)

// distinct counts the distinct rows of x [n, d], up to most.
func distinct(x []float32, n, d, most int) int {
	seen := make(map[string]struct{}, most)
	key := make([]byte, 4*d)
	for i := 0; i < n && len(seen) < most; i++ {
		for j, v := range x[i*d:][:d] {
			binary.LittleEndian.PutUint32(key[4*j:], math.Float32bits(v+0)) // +0: the two zeros are one
		}
		seen[string(key)] = struct{}{}
	}
	return len(seen)
}

// sample gives size rows of x [n, d] without replacement, or x itself where
// there are no more than that.
func sample(rng *rand.Rand, x []float32, n, d, size int) []float32 {
	if n <= size {
		return x
	}
	taken := make([]float32, 0, size*d)
	for i := 0; len(taken) < size*d; i++ {
		// Row i is taken with the share of rows that are still wanted.
		if want := size - len(taken)/d; rng.IntN(n-i) < want {
			taken = append(taken, x[i*d:][:d]...)
		}
	}
	return taken
}

// seed draws k centres [k, d] among the n rows of x by greedy k-means++: each
// is the best of a few candidates that are drawn with a probability in
// proportion to the squared distance to the centres so far. It gives fewer
// where no point is left off the centres.
func seed(p *pool, rng *rand.Rand, x []float32, n, d, k int) []float32 {
	candidates := 2 + int(math.Log(float64(k)))
	norm := make([]float32, n)
	near := make([]float64, n) // squared distance to the nearest centre so far
	for i := range norm {
		norm[i] = 2 * halfNorms(x[i*d:][:d], d)[0]
		near[i] = math.Inf(1)
	}
	first := rng.IntN(n)
	picks := []int{first}
	centres := make([]float32, 0, k*d)
	trial := make([]float32, candidates*d)
	dots := make([]float32, n*candidates)
	for {
		// Distances of all points to the candidates, and what each would leave.
		for t, i := range picks {
			copy(trial[t*d:][:d], x[i*d:])
		}
		c := len(picks)
		left := make([]float64, blockCount(n)*c)
		p.blocks(n, func(_, b, lo, hi int) {
			gemm.Mul(false, true, hi-lo, c, d, x[lo*d:], d, trial, d, dots[lo*c:], c, false)
			for i := lo; i < hi; i++ {
				for t, pick := range picks {
					left[b*c+t] += min(near[i], apart(norm[i], norm[pick], dots[i*c+t]))
				}
			}
		})
		best, least := 0, math.Inf(1)
		for t := range c {
			var sum float64
			for b := t; b < len(left); b += c {
				sum += left[b]
			}
			if sum < least {
				best, least = t, sum
			}
		}
		var total float64
		for i := range near {
			near[i] = min(near[i], apart(norm[i], norm[picks[best]], dots[i*c+best]))
			total += near[i]
		}
		centres = append(centres, trial[best*d:][:d]...)
		if len(centres) == k*d || total == 0 {
			return centres
		}
		picks = picks[:0]
		for range candidates {
			picks = append(picks, pick(rng, near, total))
		}
	}
}

// apart is the squared distance of two points from their squared norms and
// their product, 0 where rounding would make it up.
func apart(xx, yy, xy float32) float64 {
	sum := float64(xx) + float64(yy)
	if a := sum - 2*float64(xy); a > 1e-6*sum {
		return a
	}
	return 0
}

// pick draws an index with a probability in proportion to its weight.
func pick(rng *rand.Rand, weight []float64, total float64) int {
	u := rng.Float64() * total
	last := 0
	for i, w := range weight {
		if w > 0 {
			if last = i; u < w {
				break
			}
			u -= w
		}
	}
	return last
}
