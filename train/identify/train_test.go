package identify

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ace/core"
)

// quick is a configuration that trains in a moment.
func quick(n, d int) Config {
	cfg := Default(n, d)
	cfg.Hidden, cfg.Latent, cfg.Batch = []int{48}, min(d, 16), 128
	cfg.Warm, cfg.Epochs = 5, 40
	return cfg
}

func train(t testing.TB, x []float32, n, d int, cfg Config) *Identifiers {
	t.Helper()
	q, err := Train(context.Background(), x, n, d, cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// speaking are the methods whose identifiers say something of their vectors.
var speaking = methods[:3]

// checkIDs holds what is true of every Identifiers: one length, tokens within
// their sizes, and no two alike.
func checkIDs(t *testing.T, q *Identifiers, n int) {
	t.Helper()
	if len(q.IDs) != n {
		t.Fatalf("%d identifiers for %d items", len(q.IDs), n)
	}
	levels := 1 + len(q.Config.Fine)
	if q.Counter {
		levels++
	}
	if len(q.Sizes) != levels {
		t.Fatalf("sizes %v, counter %v, %d fine levels", q.Sizes, q.Counter, len(q.Config.Fine))
	}
	seen := map[string]int{}
	for i, id := range q.IDs {
		if len(id) != levels {
			t.Fatalf("item %d has identifier %v, sizes are %v", i, id, q.Sizes)
		}
		key := ""
		for l, c := range id {
			if int(c) >= q.Sizes[l] {
				t.Fatalf("item %d has identifier %v, sizes are %v", i, id, q.Sizes)
			}
			key += string(rune(c)) + "/"
		}
		if j, taken := seen[key]; taken {
			t.Fatalf("items %d and %d share %v", i, j, id)
		}
		seen[key] = i
	}
}

func TestIdentifiersAreUnique(t *testing.T) {
	const n, d = 700, 24
	x := cloud(1, n, d, 12)
	copy(x[100*d:160*d], x[0:60*d]) // sixty exact copies
	for _, m := range methods {
		for _, repair := range []float64{0, 2} {
			cfg := quick(n, d)
			cfg.Method, cfg.Repair = m, repair
			q := train(t, x, n, d, cfg)
			checkIDs(t, q, n)
			if m == Random {
				if q.Collisions != 0 || q.Counter {
					t.Errorf("%d collisions, counter %v, of identifiers that were drawn apart", q.Collisions, q.Counter)
				}
				continue
			}
			if q.Collisions < 120 {
				t.Errorf("%s: %d collisions, at least 120 items have a copy", m, q.Collisions)
			}
			if repair == 0 && !q.Counter {
				t.Errorf("%s: copies and no repair, but no counter", m)
			}
		}
	}
}

// Each level takes away some of the error that the ones before it left.
func TestErrorFallsLevelByLevel(t *testing.T) {
	const n, d = 900, 32
	x := cloud(2, n, d, 40)
	for _, m := range speaking {
		cfg := quick(n, d)
		cfg.Method, cfg.Fine, cfg.Coarse = m, []int{16, 32, 64}, 16
		q := train(t, x, n, d, cfg)
		r, err := Assess(q, x, 1)
		if err != nil {
			t.Fatal(err)
		}
		before := 100.0
		for _, l := range r.Levels[:1+q.fine()] {
			t.Logf("%s: %+v", m, l)
			if l.Error >= 0.95*before || l.Error < 0 {
				t.Errorf("%s: %s leaves %.1f %% of the variance, %.1f %% before it", m, l.Name, l.Error, before)
			}
			before = l.Error
		}
		if r.Recall < 30 || r.Recall > 100 {
			t.Errorf("%s: recall %g", m, r.Recall)
		}
	}
}

// The loss of training falls, and the autoencoder beats answering the centre.
func TestTrainingLearns(t *testing.T) {
	const n, d = 600, 20
	x := cloud(3, n, d, 30)
	last := map[string]float64{}
	first := map[string]float64{}
	_, err := Train(context.Background(), x, n, d, quick(n, d), func(p Progress) {
		if p.Done < 0 || p.Done > p.Total {
			t.Errorf("step %d of %d of %s", p.Done, p.Total, p.Stage)
		}
		if math.IsNaN(p.Loss) {
			return
		}
		if _, ok := first[p.Stage]; !ok {
			first[p.Stage] = p.Loss
		}
		last[p.Stage] = p.Loss
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, stage := range []string{"kmeans", "autoencoder", "codebooks"} {
		if !(last[stage] < first[stage]) {
			t.Errorf("%s: loss from %g to %g", stage, first[stage], last[stage])
		}
	}
	if last["autoencoder"] > 0.8 {
		t.Errorf("the autoencoder leaves %g of unit variance", last["autoencoder"])
	}
}

func TestSameSeedSameIdentifiers(t *testing.T) {
	const n, d = 400, 12
	x := cloud(4, n, d, 20)
	for _, m := range methods {
		cfg := quick(n, d)
		cfg.Method = m
		cfg.Threads = 1
		a := train(t, x, n, d, cfg)
		cfg.Threads = 3
		b := train(t, x, n, d, cfg)
		b.Config = a.Config
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: another number of threads, other identifiers", m)
		}
		cfg.Seed = 2
		if c := train(t, x, n, d, cfg); slices.EqualFunc(a.IDs, c.IDs, func(a, b core.ID) bool { return a.Compare(b) == 0 }) {
			t.Errorf("%s: another seed, the same identifiers", m)
		}
	}
}

func TestAssignRepeatsTheTraining(t *testing.T) {
	const n, d = 500, 16
	x := cloud(5, n, d, 25)
	for _, m := range speaking {
		cfg := quick(n, d)
		cfg.Method, cfg.CapFactor, cfg.Repair = m, 0, 0 // what Assign does not do
		q := train(t, x, n, d, cfg)
		ids, err := q.Assign(x, n)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range ids {
			if want := q.IDs[i][:1+q.fine()]; id.Compare(want) != 0 {
				t.Fatalf("%s: item %d was %v, is assigned %v", m, i, want, id)
			}
		}
		if _, err := q.Assign(x[1:], n); err == nil {
			t.Error("half a vector was assigned")
		}
	}
}

func TestReconstructionsAndCodeVectors(t *testing.T) {
	const n, d = 500, 16
	x := cloud(6, n, d, 25)
	for _, m := range speaking {
		cfg := quick(n, d)
		cfg.Method = m
		q := train(t, x, n, d, cfg)
		y := q.Reconstruct(q.IDs)
		// A prefix of one token is the centre; the counter changes nothing.
		one := q.Reconstruct(prefixes(q.IDs, 1))
		for i, id := range q.IDs {
			if !slices.Equal(one[i*d:][:d], q.Centres[int(id[0])*d:][:d]) {
				t.Fatalf("%s: item %d is not at its centre", m, i)
			}
		}
		if fine := q.Reconstruct(prefixes(q.IDs, 1+q.fine())); !slices.Equal(y, fine) {
			t.Errorf("%s: the counter changes the reconstruction", m)
		}
		if e, c := meanSquare(x, y, n), meanSquare(x, one, n); e >= c {
			t.Errorf("%s: error %g, of the centres alone %g", m, e, c)
		}
		for l := range 1 + q.fine() {
			v := q.CodeVectors(l)
			if m == HierarchicalKMeans && l > 0 {
				if v != nil {
					t.Errorf("codes of level %d have vectors of their own", l)
				}
				continue
			}
			if len(v) != q.Sizes[l]*d {
				t.Fatalf("%s: %d values for %d codes of level %d", m, len(v), q.Sizes[l], l)
			}
			// The code of an item points the way of what it stands for.
			var along float64
			for i, id := range q.IDs {
				for j, e := range v[int(id[l])*d:][:d] {
					rest := x[i*d+j]
					if l > 0 {
						rest -= one[i*d+j]
					}
					along += float64(e * rest)
				}
			}
			if m == ResidualKMeans && l > 0 {
				// No decoder: over the items the codes of a level cancel out.
				var sum, size float64
				for _, id := range q.IDs {
					sum += float64(v[int(id[l])*d])
					size += math.Abs(float64(v[int(id[l])*d]))
				}
				if math.Abs(sum) > 1e-4*size {
					t.Errorf("the vectors of level %d sum to %g", l, sum)
				}
			}
			if along <= 0 {
				t.Errorf("%s: codes of level %d point away from their items", m, l)
			}
		}
		if q.CodeVectors(1+q.fine()) != nil {
			t.Errorf("%s: the counter has vectors", m)
		}
	}
}

func TestAwkwardCollections(t *testing.T) {
	same := make([]float32, 40*6)
	for i := range same {
		same[i] = float32(i%6) / 7
	}
	line := make([]float32, 300)
	for i := range line {
		line[i] = float32(i * i)
	}
	spots := make([]float32, 64*3)
	for i := range 64 {
		spots[3*i+i%3] = 1
	}
	for _, c := range []struct {
		name    string
		x       []float32
		n, d    int
		coarse  int    // clusters expected
		counter string // yes, no, or either
	}{
		{"one vector", []float32{1, 2, 3}, 1, 3, 1, "no"},
		{"one zero", []float32{0}, 1, 1, 1, "no"},
		{"two vectors", []float32{1, 2, 3, 4}, 2, 2, 2, "no"},
		{"two alike", []float32{1, 2, 1, 2}, 2, 2, 1, "yes"},
		{"fewer than clusters", cloud(7, 5, 4, 5), 5, 4, 5, "no"},
		{"all alike", same, 40, 6, 1, "yes"},
		{"three spots", spots, 64, 3, 3, "yes"},
		{"one dimension", line, 300, 1, 16, "either"},
		{"a few", cloud(8, 40, 9, 40), 40, 9, 8, "either"},
	} {
		for _, m := range speaking {
			cfg := Default(c.n, c.d)
			cfg.Method, cfg.Warm, cfg.Epochs = m, 2, 10
			q := train(t, c.x, c.n, c.d, cfg)
			checkIDs(t, q, c.n)
			if q.Sizes[0] != c.coarse || q.Counter && c.counter == "no" || !q.Counter && c.counter == "yes" {
				t.Errorf("%s, %s: sizes %v, counter %v; want %d clusters, counter %s", c.name, m, q.Sizes, q.Counter, c.coarse, c.counter)
			}
			for i, v := range q.Reconstruct(q.IDs) {
				if math.IsNaN(float64(v)) {
					t.Fatalf("%s, %s: the reconstruction holds %g at %d", c.name, m, v, i)
				}
			}
			if _, err := q.Assign(c.x, c.n); err != nil {
				t.Errorf("%s, %s: %v", c.name, m, err)
			}
			if r, err := Assess(q, c.x, 1); err != nil || len(r.Levels) != len(q.Sizes) {
				t.Errorf("%s, %s: report %+v, %v", c.name, m, r, err)
			}
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	good := cloud(9, 20, 4, 3)
	with := func(v float64) []float32 {
		x := slices.Clone(good)
		x[4*4+2] = float32(v)
		return x
	}
	cfg := quick(20, 4)
	set := func(f func(*Config)) Config { c := cfg; f(&c); return c }
	for _, c := range []struct {
		name string
		x    []float32
		n, d int
		cfg  Config
		want string
	}{
		{"nan", with(math.NaN()), 20, 4, cfg, "vector 4 has NaN at position 2"},
		{"infinity", with(math.Inf(-1)), 20, 4, cfg, "vector 4 has -Inf at position 2"},
		{"huge", with(1e30), 20, 4, cfg, "vector 4 has 1e+30 at position 2"},
		{"empty", nil, 0, 4, cfg, "no vectors"},
		{"no width", nil, 4, 0, cfg, "no vectors"},
		{"shape", good, 20, 5, cfg, "20 rows of 5 values make 100 values, got 80"},
		{"method", good, 20, 4, set(func(c *Config) { c.Method = "x" }), `unknown method "x"`},
		{"coarse", good, 20, 4, set(func(c *Config) { c.Coarse = 0 }), "coarse codes is 0"},
		{"fine", good, 20, 4, set(func(c *Config) { c.Fine = nil }), "no fine levels"},
		{"fine size", good, 20, 4, set(func(c *Config) { c.Fine = []int{8, 70000} }), "fine level 2 is 70000"},
		{"cap", good, 20, 4, set(func(c *Config) { c.CapFactor = 0.5 }), "size cap is 0.5"},
		{"latent", good, 20, 4, set(func(c *Config) { c.Latent = 0 }), "latent width is 0"},
		{"rate", good, 20, 4, set(func(c *Config) { c.Rate = 0 }), "rate 0"},
		{"decay", good, 20, 4, set(func(c *Config) { c.Decay = 1 }), "decay is 1"},
		{"batch", good, 20, 4, set(func(c *Config) { c.Batch = 0 }), "0 vectors a step"},
		{"contrast", good, 20, 4, set(func(c *Config) { c.Align = 0.1 }), "text block of 0 values"},
		{"text block", good, 20, 4, set(func(c *Config) { c.Align, c.Text = 0.1, 5 }), "text block of 5 values in vectors of 4"},
		{"repair", good, 20, 4, set(func(c *Config) { c.Repair = math.NaN() }), "repair limit is NaN"},
		{"zero value", good, 20, 4, Config{}, "unknown method"},
	} {
		q, err := Train(context.Background(), c.x, c.n, c.d, c.cfg, nil)
		if err == nil || q != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.name, err, c.want)
		}
	}
}

func TestTrainStopsWithItsContext(t *testing.T) {
	const n, d = 300, 8
	x := cloud(10, n, d, 9)
	for _, stage := range []string{"kmeans", "autoencoder", "codebooks"} {
		ctx, cancel := context.WithCancel(context.Background())
		q, err := Train(ctx, x, n, d, quick(n, d), func(p Progress) {
			if p.Stage == stage {
				cancel()
			}
		})
		if q != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("ended during %s: %v", stage, err)
		}
	}
}

func TestDefaultsFitEverySize(t *testing.T) {
	for _, n := range []int{0, 1, 10, 300, 2000, 7091, 60_000, 1_000_000} {
		for _, d := range []int{1, 32, 1280} {
			c := Default(n, d)
			if err := c.check(); err != nil {
				t.Errorf("%d x %d: %v", n, d, err)
			}
			if c.Coarse%8 != 0 || c.Coarse > 512 || !slices.IsSorted(c.Fine) {
				t.Errorf("%d x %d: %+v", n, d, c)
			}
		}
	}
}

func BenchmarkTrain(b *testing.B) {
	for _, m := range methods {
		b.Run(string(m), func(b *testing.B) {
			const n, d = 7000, 192
			x := cloud(1, n, d, 500)
			cfg := Default(n, d)
			cfg.Method = m
			for b.Loop() {
				train(b, x, n, d, cfg)
			}
		})
	}
}
