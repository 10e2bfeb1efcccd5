package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ace/core/bundle"
	"ace/train/index"
)

// openCatalogue opens a bundle whose items are to change.
func openCatalogue(ctx context.Context, path string) (*index.Catalogue, error) {
	c, err := openContainer(ctx, path)
	if err != nil {
		return nil, err
	}
	if c.Kind() != bundle.Bundle {
		return nil, hint(fmt.Errorf("%s holds %s, not a bundle", path, c.Kind()), "give SITE/bundle, where SITE is what `ace build -o` named")
	}
	k, err := index.ReadCatalogue(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return k, nil
}

// readFrozen reads from the bundle at a path what new items get their places by.
func readFrozen(ctx context.Context, k *index.Catalogue, path string) (*index.Frozen, error) {
	f, err := k.Frozen(ctx)
	if err == nil {
		return f, nil
	}
	err = fmt.Errorf("%s: %w", path, err)
	if errors.Is(err, index.ErrFixed) {
		err = hint(err, "it was built by an older ace, or with --method hkmeans or random: add the items to the list that it was built from, and `ace build` again")
	}
	return nil, err
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
