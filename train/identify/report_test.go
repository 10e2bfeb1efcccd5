package identify

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"ace/core"
)

// handmade is a collection whose report is known: four items in the plane,
// two clusters, one fine code each side, two items that share both.
func handmade() (*Identifiers, []float32) {
	x := []float32{-10, -1, -10, 1, 10, 1, 10, 1}
	q := &Identifiers{
		IDs:        []core.ID{{0, 0, 0}, {0, 1, 0}, {1, 1, 0}, {1, 1, 1}},
		Sizes:      []int{2, 3, 2},
		Counter:    true,
		Collisions: 2,
		D:          2,
		Centres:    []float32{-10, 0, 10, 0},
		Scales:     []float32{2, 2},
		Latent:     2,
		Codebooks:  [][]float32{{0, -0.5, 0, 0.5, 9, 9}},
	}
	return q, x
}

func TestReportOfAHandmadeCollection(t *testing.T) {
	q, x := handmade()
	r, err := Assess(q, x, 1)
	if err != nil {
		t.Fatal(err)
	}
	// Mean (0, 0.5), variance 100 + 0.75; the centres leave 1 each; the codes
	// leave nothing.
	want := []Level{
		{"coarse", 2, 2, 0, 2, 2, 100 / 100.75},
		{"fine 1", 3, 2, 1, math.Exp2(0.25*2 + 0.75*math.Log2(4.0/3)), 2, 0},
		{"counter", 2, 2, 0, math.Exp2(0.25*2 + 0.75*math.Log2(4.0/3)), 1, 0},
	}
	for l, w := range want {
		g := r.Levels[l]
		if math.Abs(g.Perplexity-w.Perplexity) > 1e-9 || math.Abs(g.Error-w.Error) > 1e-5 {
			t.Errorf("level %d: %+v, want %+v", l, g, w)
		}
		g.Perplexity, g.Error, w.Perplexity, w.Error = 0, 0, 0, 0
		if g != w {
			t.Errorf("level %d: %+v, want %+v", l, g, w)
		}
	}
	if r.N != 4 || r.Collisions != (Share{2, 50}) || r.Counted != (Share{2, 50}) || r.Cluster != 2 || r.Recall != 100 || r.Queries != 4 {
		t.Errorf("%+v", r)
	}
}

// Recall falls to what the order of the reconstructions says.
func TestRecallCountsNeighbours(t *testing.T) {
	const n, d = 400, 8
	x := cloud(11, n, d, 400)
	p := newPool(2)
	if r, asked := recall(p, x, x, n, d, 1); r != 100 || asked != n {
		t.Errorf("the vectors themselves: %g over %d", r, asked)
	}
	y := make([]float32, len(x)) // all alike: the first ten of the list, whatever the query
	if r, _ := recall(p, x, y, n, d, 1); r > 10 {
		t.Errorf("no information: recall %g", r)
	}
	// A plain computation of the same on some noise.
	noise := cloud(12, n, d, 1)
	for i := range y {
		y[i] = x[i] + 0.5*noise[i]
	}
	hits := 0
	near := func(base []float32, i int) []int {
		var best []int
		for range 10 {
			at := -1
			for j := range n {
				if j == i || slices.Contains(best, j) {
					continue
				}
				if at < 0 || squared(x[i*d:][:d], base[j*d:][:d]) < squared(x[i*d:][:d], base[at*d:][:d]) {
					at = j
				}
			}
			best = append(best, at)
		}
		return best
	}
	for i := range n {
		exact := near(x, i)
		for _, j := range near(y, i) {
			if slices.Contains(exact, j) {
				hits++
			}
		}
	}
	want := 100 * float64(hits) / (10 * n)
	if r, _ := recall(p, x, y, n, d, 1); math.Abs(r-want) > 0.1 {
		t.Errorf("recall %g, plainly %g", r, want)
	}
}

func TestReportIsPrintedAndRead(t *testing.T) {
	q, x := handmade()
	r, err := Assess(q, x, 1)
	if err != nil {
		t.Fatal(err)
	}
	const want = `    level  codes  used  dead  perplexity  largest  error %
   coarse      2     2     0         2.0        2      1.0
   fine 1      3     2     1         1.8        2      0.0
  counter      2     2     0         1.8        1      0.0
items 4, 2.0 a cluster; collisions 2 (50.00 %), 2 (50.00 %) left to the counter
recall@10 of the quantised vectors 100.0 % over 4 queries
`
	if got := r.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{`"items":4`, `"levels":[{"name":"coarse","size":2,`, `"collisions":{"count":2,"percent":50}`, `"recall10":100`} {
		if !strings.Contains(string(b), key) {
			t.Errorf("%s lacks %s", b, key)
		}
	}
	if _, err := Assess(q, x[:6], 1); err == nil {
		t.Error("three vectors for four identifiers, and no error")
	}
}
