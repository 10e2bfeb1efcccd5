package feature

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"ace/train/rows"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// lowRank is a sparse matrix of the given rank and falling spectrum, and the same dense.
func lowRank(rows, cols, rank int, seed uint64) (*sparse, *mat.Dense) {
	rng := newRand(seed)
	a, b := gaussian(rows, rank, rng), gaussian(rank, cols, rng)
	for j := range rank {
		for i := range rows {
			a.Set(i, j, a.At(i, j)*math.Pow(0.6, float64(j)))
		}
	}
	var d mat.Dense
	d.Mul(a, b)
	s := &sparse{rows: rows, cols: cols, start: []int{0}}
	for i := range rows {
		for j := range cols {
			if i%3 == 1 { // some rows have nothing
				d.Set(i, j, 0)
				continue
			}
			d.Set(i, j, float64(float32(d.At(i, j))))
			s.col, s.val = append(s.col, int32(j)), append(s.val, float32(d.At(i, j)))
		}
		s.start = append(s.start, len(s.col))
	}
	return s, &d
}

func TestSparse(t *testing.T) {
	s, d := lowRank(17, 9, 4, 1)
	x := gaussian(9, 5, newRand(2))
	y := gaussian(17, 3, newRand(3))
	for _, threads := range []int{1, 2, 40} {
		var want mat.Dense
		want.Mul(d, x)
		if got := s.mul(x, threads); !mat.EqualApprox(got, &want, 1e-12) {
			t.Errorf("%d threads: product is wrong", threads)
		}
		want.Reset()
		want.Mul(d.T(), y)
		if got := s.transpose().mul(y, threads); !mat.EqualApprox(got, &want, 1e-12) {
			t.Errorf("%d threads: product of the transpose is wrong", threads)
		}
	}
}

// TestRightSingular: the subspace keeps what an exact decomposition keeps.
func TestRightSingular(t *testing.T) {
	for _, c := range []struct{ rows, cols, rank, k int }{{40, 90, 8, 5}, {90, 40, 8, 5}, {7, 30, 3, 20}, {30, 7, 2, 20}, {1, 5, 1, 3}, {5, 1, 1, 3}} {
		s, d := lowRank(c.rows, c.cols, c.rank, 4)
		v := rightSingular(s, c.k, 2, newRand(5))
		_, k := v.Dims()
		if want := min(c.k, c.rows, c.cols); k != want {
			t.Errorf("%v: %d vectors, want %d", c, k, want)
		}
		var gram mat.Dense
		gram.Mul(v.T(), v)
		for i := range k {
			for j := range k {
				want := 0.0
				if i == j {
					want = 1
				}
				if math.Abs(gram.At(i, j)-want) > 1e-9 {
					t.Fatalf("%v: vectors %d and %d have product %g", c, i, j, gram.At(i, j))
				}
			}
		}
		var svd mat.SVD
		svd.Factorize(d, mat.SVDNone)
		var exact, kept float64
		for _, x := range svd.Values(nil)[:k] {
			exact += x * x
		}
		y := mat.Norm(s.mul(v, 1), 2)
		if kept = y * y; math.Abs(kept-exact) > 1e-3*exact {
			t.Errorf("%v: keeps %g, an exact one %g", c, kept, exact)
		}
	}
}

func TestLeading(t *testing.T) {
	const n = 300
	a := gaussian(n, n, newRand(6))
	for j := range n {
		for i := range n {
			a.Set(i, j, a.At(i, j)*math.Pow(0.9, float64(j)))
		}
	}
	var cov mat.Dense
	cov.Mul(a.T(), a)
	want, _ := symmetric(symmetrise(&cov), 12)
	got, vectors := leading(singles(&cov), n, 12, 2, newRand(7))
	var cv mat.Dense
	cv.Mul(&cov, vectors)
	for j := range got {
		if math.Abs(got[j]-want[j]) > 1e-4*want[0] {
			t.Errorf("eigenvalue %d is %g, want %g", j, got[j], want[j])
		}
		var r float64 // of C·v - λ·v
		for i := range n {
			r = max(r, math.Abs(cv.At(i, j)-got[j]*vectors.At(i, j)))
		}
		if r > 1e-3*want[0] {
			t.Errorf("eigenvector %d is off by %g", j, r)
		}
	}
}

// inRows are vectors that are in memory.
func inRows(x []float32, d int) vectors {
	return vectors{n: len(x) / d, d: d, table: rows.Of(x, d)}
}

func TestPCA(t *testing.T) {
	const n, d = 500, 6
	rng := newRand(8)
	x := make([]float32, 0, n*d)
	for range n { // two causes, one constant, different units
		a, b := rng.NormFloat64(), rng.NormFloat64()
		x = append(x, float32(5+100*a), float32(a), float32(0.01*a), float32(b), float32(3-b), 7)
	}
	p := fitPCA(inRows(x, d), 4, true, 2, rng)
	for j, want := range []float64{3, 2, 0, 0} {
		if math.Abs(p.variance[j]-want) > 0.15 {
			t.Errorf("variance %d is %.3f, want %v", j, p.variance[j], want)
		}
	}
	z := p.apply(inRows(x, d), 3)
	for j := range 2 {
		var sum, square float64
		for i := range n {
			v := float64(z[i*4+j])
			sum += v / n
			square += v * v / n
		}
		if math.Abs(sum) > 1e-4 || math.Abs(square-p.variance[j]) > 1e-3 {
			t.Errorf("component %d has mean %g and variance %g", j, sum, square)
		}
	}
}

// paired are the rows of two matrices.
func paired(z, y *mat.Dense) pairs {
	n, p := z.Dims()
	_, d := y.Dims()
	row := func(m *mat.Dense) func(int, []float64) {
		return func(i int, row []float64) { copy(row, m.RawRowView(i)) }
	}
	return pairs{n, p, d, row(z), row(y)}
}

// guessed is what goes with the rows of z.
func guessed(r *ridge, z *mat.Dense) *mat.Dense {
	n, _ := z.Dims()
	_, d := r.weights.Dims()
	y := mat.NewDense(n, d, nil)
	for i := range n {
		r.apply(slices.Clone(z.RawRowView(i)), y.RawRowView(i))
	}
	return y
}

func centred(m *mat.Dense) *mat.Dense {
	n, c := m.Dims()
	out := mat.DenseCopyOf(m)
	for j := range c {
		mean := stat.Mean(mat.Col(nil, j, m), nil)
		for i := range n {
			out.Set(i, j, m.At(i, j)-mean)
		}
	}
	return out
}

func TestRidge(t *testing.T) {
	for _, n := range []int{120, block, block + 1, 2*block + 7} {
		rng := newRand(9)
		const p, d = 10, 3
		z, w, noise := gaussian(n, p, rng), gaussian(p, d, rng), gaussian(n, d, rng)
		var y mat.Dense
		y.Mul(z, w)
		r := fitRidge(paired(z, &y))
		if got := guessed(r, z); !mat.EqualApprox(got, centred(&y), 0.02) {
			t.Errorf("%d rows without noise, penalty %g: the fit is not exact", n, r.lambda)
		}
		noise.Scale(30, noise)
		if q := fitRidge(paired(z, noise)); q.lambda < 100*r.lambda {
			t.Errorf("penalty %g for noise, %g without: want far more", q.lambda, r.lambda)
		}
		// Against the normal equations with the same penalty.
		var gram, zy, want mat.Dense
		zc := centred(z)
		gram.Mul(zc.T(), zc)
		for j := range p {
			gram.Set(j, j, gram.At(j, j)+r.lambda)
		}
		zy.Mul(zc.T(), centred(&y))
		if err := want.Solve(&gram, &zy); err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(r.weights, &want, 1e-9) {
			t.Errorf("%d rows: weights differ from those of the normal equations", n)
		}
	}
	// More dimensions than examples.
	rng := newRand(10)
	if got := guessed(fitRidge(paired(gaussian(4, 9, rng), gaussian(4, 2, rng))), gaussian(1, 9, rng)); math.IsNaN(mat.Sum(got)) {
		t.Error("few examples give NaN")
	}
}
