package score

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSummarise(t *testing.T) {
	got := Summarise([]int{1, 2, 5, 6, 10, 11, 0, 1})
	want := Score{R1: 25, R5: 50, R10: 75, MRR10: 100 * (2 + 1.0/2 + 1.0/5 + 1.0/6 + 1.0/10) / 8}
	if math.Abs(got.MRR10-want.MRR10) > 1e-9 || got.R1 != want.R1 || got.R5 != want.R5 || got.R10 != want.R10 {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := Summarise(nil); got != (Score{}) {
		t.Errorf("no ranks: %+v", got)
	}
}

func TestPercentile(t *testing.T) {
	v := []float64{40, 10, 30, 20}
	for p, want := range map[float64]float64{0: 10, 0.25: 10, 0.26: 20, 0.5: 20, 0.95: 40, 1: 40} {
		if got := Percentile(v, p); got != want {
			t.Errorf("percentile %v: %v, want %v", p, got, want)
		}
	}
	if !slices.Equal(v, []float64{40, 10, 30, 20}) || Percentile(nil, 0.5) != 0 {
		t.Error("the values were changed, or none gave something")
	}
}

// By hand: bin 0 holds 0 (wrong); bin 2 0.2 and 0.25 (one right), mean 0.225 for
// 0.5; bin 9 0.95, 1 and 1 (two right), mean 2.95/3 for 2/3; of six in all that
// is (0 + 2*0.275 + 3*0.95/3)/6.
func TestECE(t *testing.T) {
	for _, c := range []struct {
		confidence []float64
		right      []bool
		want       float64
	}{
		{nil, nil, 0},
		{[]float64{1, 0}, []bool{true, false}, 0},
		{[]float64{1, 0}, []bool{false, true}, 1},
		{[]float64{0.75, 0.75, 0.75, 0.75}, []bool{true, false, true, true}, 0},
		{[]float64{0.95, 0, 0.2, 1, 0.25, 1}, []bool{true, false, false, true, true, false}, 1.5 / 6},
		{[]float64{0.42, 0.58}, []bool{true, false}, 0.58}, // two bins: the errors do not cancel
		{[]float64{0.52, 0.58}, []bool{true, false}, 0.05}, // one bin: they do
	} {
		if got := ECE(c.confidence, c.right); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v, right %v: %v, want %v", c.confidence, c.right, got, c.want)
		}
	}
}

func TestRank(t *testing.T) {
	scores := []float64{3, 3, 2, 0, -1}
	not0 := func(i int) bool { return i != 0 }
	for _, test := range []struct {
		relevant []int
		least    float64
		allowed  func(int) bool
		want     int
	}{
		{[]int{1}, 0, nil, 2}, // item 0 is as good: the tie counts against
		{[]int{1}, 0, not0, 1},
		{[]int{0, 1}, 0, nil, 1},
		{[]int{0, 2}, 0, not0, 2}, // the better one is not asked
		{[]int{0}, 0, not0, 0},
		{[]int{2}, 0, nil, 3},
		{[]int{3}, 0, nil, 0},
		{[]int{4}, math.Inf(-1), nil, 5},
		{nil, math.Inf(-1), nil, 0},
	} {
		relevant := map[int]bool{}
		for _, i := range test.relevant {
			relevant[i] = true
		}
		if got := Rank(scores, test.least, relevant, test.allowed); got != test.want {
			t.Errorf("rank of %v over %v: %d, want %d", test.relevant, test.least, got, test.want)
		}
	}
}

// Rank is the place in the list sorted by score, the relevant items last among equals.
func TestRankIsPlaceInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		scores := make([]float32, 40)
		order := make([]int, len(scores))
		for i := range scores {
			scores[i], order[i] = float32(r.IntN(12)), i
		}
		target := r.IntN(len(scores))
		slices.SortFunc(order, func(a, b int) int {
			switch d := scores[b] - scores[a]; {
			case d != 0:
				return int(d)
			case a == target:
				return 1
			case b == target:
				return -1
			}
			return 0
		})
		if got, want := Rank(scores, -1, map[int]bool{target: true}, nil), 1+slices.Index(order, target); got != want {
			t.Fatalf("%v, item %d: rank %d, want %d", scores, target, got, want)
		}
	}
}
