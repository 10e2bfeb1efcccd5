package main

import (
	"context"
	"fmt"

	"ace/assets"
	"ace/core/sense"
)

// baseWords are the built-in word vectors.
func baseWords(ctx context.Context) (*sense.Table, error) {
	t, err := sense.ReadFile(ctx, assets.Base(), assets.BaseSection)
	if err != nil {
		return nil, fmt.Errorf("the built-in word vectors: %w", err)
	}
	return t, nil
}
