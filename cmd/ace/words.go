package main

import (
	"context"
	"fmt"

	"ace/assets"
	"ace/core/bundle"
	"ace/core/sense"
)

// baseWords are the built-in word vectors.
func baseWords(ctx context.Context) (*sense.Table, error) {
	c, err := bundle.OpenBytes(ctx, assets.Base())
	if err != nil {
		return nil, fmt.Errorf("the built-in word vectors: %w", err)
	}
	t, err := sense.Read(ctx, c, assets.BaseSection)
	if err != nil {
		return nil, fmt.Errorf("the built-in word vectors: %w", err)
	}
	return t, nil
}
