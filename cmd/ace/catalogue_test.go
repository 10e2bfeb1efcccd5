package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/core/search"
	"ace/train/corpus"
	"ace/train/feature"
	"ace/train/media"
)

// pictures writes so many pictures with words and gives them as a collection.
// Each has words of its own, some of which only a later one brings.
func pictures(t *testing.T, n int) *media.Collection {
	t.Helper()
	dir := t.TempDir()
	c := &media.Collection{Root: dir, Total: n}
	animals := []string{"dog", "horse", "eagle", "salmon", "lizard", "beetle", "walrus"}
	places := []string{"river", "bridge", "meadow", "harbour", "glacier", "orchard", "lighthouse", "quarry"}
	rare := []string{"platypus", "pomegranate", "gondola", "chrysanthemum", "trombone"}
	for i := range n {
		file := fmt.Sprintf("%03d.png", i)
		if err := os.WriteFile(filepath.Join(dir, file), drawPNG(i), 0o666); err != nil {
			t.Fatal(err)
		}
		a, p := animals[i%len(animals)], places[i/3%len(places)]
		if i >= 40 {
			a = rare[i%len(rare)]
		}
		c.Items = append(c.Items, core.Item{ID: file[:3], File: file, Title: a + " " + p,
			Captions: []string{fmt.Sprintf("a %s by the %s", a, p), fmt.Sprintf("the %s has a %s", p, a)}})
		c.Rows = append(c.Rows, i)
	}
	return c
}

// part is items from..to-1 of a collection.
func part(c *media.Collection, from, to int) *media.Collection {
	p := &media.Collection{Root: c.Root, Total: to - from, Items: c.Items[from:to]}
	for i := range p.Items {
		p.Rows = append(p.Rows, i)
	}
	return p
}

// small is a bundle of a collection, trained for a moment.
func small(t *testing.T, c *media.Collection) []byte {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	ctx, o := context.Background(), newTerm(null, null)
	f, err := feature.Extract(ctx, c, feature.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	col := collection{f.Root, f.Items}
	m, err := understand(ctx, o, col, f, "tiny", 1)
	if err != nil {
		t.Fatal(err)
	}
	ids, _, err := (&identifyFlags{Method: "rqvae"}).identifiers(ctx, o, col, m)
	if err != nil {
		t.Fatal(err)
	}
	var j journal
	x, _, err := (&fitFlags{Size: "tiny", Epochs: 3, Seed: 1, Fusion: "both"}).train(ctx, o, col, m, ids, checkpoint{filepath.Join(t.TempDir(), "state"), "run"}, &j)
	if err != nil {
		t.Fatal(err)
	}
	b, rest, err := x.bundle(col.items, corpus.Words(corpus.Read(col.items)), x.dual.Items)
	if err != nil {
		t.Fatal(err)
	}
	x.freeze(b, rest)
	b.SetMeta("title", "<animals> & places")
	return fileOf(t, b)
}

func fileOf(t *testing.T, b *bundle.Builder) []byte {
	t.Helper()
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func catalogueOf(t *testing.T, file []byte) *catalogue {
	t.Helper()
	c, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	k := &catalogue{c: c}
	if err := k.read(context.Background()); err != nil {
		t.Fatal(err)
	}
	return k
}

// with and without are bundles with items more or less.
func with(t *testing.T, file []byte, c *media.Collection) []byte {
	t.Helper()
	ctx, k := context.Background(), catalogueOf(t, file)
	f, err := readFrozen(ctx, k)
	if err != nil {
		t.Fatal(err)
	}
	seen, err := f.projection.Extract(ctx, c, feature.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := k.bringWords(ctx, seen.Items); err != nil || !ok {
		t.Fatal("the word vectors are strange", err)
	}
	if err := k.add(f, seen, seen.Items); err != nil {
		t.Fatal(err)
	}
	b, err := k.bundle(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return fileOf(t, b)
}

func without(t *testing.T, file []byte, ids []string) []byte {
	t.Helper()
	k := catalogueOf(t, file)
	gone, err := k.find("bundle", ids)
	if err != nil {
		t.Fatal(err)
	}
	k.keep(func(i int) bool { return !gone[i] })
	b, err := k.bundle(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return fileOf(t, b)
}

func idsOf(items []core.Item) (ids []string) {
	for i := range items {
		ids = append(ids, items[i].ID)
	}
	return ids
}

// Items that come and go leave no trace: add and then remove, in parts and in any
// order, gives the bundle byte for byte; so every answer is what it was. What was
// learnt is never written anew.
func TestItemsComeAndGo(t *testing.T) {
	all := pictures(t, 60)
	old := small(t, part(all, 0, 40))
	rng := rand.New(rand.NewPCG(5, 6))
	grown := with(t, with(t, old, part(all, 40, 47)), part(all, 47, 60))
	a, b := catalogueOf(t, old), catalogueOf(t, grown)
	if len(b.col.Items) != 60 || len(b.added) == 0 {
		t.Fatalf("%d items, %d words that came with them: the test is to see some", len(b.col.Items), len(b.added))
	}
	for _, s := range a.c.Sections() {
		if partOf(s.Name) != "" {
			continue
		}
		if i := slices.IndexFunc(b.c.Sections(), func(o bundle.SectionInfo) bool { return o == s }); i < 0 {
			t.Errorf("section %s is another", s.Name)
		}
	}
	for range 2 {
		file, ids := grown, idsOf(all.Items[40:])
		rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		for len(ids) > 0 {
			n := 1 + rng.IntN(len(ids))
			file, ids = without(t, file, ids[:n]), ids[n:]
		}
		if !slices.Equal(file, old) {
			t.Fatal("what came and went left a trace")
		}
	}

	// Of the old ones too: in two steps or in one; and by identifiers alone a bundle
	// without items answers as one that may not show them.
	gone := idsOf(all.Items[5:17])
	less := without(t, grown, gone)
	if !slices.Equal(less, without(t, without(t, grown, gone[7:]), gone[:7])) {
		t.Error("removing in two steps gives another bundle")
	}
	left := map[string]bool{}
	for _, it := range catalogueOf(t, less).col.Items {
		left[it.ID] = true
	}
	for _, q := range []string{"dog by the river", "a walrus", "the lighthouse", "glacier eagle"} {
		x, y := answer(t, less, q, nil), answer(t, grown, q, left)
		if !slices.Equal(idsOf(x), idsOf(y)) {
			t.Errorf("%s: %v without them, %v when they are not allowed", q, idsOf(x), idsOf(y))
		}
	}
}

// answer is a pure search's, of all items or of those allowed.
func answer(t *testing.T, file []byte, text string, allowed map[string]bool) (items []core.Item) {
	t.Helper()
	ctx := context.Background()
	c, err := bundle.OpenBytes(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := search.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	o := search.Options{Pure: true}
	if allowed != nil {
		if o.Within, err = r.Select(ctx, search.Selection{IDs: allowed}); err != nil {
			t.Fatal(err)
		}
	}
	a, err := r.Search(ctx, text, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range a.Hits {
		items = append(items, h.Item)
	}
	return items
}
