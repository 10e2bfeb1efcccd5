package dual

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"ace/core/dual"
)

// Reduce brings an index to a smaller width: to the principal directions of its
// items, which keep what inner products with them can be kept. Width 128 of 192
// loses nothing that shows in R@10 and half a point of R@1. What it leaves
// away comes with it.
func Reduce(x *dual.Index, width int) (*dual.Index, *Rest, error) {
	d := x.Width
	if width < 1 || width >= d {
		return nil, nil, fmt.Errorf("vectors of width %d cannot be reduced to %d", d, width)
	}
	to, away, err := directions(x.Items, d, width)
	if err != nil {
		return nil, nil, err
	}
	y := &dual.Index{Width: width, Pieces: project(x.Pieces, to), Items: project(x.Items, to)}
	rest := &Rest{Width: d, Kept: width, Pieces: project(x.Pieces, away)}
	if x.Sense != nil {
		y.Sense, rest.Sense = project(x.Sense, to), project(x.Sense, away)
	}
	for k := range d {
		for j := range width {
			rest.Rotation = append(rest.Rotation, float32(to.At(k, j)))
		}
		for j := range d - width {
			rest.Rotation = append(rest.Rotation, float32(away.At(k, j)))
		}
	}
	normalise(y.Items, width)
	return y, rest, nil
}

// directions are the principal ones of vectors [N, d], so many [d, width] and the
// others [d, d-width].
func directions(vectors []float32, d, width int) (to, away mat.Matrix, err error) {
	square, row := mat.NewSymDense(d, nil), mat.NewVecDense(d, nil)
	for at := 0; at < len(vectors); at += d {
		for k, v := range vectors[at : at+d] {
			row.SetVec(k, float64(v))
		}
		square.SymRankOne(square, 1, row)
	}
	var eig mat.EigenSym
	if !eig.Factorize(square, true) {
		return nil, nil, fmt.Errorf("the principal directions of %d vectors were not found", len(vectors)/d)
	}
	var all mat.Dense
	eig.VectorsTo(&all)
	return all.Slice(0, d, d-width, d), all.Slice(0, d, 0, d-width), nil // the largest come last
}

// project gives the rows [n, d] of m along the directions [d, width].
func project(m []float32, to mat.Matrix) []float32 {
	d, width := to.Dims()
	out := make([]float32, 0, len(m)/d*width)
	row, y := mat.NewVecDense(d, nil), mat.NewVecDense(width, nil)
	for at := 0; at < len(m); at += d {
		for k, v := range m[at : at+d] {
			row.SetVec(k, float64(v))
		}
		y.MulVec(to.T(), row)
		for _, v := range y.RawVector().Data {
			out = append(out, float32(v))
		}
	}
	return out
}

// normalise brings the rows of x to length 1, but those that are 0.
func normalise(x []float32, width int) {
	for at := 0; at < len(x); at += width {
		v := x[at : at+width]
		sum := 0.0
		for _, a := range v {
			sum += float64(a) * float64(a)
		}
		if sum > 0 {
			for k := range v {
				v[k] = float32(float64(v[k]) / math.Sqrt(sum))
			}
		}
	}
}
