package main

import (
	"context"
	"fmt"

	"ace/core/bundle"
)

// stepInput opens the file of the step before and checks that it is one.
func stepInput(ctx context.Context, path string, want bundle.Kind, verb string) (*bundle.Container, error) {
	c, err := openContainer(ctx, path)
	if err != nil {
		return nil, err
	}
	if c.Kind() != want {
		return nil, hint(fmt.Errorf("%s holds %s, not %s", path, c.Kind(), want), fmt.Sprintf("give the file that `ace %s` wrote", verb))
	}
	return c, nil
}
