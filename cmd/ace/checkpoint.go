package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"ace/core/bundle"
	"ace/train/fit"
)

// A checkpoint is a container of kind weights with the optimiser's vectors. Its
// meta "of" names the inputs and flags that it belongs to; one of others is
// passed over.
const (
	metaOf    = "of"
	metaState = "state"
)

// stateMeta is the part of fit.State that is no vector.
type stateMeta struct {
	Epoch   int       `json:"epoch"`
	Step    int       `json:"step"`
	Steps   int       `json:"steps"`
	Seconds float64   `json:"seconds"`
	FLOP    float64   `json:"flop"`
	Score   fit.Score `json:"score"`
	Top     float64   `json:"top"`
	Bad     int       `json:"bad"`
}

func vectors(s *fit.State) map[string]*[]float32 {
	return map[string]*[]float32{"params": &s.Params, "m": &s.M, "v": &s.V, "best": &s.Best}
}

// checkpoint is where a run keeps its state, and the name of the run.
type checkpoint struct{ path, run string }

func (c checkpoint) write(s *fit.State) error {
	b := bundle.NewBuilder(bundle.Weights)
	b.SetMeta(metaOf, c.run)
	b.SetMeta(metaState, stateMeta{s.Epoch, s.Step, s.Steps, s.Seconds, s.FLOP, s.Score, s.Top, s.Bad})
	vs := vectors(s)
	for _, name := range []string{"params", "m", "v", "best"} {
		if v := *vs[name]; len(v) > 0 {
			b.AddTensor(name, name, bundle.F32, []int{len(v)}, v)
		}
	}
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
	var m stateMeta
	if err := in.Meta(metaState, &m); err != nil {
		return nil, err
	}
	s := &fit.State{Epoch: m.Epoch, Step: m.Step, Steps: m.Steps, Seconds: m.Seconds, FLOP: m.FLOP, Score: m.Score, Top: m.Top, Bad: m.Bad}
	for name, v := range vectors(s) {
		if !in.Has(name) {
			continue
		}
		x, _, err := in.Float32s(ctx, name)
		if err != nil {
			return nil, hint(err, "remove it to begin anew")
		}
		*v = slices.Clone(x)
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
