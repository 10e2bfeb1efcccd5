package index

import (
	"context"
	"fmt"
	"slices"

	"ace/core"
	"ace/core/bundle"
	"ace/core/search"
	"ace/core/sense"
	"ace/core/text"
	"ace/train/feature"
)

// Catalogue is a bundle whose items are to come and go. All else of the bundle,
// what was learnt above all, stays byte for byte.
type Catalogue struct {
	c     *bundle.Container
	col   search.Collection
	vocab *text.Vocabulary
	// The items' vectors in their order, as they are stored: codes [N, width] and a
	// scale for each; nil without vectors.
	width  int
	codes  []int8
	scales []float32
	table  *sense.Table // nil without word vectors
	added  []string     // words that came to the table with items that were added
}

// tensorItems is the name of the items' vectors in section dual.
const tensorItems = "dual.items"

// ReadCatalogue reads what of a bundle goes with its items.
func ReadCatalogue(ctx context.Context, c *bundle.Container) (*Catalogue, error) {
	k := &Catalogue{c: c}
	col, err := search.ReadItems(ctx, c)
	if err != nil {
		return nil, err
	}
	if k.col = *col; k.col.Added == nil {
		k.col.Added = make([]bool, len(k.col.Items))
	}
	if k.vocab, err = search.ReadVocabulary(ctx, c); err != nil {
		return nil, err
	}
	if k.table, err = search.ReadSense(ctx, c); err != nil {
		return nil, err
	}
	if c.Has(tensorItems) {
		var shape []int
		if k.codes, k.scales, shape, err = c.Int8s(ctx, tensorItems); err != nil {
			return nil, err
		}
		if len(shape) != 2 || shape[0] != len(k.col.Items) || len(k.scales) != shape[0] {
			return nil, fmt.Errorf("tensor %s of shape %v with %d scales for %d items", tensorItems, shape, len(k.scales), len(k.col.Items))
		}
		k.width = shape[1]
	}
	return k, k.readAdded(ctx)
}

// Items are those of the bundle as they are now. The caller does not change them.
func (k *Catalogue) Items() []core.Item { return k.col.Items }

// Places are the numbers of the items by their ids.
func (k *Catalogue) Places() map[string]int {
	at := make(map[string]int, len(k.col.Items))
	for i := range k.col.Items {
		at[k.col.Items[i].ID] = i
	}
	return at
}

// HasWords tells whether word vectors are part of the bundle.
func (k *Catalogue) HasWords() bool { return k.table != nil }

// Keep takes out the items of which stays is false, with the words that only they
// brought along.
func (k *Catalogue) Keep(stays func(i int) bool) {
	var places []int
	for i := range k.col.Items {
		if stays(i) {
			places = append(places, i)
		}
	}
	k.pick(places)
	k.dropWords()
}

// Add puts new items, with their files as the page asks for them, among the others.
// seen is what f.Projection made of their media, in the same order. It is an error,
// and nothing changes, if no identifiers are left for them. The ids must be new.
func (k *Catalogue) Add(f *Frozen, seen *feature.Features, items []core.Item) error {
	ids, vectors, err := f.place(k, seen)
	if err != nil {
		return err
	}
	codes, scales := bundle.Coarsen(vectors, len(items), bundle.Coarse)
	k.col.Items, k.col.IDs = append(k.col.Items, items...), append(k.col.IDs, ids...)
	k.codes, k.scales = append(slices.Clone(k.codes), codes...), append(slices.Clone(k.scales), scales...)
	for range items {
		k.col.Added = append(k.col.Added, true)
	}
	return nil
}

// pick keeps the items at these places.
func (k *Catalogue) pick(places []int) {
	old := *k
	k.col.Items, k.col.IDs, k.col.Added, k.codes, k.scales = nil, nil, nil, nil, nil
	for _, i := range places {
		k.col.Items, k.col.IDs = append(k.col.Items, old.col.Items[i]), append(k.col.IDs, old.col.IDs[i])
		k.col.Added = append(k.col.Added, old.col.Added[i])
		if old.width > 0 {
			k.codes = append(k.codes, old.codes[i*k.width:(i+1)*k.width]...)
			k.scales = append(k.scales, old.scales[i])
		}
	}
}
