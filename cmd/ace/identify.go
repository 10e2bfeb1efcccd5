package main

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"ace/core/bundle"
	"ace/train/feature"
	"ace/train/identify"
)

type identifyCmd struct {
	Features string `arg:"" help:"The file that extract wrote."`
	Out      string `short:"o" required:"" placeholder:"FILE" help:"Where the identifiers go."`
	Seed     uint64 `default:"1" placeholder:"N" help:"Same vectors and seed, same identifiers."`
}

// metaReport is the key of identify.Report in a container of identifiers.
const metaReport = "report"

func (c *identifyCmd) Run(ctx context.Context, t *out) error {
	in, err := stepInput(ctx, c.Features, bundle.Features, "extract")
	if err != nil {
		return err
	}
	f, err := feature.Load(ctx, in)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Features, err)
	}
	ids, report, err := identifiers(ctx, t, f.X, f.N, f.D, c.Seed)
	if err != nil {
		return err
	}
	b := bundle.NewBuilder(bundle.Identifiers)
	if err := writeCollection(b, collection{f.Root, f.Items}); err != nil {
		return err
	}
	ids.Save(b)
	b.SetMeta(metaReport, report)
	if err := writeContainer(c.Out, b); err != nil {
		return err
	}
	t.print("%s: %d identifiers of %d levels %v", c.Out, len(ids.IDs), len(ids.Sizes), ids.Sizes)
	return nil
}

// identifiers gives the vectors x [n, d] theirs and says how good they are.
func identifiers(ctx context.Context, t *out, x []float32, n, d int, seed uint64) (*identify.Identifiers, identify.Report, error) {
	cfg := identify.Default(n, d)
	cfg.Seed = seed
	ids, err := identify.Train(ctx, x, n, d, cfg, func(p identify.Progress) {
		var more []string
		if p.Loss > 0 && !math.IsInf(p.Loss, 0) {
			more = []string{"loss", strconv.FormatFloat(p.Loss, 'g', 4, 64)}
		}
		t.progress(p.Stage, p.Done, p.Total, more...)
	})
	if err != nil {
		return nil, identify.Report{}, err
	}
	report, err := identify.Assess(ids, x, seed)
	return ids, report, err
}
