package main

import (
	"context"
	"slices"

	"ace/core/bundle"
	"ace/core/search"
	"ace/core/sense"
	"ace/train/feature"
	"ace/train/fit"
	"ace/train/identify"
	"ace/train/index"
)

// verifyStep checks what the files between the steps hold, by the readers of the
// steps that take them.
func verifyStep(ctx context.Context, in *bundle.Container, v *verdict) error {
	switch {
	case in.Kind() == bundle.Base:
		t, err := sense.Read(ctx, in, "words")
		if err != nil {
			return err
		}
		v.add("word vectors", "%d of width %d", t.Len(), t.Dim())
		return nil
	case in.Kind() == bundle.Weights && slices.Contains(in.MetaKeys(), fit.MetaState):
		var s fit.StateMeta
		if err := in.Meta(fit.MetaState, &s); err != nil {
			return err
		}
		v.add("checkpoint", "step %d of %d", s.Step, s.Steps)
		return nil
	case in.Kind() != bundle.Features && in.Kind() != bundle.Identifiers && in.Kind() != bundle.Weights:
		v.add("content", "of kind %q, which this version of ace does not know", in.Kind())
		return nil
	}
	col, err := index.ReadCollection(ctx, in)
	if err != nil {
		return err
	}
	v.add("items", "%d", len(col.Items))
	if in.Kind() == bundle.Features {
		f, err := feature.Load(ctx, in)
		if err == nil {
			v.add("vectors", "%d of %d values", f.N, f.D)
		}
		return err
	}
	ids, err := identify.Load(ctx, in)
	if err != nil {
		return err
	}
	v.add("identifiers", "%d of %d levels %v", len(ids.IDs), len(ids.Sizes), ids.Sizes)
	m, err := index.ReadMeaning(ctx, in, col.Items)
	if err != nil {
		return err
	}
	v.add("vocabulary", "%d", m.Vocabulary().Size())
	if in.Kind() == bundle.Weights {
		cfg, _, _, err := search.ReadModel(ctx, in)
		if err != nil {
			return err
		}
		v.add("model", "%d parameters", cfg.Parameters())
	}
	return nil
}
