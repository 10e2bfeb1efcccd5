package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ace/core/bundle"
	"ace/core/search"
	"ace/core/sense"
	"ace/core/text"
)

// catalogue is what of a bundle goes with its items. All else of the bundle, what
// was learnt above all, stays byte for byte when items come and go.
type catalogue struct {
	c     *bundle.Container
	col   search.Collection
	vocab *text.Vocabulary
	// The items' vectors in their order, as they are stored: codes [N, width] and a
	// scale for each; nil without vectors.
	width  int
	codes  []int8
	scales []float32
	table  *sense.Table                // nil without word vectors
	added  []string                    // words that came to the table with items that were added
	about  func(*bundle.Builder) error // says of the collection what is no longer as it was; nil: all stays
}

// openCatalogue opens a bundle whose items are to change.
func openCatalogue(ctx context.Context, path string) (*catalogue, error) {
	c, err := openContainer(ctx, path)
	if err != nil {
		return nil, err
	}
	if c.Kind() != bundle.Bundle {
		return nil, hint(fmt.Errorf("%s holds %s, not a bundle", path, c.Kind()), "give SITE/bundle, where SITE is what `ace build -o` named")
	}
	k := &catalogue{c: c}
	if err := k.read(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return k, nil
}

func (k *catalogue) read(ctx context.Context) error {
	col, err := search.ReadItems(ctx, k.c)
	if err != nil {
		return err
	}
	k.col = *col
	if k.vocab, err = search.ReadVocabulary(ctx, k.c); err != nil {
		return err
	}
	if k.table, err = search.ReadSense(ctx, k.c); err != nil {
		return err
	}
	if k.c.Has(tensorItems) {
		var shape []int
		if k.codes, k.scales, shape, err = k.c.Int8s(ctx, tensorItems); err != nil {
			return err
		}
		if len(shape) != 2 || shape[0] != len(k.col.Items) || len(k.scales) != shape[0] {
			return fmt.Errorf("tensor %s of shape %v with %d scales for %d items", tensorItems, shape, len(k.scales), len(k.col.Items))
		}
		k.width = shape[1]
	}
	return k.readAdded(ctx)
}

// tensorItems is the name of the items' vectors in section dual.
const tensorItems = "dual.items"

// pick keeps the items at these places.
func (k *catalogue) pick(places []int) {
	old := *k
	k.col.Items, k.col.IDs, k.codes, k.scales = nil, nil, nil, nil
	for _, i := range places {
		k.col.Items, k.col.IDs = append(k.col.Items, old.col.Items[i]), append(k.col.IDs, old.col.IDs[i])
		if old.width > 0 {
			k.codes = append(k.codes, old.codes[i*k.width:(i+1)*k.width]...)
			k.scales = append(k.scales, old.scales[i])
		}
	}
}

// ids are those of the items.
func (k *catalogue) ids() map[string]int {
	at := make(map[string]int, len(k.col.Items))
	for i := range k.col.Items {
		at[k.col.Items[i].ID] = i
	}
	return at
}

// some names a few of many.
func some(ids []string) string {
	const shown = 5
	slices.Sort(ids)
	if len(ids) <= shown {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:shown], ", "), len(ids)-shown)
}
