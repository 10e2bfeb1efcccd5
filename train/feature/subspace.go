package feature

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

const (
	iterations = 2  // of the power method, see rightSingular
	oversample = 16 // directions carried beyond those asked for
)

// orthonormal returns a basis of the columns of a (rows >= columns): the thin
// Q of its QR factorisation. It overwrites a.
func orthonormal(a *mat.Dense) *mat.Dense {
	_, c := a.Dims()
	raw := a.RawMatrix()
	tau := make([]float64, c)
	work := make([]float64, 1)
	lapack64.Geqrf(raw, tau, work, -1)
	work = make([]float64, int(work[0]))
	lapack64.Geqrf(raw, tau, work, len(work))
	lapack64.Orgqr(raw, tau, work, -1)
	work = make([]float64, int(work[0]))
	lapack64.Orgqr(raw, tau, work, len(work))
	return a
}

// gaussian returns a [rows, cols] matrix of normal variates.
func gaussian(rows, cols int, rng *rand.Rand) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	for i := range rows {
		r := m.RawRowView(i)
		for j := range r {
			r[j] = rng.NormFloat64()
		}
	}
	return m
}

// rightSingular returns the k leading right singular vectors [cols, k] of s,
// by the randomised range finder with power iterations (Halko, Martinsson and
// Tropp 2011, SIAM Review 53, algorithms 4.3 and 5.1), which run on the smaller
// side of s. k is cut to that side. Few iterations are meant: what is left of the
// random directions keeps rare words apart, and search in the vectors finds more
// than in those of the exact decomposition, while clusters are as good.
func rightSingular(s *sparse, k, threads int, rng *rand.Rand) *mat.Dense {
	side := min(s.rows, s.cols)
	k = min(k, side)
	l := min(k+oversample, side)
	t := s.transpose()
	z := orthonormal(gaussian(side, l, rng))
	if s.rows < s.cols {
		for range iterations {
			z = orthonormal(s.mul(t.mul(z, threads), threads))
		}
		z = orthonormal(t.mul(z, threads))
	} else {
		for range iterations {
			z = orthonormal(t.mul(s.mul(z, threads), threads))
		}
	}
	// s ≈ s·z·zᵀ; the right singular vectors of s·z, turned by z.
	y := s.mul(z, threads)
	var gram mat.SymDense
	gram.SymOuterK(1, y.T())
	_, vectors := symmetric(&gram, k)
	var v mat.Dense
	v.Mul(z, vectors)
	return &v
}

// symmetric returns the k largest eigenvalues of a positive semidefinite
// matrix, largest first, and their vectors as columns.
func symmetric(a *mat.SymDense, k int) ([]float64, *mat.Dense) {
	n := a.SymmetricDim()
	var e mat.EigenSym
	if !e.Factorize(a, true) {
		panic("feature: the eigenvalues of a symmetric matrix were not found")
	}
	all := e.Values(nil) // ascending
	var vec mat.Dense
	e.VectorsTo(&vec)
	values, vectors := make([]float64, k), mat.NewDense(n, k, nil)
	for j := range k {
		values[j] = max(0, all[n-1-j])
		for i := range n {
			vectors.Set(i, j, vec.At(i, n-1-j))
		}
	}
	return values, vectors
}

// leading returns the k largest eigenvalues of a positive semidefinite matrix
// a [n, n] and their vectors as columns: exactly where it is small, by subspace
// iteration with a Rayleigh-Ritz step where it is not.
func leading(a []float32, n, k, threads int, rng *rand.Rand) ([]float64, *mat.Dense) {
	k = min(k, n)
	l := k + 2*oversample
	if n <= 256 || l > n/2 {
		return symmetric(symmetrise(doubles(a, n, n)), k)
	}
	times := func(z *mat.Dense) *mat.Dense { return doubles(product(a, n, n, singles(z), l, threads), n, l) }
	z := orthonormal(gaussian(n, l, rng))
	for range 6 {
		z = orthonormal(times(z))
	}
	var small, v mat.Dense
	small.Mul(z.T(), times(z))
	values, vectors := symmetric(symmetrise(&small), k)
	v.Mul(z, vectors)
	return values, &v
}

// symmetrise returns (a + aᵀ)/2.
func symmetrise(a *mat.Dense) *mat.SymDense {
	n, _ := a.Dims()
	s := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			s.SetSym(i, j, (a.At(i, j)+a.At(j, i))/2)
		}
	}
	return s
}
