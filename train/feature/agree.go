package feature

import (
	"math"
	"slices"
)

// among is how many texts a medium's own is put among.
const among = 10

// agreement is for how many of the items, in percent, no text of the nine items that
// follow is nearer to the medium than its own; 10 would be chance. Both are of
// length 1 or nil; 0: there are too few.
func agreement(media, texts [][]float32) float64 {
	var both []int
	for i := range media {
		if media[i] != nil && texts[i] != nil {
			both = append(both, i)
		}
	}
	if len(both) < among {
		return 0
	}
	first := 0
	for n, i := range both {
		own, best := dot(media[i], texts[i]), true
		for k := 1; k < among; k++ {
			if dot(media[i], texts[both[(n+k)%len(both)]]) > own {
				best = false
			}
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

// meanOf is the mean of those that are not nil.
func meanOf(x [][]float32, dims int) []float32 {
	sum, n := make([]float64, dims), 0.0
	for _, v := range x {
		for j, a := range v {
			sum[j] += float64(a)
		}
		if v != nil {
			n++
		}
	}
	for j := range sum {
		sum[j] /= max(n, 1)
	}
	return narrow(sum)
}

func finite(x []float32) bool {
	return !slices.ContainsFunc(x, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) })
}
