package main

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"ace/core/bundle"
	"ace/train/fit"
)

// metaOf names, in a checkpoint, the inputs and flags that it belongs to; one of
// others is passed over.
const metaOf = "of"

// checkpoint is where a run keeps its state, and the name of the run.
type checkpoint struct{ path, run string }

func (c checkpoint) write(s *fit.State) error {
	b := bundle.NewBuilder(bundle.Weights)
	b.SetMeta(metaOf, c.run)
	s.Write(b)
	return writeContainer(c.path, b)
}

// read returns nil where there is no checkpoint of the same run.
func (c checkpoint) read(ctx context.Context) (*fit.State, error) {
	if _, err := os.Stat(c.path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	in, err := openContainer(ctx, c.path)
	if err != nil {
		return nil, hint(err, "remove it to begin anew")
	}
	var whose string
	if err := in.Meta(metaOf, &whose); err != nil || whose != c.run {
		return nil, nil
	}
	s, err := fit.ReadState(ctx, in)
	if err != nil {
		return nil, hint(err, "remove it to begin anew")
	}
	return s, nil
}

// remove forgets the state of a run that is done.
func (c checkpoint) remove() error {
	if err := os.Remove(c.path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
