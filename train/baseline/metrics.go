package baseline

import (
	"math"
	"slices"
)

// Score is how well a system answers a set of questions: shares in percent of
// those whose first 1, 5, 10 answers hold a relevant item, and the mean of
// 1/rank, 0 beyond the tenth, times 100.
type Score struct {
	R1    float64 `json:"r1"`
	R5    float64 `json:"r5"`
	R10   float64 `json:"r10"`
	MRR10 float64 `json:"mrr10"`
}

// Summarise makes a Score of ranks, each from 1, or 0 where no relevant item was
// found.
func Summarise(ranks []int) Score {
	var in1, in5, in10 int
	var reciprocal float64
	for _, r := range ranks {
		if r < 1 || r > 10 {
			continue
		}
		in10++
		reciprocal += 1 / float64(r)
		if r <= 5 {
			in5++
		}
		if r == 1 {
			in1++
		}
	}
	percent := func(v float64) float64 { return 100 * v / float64(max(len(ranks), 1)) }
	return Score{percent(float64(in1)), percent(float64(in5)), percent(float64(in10)), percent(reciprocal)}
}

// Percentile is the smallest value that the share p in [0, 1] of the values does
// not exceed (nearest rank); 0 for none.
func Percentile(values []float64, p float64) float64 {
	if len(values) == 0 {
		return 0
	}
	v := slices.Sorted(slices.Values(values))
	return v[min(max(int(math.Ceil(p*float64(len(v))))-1, 0), len(v)-1)]
}
