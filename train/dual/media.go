package dual

import (
	"math"
	"slices"
)

// spread is the mean and the deviation of each value of vectors, over the rows
// that are not 0.
type spread struct{ mean, deviation []float64 }

func newSpread(x []float32, dims int) spread {
	s := spread{make([]float64, dims), make([]float64, dims)}
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
	each(func(at, j int) { s.mean[j] += float64(x[at]) / n })
	each(func(at, j int) { s.deviation[j] += (float64(x[at]) - s.mean[j]) * (float64(x[at]) - s.mean[j]) / n })
	for j, v := range s.deviation {
		if s.deviation[j] = 0; v > 1e-20 {
			s.deviation[j] = math.Sqrt(v)
		}
	}
	return s
}

// standardise returns vectors with every value brought to mean 0 and deviation 1.
// Rows that are 0 stay so.
func (s spread) standardise(x []float32) []float32 {
	out, dims := make([]float32, len(x)), len(s.mean)
	for from := 0; from < len(x); from += dims {
		if !seen(x[from : from+dims]) {
			continue
		}
		for j, m := range s.mean {
			if s.deviation[j] > 0 {
				out[from+j] = float32((float64(x[from+j]) - m) / s.deviation[j])
			}
		}
	}
	return out
}

// seen reports whether there is a vector.
func seen(x []float32) bool { return slices.ContainsFunc(x, func(v float32) bool { return v != 0 }) }
