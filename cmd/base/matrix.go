package main

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

func add(dst []float64, scale float64, src []float64) {
	for i, v := range src {
		dst[i] += scale * v
	}
}

func dot(x, y []float64) float64 {
	s := 0.0
	for i, v := range x {
		s += v * y[i]
	}
	return s
}

// unit brings the rows of x to length one; rows of zeros stay.
func unit(x *mat.Dense) {
	n, _ := x.Dims()
	for r := range n {
		row := x.RawRowView(r)
		if length := math.Sqrt(dot(row, row)); length > 0 {
			for i := range row {
				row[i] /= length
			}
		}
	}
}

// centre takes the mean row from all rows, and their parts along the first
// principal axes, which tell of frequency rather than of meaning (arXiv
// 1702.01417).
func centre(x *mat.Dense, components int) {
	n, d := x.Dims()
	mean := make([]float64, d)
	for r := range n {
		add(mean, 1/float64(n), x.RawRowView(r))
	}
	for r := range n {
		add(x.RawRowView(r), -1, mean)
	}
	axes := principal(x)
	for c := range components {
		axis := mat.Col(nil, c, axes)
		for r := range n {
			row := x.RawRowView(r)
			add(row, -dot(row, axis), axis)
		}
	}
}

// reduce projects the rows on their first principal axes.
func reduce(x *mat.Dense, dim int) *mat.Dense {
	axes := principal(x)
	_, d := x.Dims()
	var y mat.Dense
	y.Mul(x, axes.Slice(0, d, 0, min(dim, d)))
	return &y
}

// principal gives the axes of the rows as columns, the one of the largest
// squares first: the eigenvectors of the columns' inner products.
func principal(x *mat.Dense) *mat.Dense {
	_, n := x.Dims()
	var products, up mat.Dense
	products.Mul(x.T(), x)
	var e mat.EigenSym
	if !e.Factorize(mat.NewSymDense(n, products.RawMatrix().Data), true) {
		panic("a matrix of numbers that are not finite has no principal axes")
	}
	e.VectorsTo(&up)
	axes := mat.NewDense(n, n, nil)
	for c := range n {
		for r := range n {
			axes.Set(r, c, up.At(r, n-1-c))
		}
	}
	return axes
}
