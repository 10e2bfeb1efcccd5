package index

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/core/search"
	"ace/train/feature"
	"ace/train/media"
)

// with and without are bundles with items more or less.
func with(t *testing.T, file []byte, c *media.Collection) []byte {
	t.Helper()
	ctx, k := context.Background(), catalogueOf(t, file)
	f, err := k.Frozen(ctx)
	if err != nil {
		t.Fatal(err)
	}
	seen, err := f.Projection.Extract(ctx, c, feature.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !k.BringWords(made.words, seen.Items) {
		t.Fatal("the word vectors are strange")
	}
	if err := k.Add(f, seen, seen.Items); err != nil {
		t.Fatal(err)
	}
	b, err := k.Bundle(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return fileOf(t, b)
}

func without(t *testing.T, file []byte, ids []string) []byte {
	t.Helper()
	k := catalogueOf(t, file)
	k.Keep(func(i int) bool { return !slices.Contains(ids, k.Items()[i].ID) })
	b, err := k.Bundle(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return fileOf(t, b)
}

func catalogueOf(t *testing.T, file []byte) *Catalogue {
	t.Helper()
	k, err := ReadCatalogue(context.Background(), open(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return k
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
	old := bundleOf(t, trained(t))
	rng := rand.New(rand.NewPCG(5, 6))
	grown := with(t, with(t, old, part(first, 47)), part(47, 60))
	a, b := catalogueOf(t, old), catalogueOf(t, grown)
	if len(b.col.Items) != 60 || len(b.added) == 0 {
		t.Fatalf("%d items, %d words that came with them: the test is to see some", len(b.col.Items), len(b.added))
	}
	came := idsOf(made.col.Items[first:])
	for i, it := range b.col.Items {
		if b.col.Added[i] != slices.Contains(came, it.ID) {
			t.Errorf("item %s is said to be added: %v", it.ID, b.col.Added[i])
		}
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
		file, ids := grown, idsOf(made.col.Items[first:])
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
	gone := idsOf(made.col.Items[5:17])
	less := without(t, grown, gone)
	if !slices.Equal(less, without(t, without(t, grown, gone[7:]), gone[:7])) {
		t.Error("removing in two steps gives another bundle")
	}
	left := map[string]bool{}
	for _, it := range catalogueOf(t, less).Items() {
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
	r, err := search.Open(ctx, open(t, file))
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
