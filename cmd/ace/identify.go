package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"ace/core"
	"ace/core/bundle"
	"ace/train/feature"
	"ace/train/identify"
	"ace/train/index"
)

// identifyFlags are the flags of build and identify.
type identifyFlags struct {
	Method string  `default:"rqvae" enum:"rqvae,rkmeans,hkmeans,random" placeholder:"M" help:"What identifiers are made by: rqvae, rkmeans, hkmeans or, as a control, random."`
	Levels []int   `placeholder:"C,V" help:"Codes of each level, the coarse one first; chosen by the number of items if absent."`
	Align  float64 `placeholder:"W" help:"With rqvae, the weight of a term that keeps apart in the identifiers what texts tell apart, such as 0.1; 0: none."`
}

// check refuses what no identifiers can be made of.
func (f *identifyFlags) check() error {
	if len(f.Levels) == 1 {
		return usage("--levels %d", "give a coarse level and at least one fine one, such as 48,128,256", f.Levels[0])
	}
	if f.Align < 0 || f.Align > 0 && f.Method != string(identify.RQVAE) {
		return usage("--align %g --method %s", "it is 0 or more, and goes with rqvae alone", f.Align, f.Method)
	}
	return nil
}

// config is the one for n vectors of width d.
func (f *identifyFlags) config(n, d int, seed uint64) identify.Config {
	cfg := identify.Default(n, d)
	cfg.Method, cfg.Seed = identify.Method(f.Method), seed
	if len(f.Levels) > 1 {
		cfg.Coarse, cfg.Fine = f.Levels[0], f.Levels[1:]
	}
	cfg.Align, cfg.Text = f.Align, d
	return cfg
}

type identifyCmd struct {
	Features string `arg:"" help:"The file that extract wrote."`
	Out      string `short:"o" required:"" placeholder:"FILE" help:"Where the identifiers go."`
	Seed     uint64 `default:"1" placeholder:"N" help:"Same vectors and seed, same identifiers."`
	Size     string `default:"small" enum:"tiny,small,base" placeholder:"S" help:"tiny, small or base: of the vocabulary and the items' vectors."`

	identifyFlags `embed:""`
}

// metaReport is the key of identify.Report in a container of identifiers.
const metaReport = "report"

func (c *identifyCmd) Run(ctx context.Context, t *out) error {
	if err := c.check(); err != nil {
		return err
	}
	release, err := claim(c.Out)
	if err != nil {
		return err
	}
	defer release()
	in, done, err := stepFile(ctx, c.Features, bundle.Features, "extract")
	if err != nil {
		return err
	}
	defer done()
	f, err := feature.Load(ctx, in)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Features, err)
	}
	m, err := understand(ctx, t, f, c.Size, c.Seed)
	if err != nil {
		return err
	}
	f.Free()
	ids, report, err := c.identifiers(ctx, t, f.Items, m, c.Seed)
	if err != nil {
		return err
	}
	b := bundle.NewBuilder(bundle.Identifiers)
	if err := errors.Join(index.Collection{Root: f.Root, Items: f.Items}.Write(b), m.Write(b)); err != nil {
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

// identifiers gives the items theirs and says how good they are.
func (f *identifyFlags) identifiers(ctx context.Context, t *out, items []core.Item, m *index.Meaning, seed uint64) (*identify.Identifiers, identify.Report, error) {
	return m.Identify(ctx, items, f.config(len(items), m.Width(), seed), func(p identify.Progress) {
		var more []string
		if p.Loss > 0 && !math.IsInf(p.Loss, 0) {
			more = []string{"loss", strconv.FormatFloat(p.Loss, 'g', 4, 64)}
		}
		t.progress(p.Stage, p.Done, p.Total, more...)
	})
}

// understand learns what the words and media of a collection say.
func understand(ctx context.Context, t *out, f *feature.Features, size string, seed uint64) (*index.Meaning, error) {
	words, err := baseWords(ctx)
	if err != nil {
		return nil, err
	}
	m, err := index.Understand(ctx, f.Items, f, index.Options{Size: size, Seed: seed, Words: words,
		Progress: func(done, total int) { t.progress("understand", done, total) }})
	t.close()
	return m, err
}
