package identify

import (
	"math"
	"testing"

	"ace/core"
)

func TestBranchesBringPointsApart(t *testing.T) {
	for _, c := range []struct{ m, levels, codes, want int }{
		{48, 2, 128, 7}, {49, 2, 128, 7}, {50, 2, 128, 8}, {27, 3, 9, 3}, {9, 1, 256, 9}, {300, 1, 256, 256}, {1, 3, 8, 1}, {1000, 2, 10, 10},
	} {
		if got := branches(c.m, c.levels, c.codes); got != c.want {
			t.Errorf("%d points, %d levels of %d codes: %d branches, want %d", c.m, c.levels, c.codes, got, c.want)
		}
	}
}

// Groups of groups of points: an answer that is known.
func TestTreeFindsGroupsInGroups(t *testing.T) {
	const n, d = 64, 3 // 4 x 4 x 4, at three scales
	x := make([]float32, n*d)
	for i := range n {
		x[i*d], x[i*d+1], x[i*d+2] = 1000*float32(i/16), 30*float32(i/4%4), float32(i%4)
	}
	cfg := quick(n, d)
	cfg.Method, cfg.Coarse, cfg.Fine = HierarchicalKMeans, 4, []int{9, 9}
	q := train(t, x, n, d, cfg)
	if q.Sizes[1] != 4 || q.Sizes[2] != 4 || q.Counter || q.Collisions != 0 {
		t.Fatalf("sizes %v, counter %v, %d collisions", q.Sizes, q.Counter, q.Collisions)
	}
	for i, id := range q.IDs {
		for j, other := range q.IDs {
			shared := 0
			for shared < 3 && id[shared] == other[shared] {
				shared++
			}
			want := 0
			for _, width := range []int{16, 4, 1} {
				if i/width == j/width {
					want++
				}
			}
			if shared != want {
				t.Fatalf("items %d and %d share %d tokens, want %d", i, j, shared, want)
			}
		}
	}
	for i, v := range q.Reconstruct(q.IDs) {
		if math.Abs(float64(v-x[i])) > 1e-3 {
			t.Fatalf("value %d is %g, reconstructed %g", i, x[i], v)
		}
	}
}

// Below the coarse level, which is capped, each item is in the nearest cluster of
// those that its prefix leads to, and the cluster is at the mean of its items.
func TestTreeIsKMeansInEveryNode(t *testing.T) {
	const n, d = 500, 7
	x := cloud(17, n, d, 30)
	cfg := quick(n, d)
	cfg.Method, cfg.Coarse, cfg.Fine = HierarchicalKMeans, 8, []int{4, 5, 6}
	q := train(t, x, n, d, cfg)
	checkIDs(t, q, n)
	for depth := 2; depth <= 4; depth++ {
		y := q.Reconstruct(prefixes(q.IDs, depth))
		groups(q.IDs, depth, func(g []int) {
			for j := range d {
				var mean float64
				for _, i := range g {
					mean += float64(x[i*d+j]) / float64(len(g))
				}
				if math.Abs(mean-float64(y[g[0]*d+j])) > 1e-4 {
					t.Fatalf("%v: centre %g, mean of its %d items %g", q.IDs[g[0]][:depth], y[g[0]*d+j], len(g), mean)
				}
			}
		})
		for i, id := range q.IDs {
			own := squared(x[i*d:][:d], y[i*d:])
			for c := range q.Sizes[depth-1] {
				other := append(append(core.ID{}, id[:depth-1]...), core.Token(c))
				if at, ok := q.tree.node(other, q.Centres, d); ok && squared(x[i*d:][:d], at) < own-1e-5 {
					t.Fatalf("item %d is nearer to %v than to its %v", i, other, id)
				}
			}
		}
	}
}
