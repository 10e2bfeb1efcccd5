// Package score holds the measures of a search: the rank of what was asked for,
// and what the ranks of many questions come to.
package score

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

// Rank is the place of the best relevant item, from 1, in the order of scores,
// one an item, among the items that allowed accepts (nil: all). It is 0 when no
// relevant item is allowed and has a score over least. A tie counts against
// the item, so that a system gains nothing by not deciding.
func Rank[F float32 | float64](scores []F, least F, relevant map[int]bool, allowed func(item int) bool) int {
	best := least
	for i := range relevant {
		if allowed == nil || allowed(i) {
			best = max(best, scores[i])
		}
	}
	if !(best > least) {
		return 0
	}
	rank := 1
	for i, s := range scores {
		if s >= best && !relevant[i] && (allowed == nil || allowed(i)) {
			rank++
		}
	}
	return rank
}

// bins is how many the confidences are sorted into.
const bins = 10

// ECE is the expected calibration error of confidences in [0, 1] that something
// is right: the distance between the mean confidence and the share that is
// right, in ten bins of equal width, averaged by the bins' sizes (Guo et al.
// 2017, arXiv 1706.04599, section 2). It is 0 for none.
func ECE(confidence []float64, right []bool) float64 {
	var gap [bins]float64 // sum of the confidences less the number that is right
	for i, c := range confidence {
		b := min(max(int(c*bins), 0), bins-1)
		gap[b] += c
		if right[i] {
			gap[b]--
		}
	}
	var sum float64
	for _, g := range gap {
		sum += math.Abs(g)
	}
	return sum / float64(max(len(confidence), 1))
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
