package feature

import (
	"math"
	"slices"
)

// among is how many texts a medium's own is put among.
const among = 10

// agreement is for how many of the items, in percent, no text of the nine items that
// follow is nearer to the medium than its own; 10 would be chance. Of items that
// have both, media and texts give vectors of length 1; 0: there are too few.
func agreement(have []bool, media, texts func(i int) []float32) float64 {
	var both []int
	for i, ok := range have {
		if ok {
			both = append(both, i)
		}
	}
	if len(both) < among {
		return 0
	}
	first := 0
	for n, i := range both {
		medium := media(i)
		own, best := dot(medium, texts(i)), true
		for k := 1; k < among && best; k++ {
			best = dot(medium, texts(both[(n+k)%len(both)])) <= own
		}
		if best {
			first++
		}
	}
	return 100 * float64(first) / float64(len(both))
}

func dot(a, b []float32) float64 {
	var sum float64
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

// direct brings a vector to length 1; false: it has no direction, and is made 0.
func direct(x []float32) bool {
	length := math.Sqrt(dot(x, x))
	if length < 1e-9 {
		clear(x)
		return false
	}
	for i := range x {
		x[i] = float32(float64(x[i]) / length)
	}
	return true
}

// shift takes the mean away from a vector and brings it to length 1.
func shift(x, mean []float32) {
	for i := range x {
		x[i] -= mean[i]
	}
	direct(x)
}

// meanOf is the mean of the vectors of those that have one.
func meanOf(have []bool, dims int, of func(i int) []float32) []float32 {
	sum, n := make([]float64, dims), 0.0
	for i, ok := range have {
		if !ok {
			continue
		}
		for j, a := range of(i) {
			sum[j] += float64(a)
		}
		n++
	}
	for j := range sum {
		sum[j] /= max(n, 1)
	}
	return narrow(sum)
}

func finite(x []float32) bool { return !slices.ContainsFunc(x, notFinite) }

func notFinite(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }
