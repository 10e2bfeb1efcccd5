package exam

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/model"
	"ace/core/search"
	"ace/core/sense"
	"ace/core/text"
)

// shelf is a bundle of a network of random weights over 30 items, each of which has
// a word of its own; every third is a sound. Without hybrid it is searched by
// identifiers alone.
func shelf(t *testing.T, hybrid bool) (*search.Retriever, []core.Item) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	draw := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(rng.NormFloat64()) / 4
		}
		return x
	}
	c := search.Collection{Levels: []int{6, 8}}
	var words []string
	for i := range 30 {
		words = append(words, string("bdfgk"[i%5])+string("aeiou"[i/5%5])+string("lmnrst"[i%6])+"o")
		kind := core.Image
		if i%3 == 0 {
			kind = core.Audio
		}
		c.Items = append(c.Items, core.Item{ID: fmt.Sprint("n", i), File: fmt.Sprint(i), Kind: kind, Title: words[i]})
		c.IDs = append(c.IDs, core.ID{core.Token(i % 6), core.Token(i / 6)})
	}
	v := text.Learn(words, 500)
	cfg := &model.Config{Width: 16, Heads: 2, FFN: 16, Encoder: 1, Decoder: 1, Vocabulary: v.Size(), Places: 6, Levels: c.Levels, Coarse: true, Fine: true}
	if hybrid {
		cfg.Sense = 8
	}
	_, n := cfg.Layout()
	b := bundle.NewBuilder(bundle.Bundle)
	if err := errors.Join(search.WriteModel(b, cfg, draw(n), v, bundle.F32), search.WriteItems(b, c)); err != nil {
		t.Fatal(err)
	}
	if hybrid {
		table, err := sense.New(words, draw(len(words)*8), 8)
		if err != nil {
			t.Fatal(err)
		}
		var said [][]lexicon.Word
		for _, i := range c.Order() {
			said = append(said, []lexicon.Word{{Word: words[i], Weight: 1}})
		}
		d := &dual.Index{Width: 4, Pieces: draw(v.Size() * 4), Sense: draw(8 * 4), Items: draw(30 * 4)}
		search.WriteWords(b, lexicon.Collect(said), table, d, search.Mix{Path: 0.1, Words: 9}, search.Trust{})
	}
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	in, err := bundle.OpenBytes(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := search.Open(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	items, err := r.Items(ctx, 0, len(c.Items))
	if err != nil {
		t.Fatal(err)
	}
	return r, items
}

// ask are questions for the titles of these items.
func ask(items []core.Item) (list []Question) {
	for _, it := range items {
		list = append(list, Question{Query: it.Title, Relevant: []string{it.ID}, Modality: it.Kind.String()})
	}
	return list
}

// A hybrid search that goes by the items' words finds each by its own; identifiers
// of random weights do not. Every answer is an item that may be answered with.
func TestAsk(t *testing.T) {
	ctx := context.Background()
	r, items := shelf(t, true)
	e, err := New(ctx, r, items, ask(items), Options{Beams: search.DefaultBeam})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	e.Progress = func(stage string, done, total int) {
		if told++; stage != "eval" || done != (told-1)%30+1 || total != 30 {
			t.Errorf("told of %s, %d of %d", stage, done, total)
		}
	}
	systems, firsts, err := e.Ask(ctx, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(systems) != 2 || systems[0].Mode != "hybrid" || systems[1].Mode != "pure" || len(firsts) != 30 || told != 60 {
		t.Fatalf("%d systems %+v, %d firsts, told %d times", len(systems), systems, len(firsts), told)
	}
	if h, p := systems[0], systems[1]; h.R1 != 100 || p.R1 > 50 || h.Valid != 1 || p.Valid != 1 || len(h.Survival) != 2 || h.P50 <= 0 || h.P95 < h.P50 {
		t.Errorf("hybrid %+v, pure %+v", h, p)
	}
	for i, f := range firsts {
		if !f.Right {
			t.Errorf("question %d: the first hit is wrong", i)
		}
	}
	if pure, none, err := e.Ask(ctx, true); err != nil || len(pure) != 1 || pure[0].Mode != "pure" || none != nil {
		t.Errorf("pure alone: %+v, %v, error %v", pure, none, err)
	}

	r, items = shelf(t, false)
	if e, err = New(ctx, r, items, ask(items[:3]), Options{Beams: 5}); err != nil {
		t.Fatal(err)
	}
	if s, none, err := e.Ask(ctx, false); err != nil || len(s) != 1 || s[0].Mode != "pure" || none != nil {
		t.Errorf("a bundle of identifiers alone: %+v, %v, error %v", s, none, err)
	}
}

// ranker knows all answers, and says what it may answer with.
type ranker struct{ allowed []int }

func (r *ranker) Rank(query string, relevant map[int]bool, allowed func(int) bool) int {
	r.allowed = nil
	for i := range 30 {
		if allowed == nil || allowed(i) {
			r.allowed = append(r.allowed, i)
		}
	}
	return len(relevant)
}

func (r *ranker) Setting() string { return "as it is" }

// A pool and the kind of a question hold for all that is asked, and unknown items
// are named.
func TestCandidates(t *testing.T) {
	ctx := context.Background()
	r, items := shelf(t, true)
	pool := map[string]bool{}
	for i := range 10 {
		pool[items[i].ID] = true
	}
	of := func(may func(i int) bool) (n int) {
		for i := range items {
			if may(i) {
				n++
			}
		}
		return n
	}
	pooled, sounds := func(i int) bool { return i < 10 }, func(i int) bool { return items[i].Kind == core.Audio }
	question := []Question{{Query: items[0].Title, Relevant: []string{items[0].ID, items[1].ID}, Modality: "audio"}}
	for name, c := range map[string]struct {
		o    Options
		want int
	}{
		"all":        {Options{}, 30},
		"a pool":     {Options{Pool: pool}, of(pooled)},
		"a kind":     {Options{ByKind: true}, of(sounds)},
		"both":       {Options{Pool: pool, ByKind: true}, of(func(i int) bool { return pooled(i) && sounds(i) })},
		"empty pool": {Options{Pool: map[string]bool{}}, 0},
	} {
		e, err := New(ctx, r, items, question, c.o)
		if err != nil {
			t.Fatal(err)
		}
		var k ranker
		if s := e.AskRanker("k", &k); s.Name != "k" || s.Setting != "as it is" || s.R1 != 0 || s.R5 != 100 || s.MRR10 != 50 || s.Valid != 1 || len(k.allowed) != c.want {
			t.Errorf("%s: %+v among %v, want %d", name, s, k.allowed, c.want)
		}
	}
	var unknown *UnknownError
	if _, err := New(ctx, r, items, append(question, Question{Relevant: []string{"n30"}}), Options{}); !errors.As(err, &unknown) || unknown.Question != 2 || unknown.ID != "n30" {
		t.Errorf("error %v", err)
	}
}
