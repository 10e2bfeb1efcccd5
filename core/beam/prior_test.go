package beam

import (
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core"
)

// TestPrior: the best of a range is the highest of it, however it lies to the
// blocks.
func TestPrior(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 63, 64, 65, 300} {
		p := NewPrior(n)
		values := make([]float64, n)
		p.Fill(func(i int) float64 {
			values[i] = float64(float32(rng.NormFloat64()))
			return values[i]
		})
		for lo := range n {
			for hi := lo + 1; hi <= n; hi++ {
				if got, want := p.Best(core.Range{Lo: uint32(lo), Hi: uint32(hi)}), slices.Max(values[lo:hi]); got != want {
					t.Fatalf("%d items: best of [%d,%d) is %v, want %v", n, lo, hi, got, want)
				}
			}
		}
		if got := p.Best(core.Range{}); got != float64(Never) {
			t.Errorf("the best of nothing is %v", got)
		}
	}
}
