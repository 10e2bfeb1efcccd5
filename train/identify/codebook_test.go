package identify

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCodesFollowTheirAverages(t *testing.T) {
	b := &codebook{d: 2, codes: []float32{1, 1, 5, 5}, count: []float64{2, 0}, sum: []float64{2, 2, 0, 0}}
	b.fade(0.5)
	b.gather([]float32{3, 0, 4, 2}, []int32{0, 0}, 0.5)
	b.settle()
	// counts 2·0.5 + 2·0.5 = 2; sums 1 + 0.5·(3+4) and 1 + 0.5·(0+2).
	if want := []float32{2.25, 1, 5, 5}; !slices.Equal(b.codes, want) {
		t.Errorf("codes %v, want %v", b.codes, want)
	}
}

func TestDeadCodesAreReseeded(t *testing.T) {
	codes := []float32{1, 2, 3, 4}
	b := &codebook{d: 1, codes: slices.Clone(codes), count: []float64{10, 0.2, 0, 9.8}, sum: []float64{10, 0.4, 0, 39.2}}
	rest := []float32{100, 200}
	b.revive(rand.New(rand.NewPCG(1, 1)), rest, 2, 0.1) // the mean is 5: dead below 0.5
	for c, was := range codes {
		dead := c == 1 || c == 2
		if !dead && b.codes[c] != was {
			t.Errorf("code %d was %g, is %g", c, was, b.codes[c])
		}
		if dead && (!slices.Contains(rest, b.codes[c]) || b.count[c] != 5 || b.sum[c] != 5*float64(b.codes[c])) {
			t.Errorf("code %d is %g, count %g, sum %g", c, b.codes[c], b.count[c], b.sum[c])
		}
	}
}

func TestCodebooksStartAtTheMeans(t *testing.T) {
	const n, d = 300, 6
	z := cloud(14, n, d, 10)
	books, err := startCodebooks(context.Background(), newPool(2), rand.New(rand.NewPCG(1, 1)), z, n, d, []int{8, 16}, 30, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for l, b := range books {
		var count float64
		for _, c := range b.count {
			count += c
		}
		if math.Abs(count-30) > 1e-9 {
			t.Errorf("level %d starts with %g vectors a batch", l, count)
		}
		before := slices.Clone(b.codes)
		b.settle()
		for i, v := range b.codes {
			if math.Abs(float64(v-before[i])) > 1e-5 {
				t.Fatalf("level %d: code value %d is %g, its average %g", l, i, before[i], v)
			}
		}
	}
}

func TestAdamWFollowsItsDefinition(t *testing.T) {
	o := newAdamW(1, 0.1)
	theta := []float32{1}
	var m, v float64
	want := 1.0
	for step, g := range []float64{0.5, -2, 0.1, 3} {
		rate := 0.01 * float64(step+1)
		o.next(rate)(theta, []float32{float32(g)}, 0, 1)
		m = 0.9*m + 0.1*g
		v = 0.999*v + 0.001*g*g
		k := float64(step + 1)
		want -= rate * (m/(1-math.Pow(0.9, k))/(math.Sqrt(v/(1-math.Pow(0.999, k)))+1e-8) + 0.1*want)
		if math.Abs(float64(theta[0])-want) > 1e-5 {
			t.Errorf("step %d: %g, want %g", step+1, theta[0], want)
		}
	}
}

func TestResidualsAreScaledByCluster(t *testing.T) {
	// Spreads 2, 1 and nothing around three centres.
	x := []float32{8, 12, 19, 21, 30, 30}
	c := clustering{3, []float32{10, 20, 30}, []int32{0, 0, 1, 1, 2, 2}}
	r, scale := residuals(x, 6, 1, c)
	least := float32(math.Sqrt((4 + 4 + 1 + 1) / 6.0 / 100))
	for k, want := range []float32{2, 1, least} {
		if math.Abs(float64(scale[k]-want)) > 1e-6 {
			t.Errorf("scales %v", scale)
		}
	}
	if want := []float32{-1, 1, -1, 1, 0, 0}; !slices.Equal(r, want) {
		t.Errorf("residuals %v, want %v", r, want)
	}
}

// A code that strayed where no vector is comes back within an epoch or two.
func TestTrainingRevivesADeadCode(t *testing.T) {
	const n, d = 300, 8
	cfg := quick(n, d)
	tr := newTrainer(newPool(2), cloud(15, n, d, 40), n, d, &cfg)
	if err := tr.start(context.Background(), func(int) {}); err != nil {
		t.Fatal(err)
	}
	b := tr.books[0]
	for j := range b.d {
		b.codes[j], b.sum[j] = 1000, 0
	}
	b.count[0] = 0
	tr.publish()
	for range 3 {
		if _, err := tr.epoch(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if b.codes[0] > 100 || b.count[0] == 0 {
		t.Errorf("the code is at %g with count %g", b.codes[0], b.count[0])
	}
}
