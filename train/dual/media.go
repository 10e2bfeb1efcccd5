package dual

import (
	"math"
	"slices"
)

// standardise returns vectors [N, dims] with every value brought to mean 0 and
// deviation 1 over the rows that are not 0, which stay so.
func standardise(x []float32, dims int) []float32 {
	out := make([]float32, len(x))
	mean, square := make([]float64, dims), make([]float64, dims)
	var rows []int
	for from := 0; from < len(x); from += dims {
		if seen(x[from : from+dims]) {
			rows = append(rows, from)
		}
	}
	each := func(f func(at, j int)) {
		for _, from := range rows {
			for j := range dims {
				f(from+j, j)
			}
		}
	}
	n := float64(len(rows))
	each(func(at, j int) { mean[j] += float64(x[at]) / n })
	each(func(at, j int) { square[j] += (float64(x[at]) - mean[j]) * (float64(x[at]) - mean[j]) / n })
	each(func(at, j int) {
		if square[j] > 1e-20 {
			out[at] = float32((float64(x[at]) - mean[j]) / math.Sqrt(square[j]))
		}
	})
	return out
}

// seen reports whether there is a vector.
func seen(x []float32) bool { return slices.ContainsFunc(x, func(v float32) bool { return v != 0 }) }
