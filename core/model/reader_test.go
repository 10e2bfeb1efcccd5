package model

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"ace/core"
	"ace/core/compute"
)

func shape(coarse, fine bool) *Config {
	return &Config{Width: 12, Heads: 3, FFN: 20, Encoder: 2, Decoder: 2, Vocabulary: 300, Places: 3, Levels: []int{5, 4, 6}, Coarse: coarse, Fine: fine, Sense: 5}
}

func random(c *Config) []float32 {
	_, n := c.Layout()
	rng := rand.New(rand.NewPCG(4, 2))
	p := make([]float32, n)
	for i := range p {
		p[i] = float32(rng.NormFloat64() * 0.4)
	}
	return p
}

// The query of all tests: four words.
var (
	pieces = []uint32{7, 299, 256, 3, 80}
	starts = []uint32{0, 2, 3, 4, 5}
	senses = []float32{.1, -.2, .3, .4, .5, 0, 0, 0, 0, 0, 1, -1, 0, .5, .2, .3, .1, .9, -.7, .2}
	limits = Limits{Words: 6, Pieces: 12}
)

// whole runs encoder and decoder over one complete identifier at once and
// returns the log-probabilities of each level, as training sees them.
func whole(t *testing.T, c *Config, flat []float32, id core.ID, fused bool) [][]float32 {
	t.Helper()
	dev := compute.NewReference()
	var rec compute.Recording
	r := &Recorder{Recording: &rec, Config: c, Weights: c.Bind(dev.Adopt(flat)), Room: dev.Floats, Fused: fused}
	list := func(v ...uint32) compute.Buffer {
		b := dev.Uints(len(v))
		copy(dev.MemoryUints(b), v)
		return b
	}
	n, l := len(starts)-1, len(c.Levels)
	var place, keys, span, table, start, step, self, past, cross []uint32
	for i := range n {
		place, keys, span = append(place, uint32(min(i, c.Places-1))), append(keys, uint32(i)), append(span, 0, uint32(n))
	}
	for i := range l {
		row := 0
		if i > 0 {
			row = c.CodeRow(i-1, int(id[i-1]))
		}
		table, start, step = append(table, uint32(row)), append(start, uint32(i)), append(step, uint32(i))
		self, past, cross = append(self, uint32(i)), append(past, 0, uint32(i+1)), append(cross, 0, uint32(n))
	}
	start = append(start, uint32(l))
	k, vectors := list(keys...), dev.Floats(n*c.Sense)
	for i := range dev.Memory(vectors) {
		dev.Memory(vectors)[i] = senses[i%len(senses)]
	}
	m := r.Encode(Text{Rows: n, Sense: vectors, Pieces: list(pieces...), Start: list(starts...), Place: list(place...), Keys: k, Span: list(span...)})
	states := r.Decode(m, Codes{Rows: l, Table: list(table...), Start: list(start...), Place: list(step...),
		SelfKeys: list(self...), SelfSpan: list(past...), CrossKeys: k, CrossSpan: list(cross...), Cache: r.NewCache(l)})
	out := make([][]float32, l)
	for i := range l {
		y := r.LogProbs(states.At(i*c.Width, c.Width), i, 1)
		out[i] = make([]float32, y.Len())
		rec.DownloadFloats(y, out[i])
	}
	if err := dev.Run(context.Background(), &rec); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestStepwiseIsWhole: reading an identifier code by code, among other beams
// that come, go and change places, gives what the network says when it sees the
// whole identifier at once.
func TestStepwiseIsWhole(t *testing.T) {
	ctx := context.Background()
	for _, c := range []*Config{shape(true, true), shape(true, false), shape(false, true), shape(false, false)} {
		flat := random(c)
		for _, dev := range []*compute.CPU[float32]{compute.NewReference(), compute.NewCPU()} {
			r := NewReader(c, dev, dev.Adopt(flat), limits)
			r.Reserve(4)
			for _, id := range []core.ID{{0, 0, 0}, {4, 3, 5}, {2, 1, 0}} {
				want := whole(t, c, flat, id, false)
				if err := r.Begin(ctx, pieces, starts, senses); err != nil {
					t.Fatal(err)
				}
				other := core.Token(1)
				steps := []struct {
					parents []int
					tokens  []core.Token
					beam    int // ours
				}{
					{[]int{0}, []core.Token{0}, 0},
					{[]int{0, 0, 0}, []core.Token{other, 3, id[0]}, 2},
					{[]int{1, 2, 0, 2}, []core.Token{2, id[1], 0, 3}, 1},
				}
				for l, s := range steps {
					got, err := r.Step(ctx, l, s.parents, s.tokens)
					if err != nil {
						t.Fatal(err)
					}
					v := c.Levels[l]
					for i, w := range want[l] {
						if g := got[s.beam*v+i]; math.Abs(float64(g-w)) > 1e-4 {
							t.Fatalf("coarse %v fine %v, %v, level %d, code %d: %v, want %v", c.Coarse, c.Fine, id, l, i, g, w)
						}
					}
					for b := range s.parents {
						sum := 0.0
						for _, lp := range got[b*v : (b+1)*v] {
							sum += math.Exp(float64(lp))
						}
						if math.Abs(sum-1) > 1e-4 {
							t.Fatalf("level %d, beam %d: probabilities sum to %v", l, b, sum)
						}
					}
				}
			}
		}
	}
}

func TestReaderRefuses(t *testing.T) {
	c := shape(true, true)
	dev := compute.NewCPU()
	r := NewReader(c, dev, dev.Adopt(random(c)), limits)
	long := make([]uint32, 20)
	for name, q := range map[string][2][]uint32{"no words": {nil, {0}}, "nothing": {nil, nil}, "many words": {pieces, long}, "many pieces": {long, {0, 20}}} {
		if err := r.Begin(context.Background(), q[0], q[1], make([]float32, 5*max(len(q[1])-1, 0))); err == nil {
			t.Errorf("a query of %s was taken", name)
		}
	}
	if err := r.Begin(context.Background(), pieces, starts, senses); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Step(context.Background(), 0, []int{0, 0}, []core.Token{0, 0}); err == nil {
		t.Error("more beams than there is room for were taken")
	}
}

func TestLayoutIsSound(t *testing.T) {
	for _, c := range []*Config{shape(true, true), shape(false, false)} {
		tensors, n := c.Layout()
		end, names := 0, map[string]bool{}
		for _, ts := range tensors {
			if ts.Offset < end || ts.Offset%128 != 0 || ts.Len < 1 || names[ts.Name] {
				t.Errorf("tensor %+v after %d", ts, end)
			}
			end, names[ts.Name] = ts.Offset+ts.Len, true
		}
		if end > n {
			t.Errorf("tensors end at %d of %d", end, n)
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Config){
		"width 0":         func(c *Config) { c.Width = 0 },
		"heads":           func(c *Config) { c.Heads = 5 },
		"no heads":        func(c *Config) { c.Heads = 0 },
		"layers":          func(c *Config) { c.Encoder = 1 << 20 },
		"no decoder":      func(c *Config) { c.Decoder = 0 },
		"vocabulary":      func(c *Config) { c.Vocabulary = 1 << 30 },
		"no levels":       func(c *Config) { c.Levels = nil },
		"level of none":   func(c *Config) { c.Levels = []int{4, 0} },
		"level too large": func(c *Config) { c.Levels = []int{1 << 20} },
		"ffn":             func(c *Config) { c.FFN = -1 },
		"places":          func(c *Config) { c.Places = 0 },
		"sense":           func(c *Config) { c.Sense = -1 },
	} {
		c := shape(true, true)
		spoil(c)
		if c.Check() == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if err := shape(true, true).Check(); err != nil {
		t.Error(err)
	}
}
