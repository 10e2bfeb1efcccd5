package beam

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core"
	"ace/core/compute"
)

// within is a list of which only some items are to be found.
type within struct {
	list
	allowed func(i uint32) bool
}

func (w within) Children(level int, r core.Range, visit func(core.Token, core.Range)) {
	w.list.Children(level, r, func(t core.Token, r core.Range) {
		for i := r.Lo; i < r.Hi; i++ {
			if w.allowed(i) {
				visit(t, r)
				return
			}
		}
	})
}

// index lays sorted identifiers out as a bundle does.
func (l list) index(levels []int) Index {
	x := Index{Levels: levels, First: make([]uint32, levels[0]+1), Fine: make([]Column, len(levels)-1)}
	for _, id := range l {
		for k := int(id[0]); k < levels[0]; k++ {
			x.First[k+1]++
		}
		for i, t := range id[1:] {
			if levels[i+1] <= 256 {
				x.Fine[i].Bytes = append(x.Fine[i].Bytes, uint8(t))
			} else {
				x.Fine[i].Words = append(x.Fine[i].Words, uint16(t))
			}
		}
	}
	return x
}

// normal makes the logits of a table into log-probabilities.
type normal struct{ *table }

func (s normal) Step(ctx context.Context, level int, parents []int, tokens []core.Token) ([]float32, error) {
	x, err := s.table.Step(ctx, level, parents, tokens)
	v := s.levels[level]
	for from := 0; from < len(x); from += v {
		row, sum := x[from:from+v], 0.0
		for _, l := range row {
			sum += math.Exp(float64(l))
		}
		for i := range row {
			row[i] -= float32(math.Log(sum))
		}
	}
	return x, err
}

// trial is one search, by Search and by the kernels.
type trial struct {
	levels  []int
	ids     list
	query   Query
	prior   *Prior
	allowed func(uint32) bool
	seed    uint64
}

func draw(seed uint64) trial {
	rng := rand.New(rand.NewPCG(seed, 5))
	shapes := [][]int{{7}, {4, 3, 5}, {12, 40, 3}, {2, 300, 20}, {30, 1, 257, 2}, {1, 1}}
	t := trial{levels: shapes[rng.IntN(len(shapes))], seed: seed}
	n := 1 + rng.IntN(400)
	for range n {
		var id core.ID
		for _, v := range t.levels {
			id = append(id, core.Token(rng.IntN(v)))
		}
		t.ids = append(t.ids, id)
	}
	slices.SortFunc(t.ids, core.ID.Compare)
	t.query = Query{Width: 1 + rng.IntN(24), Path: 1}
	if rng.IntN(2) == 0 {
		some := make([]uint64, n/64+1)
		for i := range n {
			if i == n/2 || rng.IntN(5) == 0 {
				some[i/64] |= 1 << (i % 64)
			}
		}
		t.query.Allowed, t.query.Ranks = some, make([]uint32, len(some)+1)
		for i, w := range some {
			t.query.Ranks[i+1] = t.query.Ranks[i] + uint32(bits.OnesCount64(w))
		}
		t.allowed = func(i uint32) bool { return some[i/64]>>(i%64)&1 == 1 }
	}
	if rng.IntN(2) == 0 {
		t.query.Prior, t.query.Path = NewPrior(n), 0.3+rng.Float64()
		t.query.Prior.Fill(func(i int) float64 {
			if t.allowed != nil && !t.allowed(uint32(i)) {
				return math.Inf(-1)
			}
			return rng.NormFloat64()
		})
	}
	return t
}

// TestKernelsAreSearch: over random identifiers, widths, sets and priors the
// kernels keep the same beams at every level as Search, and tell the decoder
// where they are.
func TestKernelsAreSearch(t *testing.T) {
	ctx := context.Background()
	const cache = 32
	for seed := range uint64(150) {
		c := draw(seed)
		name := fmt.Sprintf("seed %d: %v, %d items, width %d, prior %v, set %v", seed, c.levels, len(c.ids), c.query.Width, c.query.Prior != nil, c.allowed != nil)
		o := Options{Levels: c.levels, Width: c.query.Width}
		var want [][]Path
		o.Trace = func(_ int, beams []Path) { want = append(want, beams) }
		if p := c.query.Prior; p != nil {
			o.Rank = func(x *Path) float64 { return c.query.Path*x.LogProb + p.Best(x.Items) }
		}
		var exists Constraint = c.ids
		if c.allowed != nil {
			exists = within{c.ids, c.allowed}
		}
		if _, err := Search(ctx, normal{&table{rng: seed, levels: c.levels}}, exists, o); err != nil {
			t.Fatal(name, err)
		}

		dev := compute.NewReference()
		r, err := NewRecorder(ctx, dev, c.ids.index(c.levels), 24)
		if err != nil {
			t.Fatal(name, err)
		}
		s := &table{rng: seed, levels: c.levels}
		var rec compute.Recording
		if err := r.Begin(&rec, c.query); err != nil {
			t.Fatal(name, err)
		}
		before := []Path{{}}
		places := [][]uint32{{0}}
		for level, v := range c.levels {
			logits := make([]float32, r.Rows(level)*v)
			var parents []int
			var tokens []core.Token
			for _, p := range before {
				parents, tokens = append(parents, p.parent), append(tokens, p.code)
			}
			some, err := s.Step(ctx, level, parents, tokens)
			if err != nil {
				t.Fatal(name, err)
			}
			copy(logits, some)
			b := dev.Floats(len(logits))
			rec.UploadFloats(b, logits)
			r.Step(&rec, level, b, cache)
			r.Download(&rec)
			if err := dev.Run(ctx, &rec); err != nil {
				t.Fatal(name, err)
			}
			rec.Reset()
			got, err := r.Paths(level)
			if err != nil {
				t.Fatal(name, err)
			}
			if len(got) != len(want[level]) {
				t.Fatalf("%s: %d beams of level %d, want %d", name, len(got), level, len(want[level]))
			}
			table, keys := r.Next(level + 1)
			var now [][]uint32
			for i, g := range got {
				w := want[level][i]
				if !slices.Equal(g.ID, w.ID) || g.Items != w.Items || g.parent != w.parent || math.Abs(g.LogProb-w.LogProb) > 1e-4 || math.Abs(g.Rank-w.Rank) > 1e-4 {
					t.Fatalf("%s: beam %d of level %d is %+v, want %+v", name, i, level, g, w)
				}
				row := 1 + int(g.code)
				for _, v := range c.levels[:level] {
					row += v
				}
				if at := dev.MemoryUints(table)[i]; int(at) != row {
					t.Fatalf("%s: row %d of the code table, want %d", name, at, row)
				}
				mine := append(slices.Clone(places[g.parent]), uint32((level+1)*cache+i))
				now = append(now, mine)
				if got := dev.MemoryUints(keys)[i*len(mine) : (i+1)*len(mine)]; !slices.Equal(got, mine) {
					t.Fatalf("%s: keys %v of beam %d of level %d, want %v", name, got, i, level, mine)
				}
			}
			before, places = got, now
		}
	}
}

// TestPathsRefuse: an answer that cannot be is an error.
func TestPathsRefuse(t *testing.T) {
	ctx := context.Background()
	for name, spoil := range map[string]func(*Recorder, []float32){
		"numbers that are none": func(_ *Recorder, logits []float32) { logits[1] = float32(math.NaN()) },
		"nothing":               func(r *Recorder, _ []float32) { r.answer = make([]uint32, len(r.answer)) },
		"items beyond the last": func(r *Recorder, _ []float32) { r.items = 2 },
		"codes beyond the last": func(r *Recorder, _ []float32) { r.levels = []int{2} },
	} {
		dev := compute.NewReference()
		r, err := NewRecorder(ctx, dev, list{{0}, {1}, {2}}.index([]int{3}), 4)
		if err != nil {
			t.Fatal(err)
		}
		var rec compute.Recording
		if err := r.Begin(&rec, Query{Width: 4, Path: 1}); err != nil {
			t.Fatal(err)
		}
		logits, values := dev.Floats(3), []float32{0, 0, 0}
		r.Step(&rec, 0, logits, 4)
		r.Download(&rec)
		rec.UploadFloats(logits, values)
		run := func() {
			if err := dev.Run(ctx, &rec); err != nil {
				t.Fatal(err)
			}
		}
		if run(); len(r.answer) == 0 {
			t.Fatal("no answer")
		}
		if _, err := r.Paths(0); err != nil {
			t.Fatal(err)
		}
		spoil(r, values)
		if name == "numbers that are none" {
			run()
		}
		if p, err := r.Paths(0); err == nil {
			t.Errorf("%s: %+v was taken", name, p)
		}
	}
}

func TestRecorderRefuses(t *testing.T) {
	ctx := context.Background()
	dev := compute.NewReference()
	if _, err := NewRecorder(ctx, dev, list{{0}}.index([]int{1 << 13}), 4); err == nil {
		t.Error("more codes than the kernels have room for were taken")
	}
	if _, err := NewRecorder(ctx, dev, list{}.index([]int{1}), 4); err == nil {
		t.Error("a collection of nothing was taken")
	}
	r, err := NewRecorder(ctx, dev, list{{0}}.index([]int{1}), 4)
	if err != nil {
		t.Fatal(err)
	}
	if r.Begin(&compute.Recording{}, Query{Width: 5}) == nil {
		t.Error("more beams than there is room for were taken")
	}
}
