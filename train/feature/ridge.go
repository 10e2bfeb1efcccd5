package feature

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// ridge maps one kind of vector to another by regularised least squares.
type ridge struct {
	weights *mat.Dense // [P, d]
	mean    []float64  // [P] of the inputs that it was fitted on
	lambda  float64
}

// pairs are inputs z [n, P] with what they go with, y [n, d], made row by row.
type pairs struct {
	n, p, d int
	z, y    func(i int, row []float64) // write row i
}

// fitRidge learns y from z (n > 0), which are gone through twice, some rows at a
// time. The penalty is the one of
// least generalised cross-validation error (Golub, Heath and Wahba 1979,
// Technometrics 21), over half decades relative to the mean eigenvalue. The intercept is left out: apply
// gives the deviation from the mean of y.
func fitRidge(x pairs) *ridge {
	n, p, d := x.n, x.p, x.d
	r := &ridge{mean: columnMeans(n, p, x.z)}
	offset := columnMeans(n, d, x.y)
	// As y has its mean taken away, z need not be centred for zy; for its own products
	// the mean is taken out afterwards.
	gram, zy, total := mat.NewSymDense(p, nil), mat.NewDense(p, d, nil), 0.0
	z, y := mat.NewDense(min(block, n), p, nil), mat.NewDense(min(block, n), d, nil)
	for from := 0; from < n; from += block {
		k := min(block, n-from)
		for i := range k {
			x.z(from+i, z.RawRowView(i))
			row := y.RawRowView(i)
			x.y(from+i, row)
			for j, m := range offset {
				row[j] -= m
				total += row[j] * row[j]
			}
		}
		zs, ys := z.Slice(0, k, 0, p).(*mat.Dense).RawMatrix(), y.Slice(0, k, 0, d).(*mat.Dense).RawMatrix()
		blas64.Syrk(blas.Trans, 1, zs, 1, gram.RawSymmetric())
		blas64.Gemm(blas.Trans, blas.NoTrans, 1, zs, ys, 1, zy.RawMatrix())
	}
	gram.SymRankOne(gram, -float64(n), mat.NewVecDense(p, r.mean))
	values, vectors := symmetric(gram, p)
	var a mat.Dense
	a.Mul(vectors.T(), zy) // [P, d] in the basis of the eigenvectors
	power := make([]float64, p)
	for j := range power {
		for _, v := range a.RawRowView(j) {
			power[j] += v * v
		}
	}
	scale, best := mat.Sum(mat.NewVecDense(p, values))/float64(p), math.Inf(1)
	r.lambda = max(scale, 1e-12)
	for e := -8; e <= 6; e++ {
		lambda := max(scale, 1e-12) * math.Pow(10, float64(e)/2)
		rss, df := total, 1.0 // the mean is fitted too
		for j, v := range values {
			rss -= power[j] * (v + 2*lambda) / ((v + lambda) * (v + lambda))
			df += v / (v + lambda)
		}
		free := 1 - df/float64(n)
		if free < 1e-3 {
			continue // as many degrees of freedom as items: nothing is learnt
		}
		if gcv := max(rss, 0) / (free * free); gcv < best {
			best, r.lambda = gcv, lambda
		}
	}
	for j, v := range values {
		row := a.RawRowView(j)
		for k := range d {
			row[k] /= v + r.lambda
		}
	}
	r.weights = new(mat.Dense)
	r.weights.Mul(vectors, &a)
	return r
}

// apply writes what goes with an input, about the mean.
func (r *ridge) apply(z, y []float64) {
	for j, m := range r.mean {
		z[j] -= m
	}
	to := mat.NewVecDense(len(y), y)
	to.MulVec(r.weights.T(), mat.NewVecDense(len(z), z))
}

// columnMeans are those of n rows of p values.
func columnMeans(n, p int, row func(i int, row []float64)) []float64 {
	mean, x := make([]float64, p), make([]float64, p)
	for i := range n {
		row(i, x)
		for j, v := range x {
			mean[j] += v / float64(n)
		}
	}
	return mean
}
