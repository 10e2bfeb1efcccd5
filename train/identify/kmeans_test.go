package identify

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// cloud draws n vectors of width d around so many random centres.
func cloud(seed uint64, n, d, centres int) []float32 {
	rng := rand.New(rand.NewPCG(seed, 0))
	c := make([]float32, centres*d)
	for i := range c {
		c[i] = float32(rng.NormFloat64())
	}
	x := make([]float32, n*d)
	for i := range n {
		k := rng.IntN(centres)
		for j := range d {
			x[i*d+j] = c[k*d+j] + 0.3*float32(rng.NormFloat64())
		}
	}
	return x
}

func cluster(t *testing.T, x []float32, n, d, k int, cap float64, seed uint64, threads int) clustering {
	t.Helper()
	c, err := kmeans(context.Background(), newPool(threads), rand.New(rand.NewPCG(seed, 0)), x, n, d, k, cap, func(int, int, float64) {})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (c clustering) sizes() []int {
	size := make([]int, c.k)
	for _, k := range c.of {
		size[k]++
	}
	return size
}

// loss is the sum of squared distances, computed plainly.
func (c clustering) loss(x []float32, d int) float64 {
	var sum float64
	for i, k := range c.of {
		sum += squared(x[i*d:][:d], c.centres[int(k)*d:])
	}
	return sum
}

func TestEveryPointIsAtItsNearestCentre(t *testing.T) {
	for _, s := range []struct{ n, d, k, spots int }{
		{1, 1, 1, 1}, {2, 3, 2, 2}, {50, 1, 7, 3}, {129, 5, 13, 4}, {1000, 17, 40, 10}, {5000, 8, 33, 9}, {700, 33, 256, 300},
	} {
		x := cloud(uint64(s.n), s.n, s.d, s.spots)
		c := cluster(t, x, s.n, s.d, s.k, 0, 1, 2)
		if c.k != s.k {
			t.Errorf("%+v: %d centres", s, c.k)
		}
		for k, size := range c.sizes() {
			if size == 0 {
				t.Errorf("%+v: cluster %d is empty", s, k)
			}
		}
		for i := range s.n {
			row := x[i*s.d:][:s.d]
			own := squared(row, c.centres[int(c.of[i])*s.d:])
			for k := range c.k {
				if f := squared(row, c.centres[k*s.d:]); f < own-1e-5*(1+own) {
					t.Fatalf("%+v: point %d is at distance² %g of its centre %d and %g of %d", s, i, own, c.of[i], f, k)
				}
			}
		}
	}
}

// Well-separated groups of points are a case whose answer is known.
func TestKMeansFindsSeparateGroups(t *testing.T) {
	const n, d, k = 600, 6, 12
	rng := rand.New(rand.NewPCG(3, 0))
	x := make([]float32, n*d)
	for i := range n {
		for j := range d {
			x[i*d+j] = 0.01 * float32(rng.NormFloat64())
		}
		g := i % k
		x[i*d+g%d] += float32(10 * (1 - 2*(g/d)))
	}
	for seed := range uint64(5) {
		c := cluster(t, x, n, d, k, 0, seed, 2)
		for i := range n {
			if c.of[i] != c.of[i%k] {
				t.Fatalf("seed %d: points %d and %d of one group are in clusters %d and %d", seed, i, i%k, c.of[i], c.of[i%k])
			}
		}
	}
}

func TestCapIsRespected(t *testing.T) {
	const n, d, k = 900, 7, 30
	x := cloud(5, n, d, 4) // few dense spots: uncapped clusters are uneven
	free := cluster(t, x, n, d, k, 0, 1, 2)
	for _, factor := range []float64{1, 1.01, 1.5, 3} {
		c := cluster(t, x, n, d, k, factor, 1, 2)
		bound := int(math.Ceil(factor * n / k))
		for cl, size := range c.sizes() {
			if size > bound || size == 0 {
				t.Errorf("cap %g: cluster %d has %d points, want 1 to %d", factor, cl, size, bound)
			}
		}
		if c.k != k {
			t.Errorf("cap %g: %d clusters", factor, c.k)
		}
		if factor == 3 && c.loss(x, d) > 1.5*free.loss(x, d) {
			t.Errorf("cap %g: loss %g, uncapped %g", factor, c.loss(x, d), free.loss(x, d))
		}
	}
}

// The point moved off a crowded cluster is the one that loses least by it.
func TestLimitMovesTheLeastRegretted(t *testing.T) {
	// Centres 0, 10, 100; five points at the first one, two may stay.
	x := []float32{0, 1, 2, 3, 4, 100, 10}
	l := lloyd{p: newPool(1), x: x, n: 7, d: 1, cap: 3, centres: []float32{0, 10, 100}, of: make([]int32, 7)}
	l.assign()
	for i, want := range []int32{0, 0, 0, 1, 1, 2, 1} {
		if l.of[i] != want {
			t.Errorf("point %g at centre %g, want %g", x[i], l.centres[l.of[i]], l.centres[want])
		}
	}
	// With room for two each, the last one has to go far.
	l.cap = 3
	l.x[6] = 9
	l.centres[2] = 20
	l.assign()
	size := l.sizes()
	if size[0] != 3 || size[1] != 3 || size[2] != 1 {
		t.Errorf("sizes %v", size)
	}
}

func TestFewDistinctPointsMakeFewClusters(t *testing.T) {
	x := make([]float32, 100*3)
	for i := range 100 {
		x[i*3] = float32(i % 5)
	}
	for _, cap := range []float64{0, 1, 2} {
		c := cluster(t, x, 100, 3, 16, cap, 1, 2)
		if c.k != 5 || c.loss(x, 3) != 0 {
			t.Errorf("cap %g: %d clusters, loss %g", cap, c.k, c.loss(x, 3))
		}
	}
	negative := []float32{0, float32(math.Copysign(0, -1)), 0}
	if c := cluster(t, negative, 3, 1, 3, 0, 1, 1); c.k != 1 {
		t.Errorf("0 and -0 make %d clusters", c.k)
	}
}

func TestMendFillsEmptyClusters(t *testing.T) {
	x := []float32{0, 1, 2, 50, 51, 90}
	l := lloyd{p: newPool(1), x: x, n: 6, d: 1, centres: []float32{1, 1, 1}, of: make([]int32, 6)}
	if err := l.run(context.Background(), 20, nil); err != nil {
		t.Fatal(err)
	}
	want := []int32{l.of[0], l.of[0], l.of[0], l.of[3], l.of[3], l.of[5]}
	if !slices.Equal(l.of, want) || l.of[0] == l.of[3] || l.of[3] == l.of[5] || l.of[0] == l.of[5] {
		t.Errorf("clusters %v", l.of)
	}
	// No iteration left after mending: empty clusters go.
	l = lloyd{p: newPool(1), x: x, n: 6, d: 1, centres: []float32{1, 1, 1}, of: make([]int32, 6)}
	if err := l.run(context.Background(), 0, nil); err != nil {
		t.Fatal(err)
	}
	for k, size := range l.sizes() {
		if size == 0 {
			t.Errorf("cluster %d of %v is empty", k, l.centres)
		}
	}
}

func TestClustersDependOnTheSeedAlone(t *testing.T) {
	const n, d, k = 1500, 12, 64
	x := cloud(8, n, d, 20)
	a := cluster(t, x, n, d, k, 2, 1, 1)
	b := cluster(t, x, n, d, k, 2, 1, 3)
	if !slices.Equal(a.of, b.of) || len(a.centres) != len(b.centres) {
		t.Fatal("another number of threads, other clusters")
	}
	for i, v := range a.centres {
		if v != b.centres[i] {
			t.Fatalf("another number of threads, centre value %d is %g, was %g", i, b.centres[i], v)
		}
	}
	if c := cluster(t, x, n, d, k, 2, 2, 1); slices.Equal(a.of, c.of) {
		t.Error("another seed, the same clusters")
	}
}

func TestSampleTakesEachRowOnce(t *testing.T) {
	x := make([]float32, 100)
	for i := range x {
		x[i] = float32(i)
	}
	s := sample(rand.New(rand.NewPCG(1, 1)), x, 100, 1, 30)
	if len(s) != 30 {
		t.Fatalf("%d rows", len(s))
	}
	for i := 1; i < len(s); i++ {
		if s[i] <= s[i-1] {
			t.Fatalf("rows %v", s)
		}
	}
}
