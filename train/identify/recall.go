package identify

import (
	"math/rand/v2"
	"slices"

	"ace/core"
	"ace/core/gemm"
)

// prefixes cuts identifiers to so many tokens.
func prefixes(ids []core.ID, depth int) []core.ID {
	cut := make([]core.ID, len(ids))
	for i, id := range ids {
		cut[i] = id[:min(depth, len(id))]
	}
	return cut
}

// variance is the mean squared distance of the rows of x [n, d] to their mean.
func variance(x []float32, n, d int) float64 {
	mean := make([]float64, d)
	for i, v := range x {
		mean[i%d] += float64(v) / float64(n)
	}
	var sum float64
	for i, v := range x {
		t := float64(v) - mean[i%d]
		sum += t * t
	}
	return sum / float64(n)
}

// meanSquare is the mean squared distance of the n rows of x and y.
func meanSquare(x, y []float32, n int) float64 { return squared(x, y) / float64(n) }

// recall is how many percent of the ten rows of x [n, d] nearest to a row are
// among the ten rows of y nearest to it, the row itself left out, and how many
// rows were asked about: up to 1,000. With fewer than eleven rows there are
// fewer than ten neighbours; with one there is none, and nothing is asked.
func recall(p *pool, x, y []float32, n, d int, seed uint64) (percent float64, queries int) {
	k := min(10, n-1)
	if k == 0 {
		return 0, 0
	}
	asked := rand.New(rand.NewPCG(seed, sampleStream)).Perm(n)[:min(n, 1000)]
	halfX, halfY := halfNorms(x, d), halfNorms(y, d)
	const group = 16 // queries a product
	groups := (len(asked) + group - 1) / group
	found := make([]int, groups)
	p.each(groups, func(_, g int) {
		self := asked[g*group : min((g+1)*group, len(asked))]
		queries := make([]float32, 0, group*d)
		for _, i := range self {
			queries = append(queries, x[i*d:][:d]...)
		}
		dots := make([]float32, len(self)*n)
		gemm.Mul(false, true, len(self), n, d, queries, d, x, d, dots, n, false)
		var exact [group][]int
		for t, i := range self {
			exact[t] = neighbours(dots[t*n:][:n], halfX, i, k)
		}
		gemm.Mul(false, true, len(self), n, d, queries, d, y, d, dots, n, false)
		for t, i := range self {
			for _, v := range neighbours(dots[t*n:][:n], halfY, i, k) {
				if slices.Contains(exact[t], v) {
					found[g]++
				}
			}
		}
	})
	sum := 0
	for _, f := range found {
		sum += f
	}
	return 100 * float64(sum) / float64(len(asked)*k), len(asked)
}

// neighbours gives the k rows nearest to a query, but not row self, from the
// query's products with the rows and half the rows' squared norms.
func neighbours(dots, half []float32, self, k int) []int {
	far := func(i int) float32 { return half[i] - dots[i] }
	best := make([]int, 0, k+1)
	for i := range half {
		if i == self || len(best) == k && far(i) >= far(best[k-1]) {
			continue
		}
		at := len(best)
		for at > 0 && far(i) < far(best[at-1]) {
			at--
		}
		best = slices.Insert(best, at, i)
		best = best[:min(len(best), k)]
	}
	return best
}
