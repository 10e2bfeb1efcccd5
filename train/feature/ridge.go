package feature

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// ridge maps one kind of vector to another by regularised least squares.
type ridge struct {
	weights *mat.Dense // [P, d]
	mean    []float64  // [P] of the inputs that it was fitted on
	lambda  float64
}

// fitRidge learns y [n, d] from z [n, P] (n > 0). The penalty is the one of
// least generalised cross-validation error (Golub, Heath and Wahba 1979,
// Technometrics 21), over half decades relative to the mean eigenvalue. The intercept is left out: apply
// gives the deviation from the mean of y.
func fitRidge(z, y *mat.Dense) *ridge {
	n, p := z.Dims()
	_, d := y.Dims()
	r := &ridge{mean: columnMeans(z)}
	yc := centred(y, columnMeans(y))
	// As yc has mean 0, z need not be centred for zy; for its own products the
	// mean is taken out afterwards, which saves a copy.
	var gram mat.SymDense
	gram.SymOuterK(1, z.T())
	gram.SymRankOne(&gram, -float64(n), mat.NewVecDense(p, r.mean))
	values, vectors := symmetric(&gram, p)
	var zy, a mat.Dense
	zy.Mul(z.T(), yc)
	a.Mul(vectors.T(), &zy) // [P, d] in the basis of the eigenvectors
	power := make([]float64, p)
	for j := range power {
		for _, v := range a.RawRowView(j) {
			power[j] += v * v
		}
	}
	total := mat.Norm(yc, 2)
	total *= total
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

func (r *ridge) apply(z *mat.Dense) *mat.Dense {
	var y mat.Dense
	y.Mul(centred(z, r.mean), r.weights)
	return &y
}

func columnMeans(m *mat.Dense) []float64 {
	n, c := m.Dims()
	mean := make([]float64, c)
	for i := range n {
		for j, v := range m.RawRowView(i) {
			mean[j] += v / float64(n)
		}
	}
	return mean
}

func centred(m *mat.Dense, mean []float64) *mat.Dense {
	out := mat.DenseCopyOf(m)
	n, _ := m.Dims()
	for i := range n {
		row := out.RawRowView(i)
		for j := range row {
			row[j] -= mean[j]
		}
	}
	return out
}
