package main

import (
	"context"
	"fmt"
	"os"

	"ace/core/bundle"
)

// stepInput opens the file of the step before and checks that it is one.
func stepInput(ctx context.Context, path string, want bundle.Kind, verb string) (*bundle.Container, error) {
	c, err := openContainer(ctx, path)
	if err != nil {
		return nil, err
	}
	return c, checkStep(c, path, want, verb)
}

// stepFile is stepInput of a file that may be large: what of it is asked for is read
// then. done closes it.
func stepFile(ctx context.Context, path string, want bundle.Kind, verb string) (c *bundle.Container, done func(), err error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() { // which says what is wrong with it
		c, err = stepInput(ctx, path, want, verb)
		return c, func() {}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	src, err := bundle.FromFile(f, info.Size())
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if c, err = openSource(ctx, path, src); err != nil {
		return nil, nil, err
	}
	return c, func() { f.Close() }, checkStep(c, path, want, verb)
}

func checkStep(c *bundle.Container, path string, want bundle.Kind, verb string) error {
	if c.Kind() == want {
		return nil
	}
	return hint(fmt.Errorf("%s holds %s, not %s", path, c.Kind(), want), fmt.Sprintf("give the file that `ace %s` wrote", verb))
}
