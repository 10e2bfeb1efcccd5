package search

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/core/beam"
	"ace/core/bundle"
	"ace/core/model"
	"ace/core/text"
)

// collectionOf makes n items of all kinds with identifiers, some of them shared.
func collectionOf(n int) Collection {
	rng := rand.New(rand.NewPCG(1, 9))
	c := Collection{Levels: []int{5, 4, 300}}
	for i := range n {
		c.Items = append(c.Items, core.Item{ID: fmt.Sprint("item", i), File: fmt.Sprintf("media/%d.png", i), Kind: core.Kind(i % core.Kinds),
			Captions: []string{fmt.Sprint("thing number ", i)}, Meta: map[string]string{"parity": []string{"even", "odd"}[i%2]}})
		c.IDs = append(c.IDs, core.ID{core.Token(rng.IntN(5)), core.Token(rng.IntN(4)), core.Token(rng.IntN(300))})
	}
	return c
}

// written is a bundle of a collection with a network of random weights.
func written(t testing.TB, c Collection, dtype bundle.DType) *bundle.Container {
	t.Helper()
	var texts []string
	for i := range c.Items {
		texts = append(texts, c.Items[i].Captions...)
	}
	v := text.Learn(texts, 1200)
	cfg := &model.Config{Width: 8, Heads: 2, FFN: 12, Encoder: 1, Decoder: 1, Vocabulary: v.Size(), Places: 4, Levels: c.Levels, Coarse: true, Fine: true}
	_, n := cfg.Layout()
	rng := rand.New(rand.NewPCG(3, 3))
	params := make([]float32, n)
	for i := range params {
		params[i] = float32(rng.NormFloat64() * 0.4)
	}
	b := bundle.NewBuilder(bundle.Bundle)
	if err := WriteModel(b, cfg, params, v, dtype); err != nil {
		t.Fatal(err)
	}
	if err := WriteItems(b, c); err != nil {
		t.Fatal(err)
	}
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	out, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func opened(t testing.TB, c Collection, dtype bundle.DType) *Retriever {
	t.Helper()
	r, err := Open(context.Background(), written(t, c, dtype))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEveryAnswerExists(t *testing.T) {
	ctx := context.Background()
	c := collectionOf(1100) // three shards
	byID := map[string]int{}
	for i := range c.Items {
		byID[c.Items[i].ID] = i
	}
	for _, dtype := range []bundle.DType{bundle.F32, bundle.F16, bundle.I8} {
		r := opened(t, c, dtype)
		for _, q := range []string{"thing number 7", "zzz", "鸭", "!", "\xff", strings.Repeat("number ", 900)} {
			a, err := r.Search(ctx, q, Options{Limit: 30})
			if err != nil {
				t.Fatal(err)
			}
			if q == "\xff" {
				if len(a.Hits) != 0 {
					t.Errorf("a query without words has %d hits", len(a.Hits))
				}
				continue
			}
			if len(a.Hits) != 30 || a.Mode != "pure" || a.Device == "" {
				t.Errorf("%q: %d hits, %+v", q, len(a.Hits), a.MS)
			}
			seen := map[string]bool{}
			last := math.Inf(1)
			for _, h := range a.Hits {
				i, ok := byID[h.Item.ID]
				if !ok || seen[h.Item.ID] || !slices.Equal(h.Identifier, c.IDs[i]) || h.Item.File != c.Items[i].File {
					t.Fatalf("%q: hit %+v is no item, or twice", q, h)
				}
				seen[h.Item.ID] = true
				if h.Score > last || h.Confidence < 0 || h.Confidence > 1 || math.IsNaN(h.Score) {
					t.Fatalf("%q: score %v after %v, confidence %v", q, h.Score, last, h.Confidence)
				}
				last = h.Score
			}
		}
	}
}

// TestFilterIsExact: a filtered search with enough beams returns just the
// allowed items in the order of the unfiltered one.
func TestFilterIsExact(t *testing.T) {
	ctx := context.Background()
	r := opened(t, collectionOf(90), bundle.F32)
	all, err := r.Search(ctx, "thing number 3", Options{Limit: 1000})
	if err != nil || len(all.Hits) != 90 {
		t.Fatal(err, len(all.Hits))
	}
	audio := core.Audio
	odd := Filter{"parity": {"odd"}}
	some := map[string]bool{"item4": true, "item70": true, "nothing": true}
	ids, err := r.Select(ctx, Selection{IDs: some})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		o    Options
		keep func(core.Item) bool
	}{
		"kind":    {Options{Kind: &audio}, func(it core.Item) bool { return it.Kind == audio }},
		"meta":    {Options{Filter: odd}, func(it core.Item) bool { return it.Meta["parity"] == "odd" }},
		"both":    {Options{Kind: &audio, Filter: odd}, func(it core.Item) bool { return it.Kind == audio && it.Meta["parity"] == "odd" }},
		"ids":     {Options{Within: ids}, func(it core.Item) bool { return some[it.ID] }},
		"nothing": {Options{Filter: Filter{"parity": {"none"}}}, func(core.Item) bool { return false }},
	} {
		c.o.Limit = 1000
		got, err := r.Search(ctx, "thing number 3", c.o)
		if err != nil {
			t.Fatal(err)
		}
		var want []core.Hit
		for _, h := range all.Hits {
			if c.keep(h.Item) {
				want = append(want, h)
			}
		}
		same := func(a, b core.Hit) bool { return a.Index == b.Index && math.Abs(a.Score-b.Score) < 1e-5 }
		if !slices.EqualFunc(got.Hits, want, same) {
			t.Errorf("%s: %d hits, want %d in the same order", name, len(got.Hits), len(want))
		}
	}
}

func TestTimesAndTrace(t *testing.T) {
	r := opened(t, collectionOf(50), bundle.F32)
	tick := 0.0
	levels := 0
	a, err := r.Search(context.Background(), "thing", Options{Now: func() float64 { tick++; return tick }, Trace: func(l int, beams []beam.Path) {
		if l != levels || len(beams) == 0 {
			t.Errorf("level %d with %d beams", l, len(beams))
		}
		levels++
	}})
	if err != nil {
		t.Fatal(err)
	}
	if a.MS.Encode <= 0 || a.MS.Decode <= 0 || a.MS.Total < a.MS.Encode+a.MS.Decode || levels != 3 || len(a.Hits) != 10 {
		t.Errorf("%+v, %d levels, %d hits", a.MS, levels, len(a.Hits))
	}
	tick = 100
	none := Filter{"parity": {"none"}}
	if a, err := r.Search(context.Background(), "thing", Options{Filter: none, Now: func() float64 { tick++; return tick }}); err != nil || len(a.Hits) != 0 || a.MS.Encode < 0 || a.MS.Decode < 0 {
		t.Errorf("a search for nothing: %v, %+v", err, a)
	}
	if a, err := r.Search(context.Background(), "  ", Options{}); err != nil || len(a.Hits) != 0 {
		t.Error("an empty query has answers", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Search(ctx, "thing", Options{}); err == nil {
		t.Error("a cancelled search answered")
	}
}

func TestItems(t *testing.T) {
	r := opened(t, collectionOf(600), bundle.I8)
	all, err := r.Items(context.Background(), -5, 10000)
	if err != nil || len(all) != 600 || r.Info().Items != 600 || r.Info().Kinds["audio"] != 200 || r.Info().Parameters == 0 || r.Info().Bytes == 0 {
		t.Fatal(err, len(all), r.Info())
	}
	one := opened(t, collectionOf(1), bundle.I8)
	a, err := one.Search(context.Background(), "thing", Options{})
	if err != nil || len(a.Hits) != 1 {
		t.Error("a collection of one", err, len(a.Hits))
	}
}

// TestSameBytes: a bundle depends on nothing but what is in it.
func TestSameBytes(t *testing.T) {
	if a, b := written(t, collectionOf(700), bundle.I8), written(t, collectionOf(700), bundle.I8); a.Sum() != b.Sum() {
		t.Error("the same collection gives other bytes")
	}
}

// TestOpenRefuses: what does not fit together is refused with an error.
func TestOpenRefuses(t *testing.T) {
	base := func() (Collection, *model.Config, *text.Vocabulary, []float32) {
		c := collectionOf(20)
		v := text.Learn([]string{"thing number"}, 1100)
		cfg := &model.Config{Width: 8, Heads: 2, FFN: 12, Encoder: 1, Decoder: 1, Vocabulary: v.Size(), Places: 4, Levels: c.Levels}
		_, n := cfg.Layout()
		return c, cfg, v, make([]float32, n)
	}
	for name, build := range map[string]func(b *bundle.Builder) error{
		"no model": func(b *bundle.Builder) error { c, _, _, _ := base(); return WriteItems(b, c) },
		"no items": func(b *bundle.Builder) error { _, cfg, v, p := base(); return WriteModel(b, cfg, p, v, bundle.I8) },
		"other levels": func(b *bundle.Builder) error {
			c, cfg, v, p := base()
			c.Levels = []int{5, 4, 301}
			if err := WriteModel(b, cfg, p, v, bundle.I8); err != nil {
				return err
			}
			return WriteItems(b, c)
		},
		"other config": func(b *bundle.Builder) error {
			c, cfg, v, p := base()
			if err := WriteModel(b, cfg, p, v, bundle.I8); err != nil {
				return err
			}
			wider := *cfg
			wider.Width = 16
			b.SetMeta(MetaModel, wider)
			return WriteItems(b, c)
		},
		"huge config": func(b *bundle.Builder) error {
			c, cfg, v, p := base()
			if err := WriteModel(b, cfg, p, v, bundle.I8); err != nil {
				return err
			}
			huge := *cfg
			huge.Vocabulary = 1 << 24
			huge.Width, huge.Heads = 4096, 8
			b.SetMeta(MetaModel, huge)
			return WriteItems(b, c)
		},
		"fewer items": func(b *bundle.Builder) error {
			c, cfg, v, p := base()
			if err := WriteModel(b, cfg, p, v, bundle.I8); err != nil {
				return err
			}
			err := WriteItems(b, c)
			b.SetMeta(MetaItems, itemsMeta{Count: 19, Shard: 512})
			return err
		},
	} {
		b := bundle.NewBuilder(bundle.Bundle)
		if err := build(b); err != nil {
			t.Fatal(name, err)
		}
		file, err := b.File()
		if err != nil {
			t.Fatal(name, err)
		}
		src, err := bundle.FromBytes(file)
		if err != nil {
			t.Fatal(name, err)
		}
		c, err := bundle.Open(context.Background(), src)
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := Open(context.Background(), c); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}
