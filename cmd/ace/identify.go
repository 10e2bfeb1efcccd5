package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"ace/core/bundle"
	"ace/core/query"
	"ace/core/search"
	"ace/train/corpus"
	"ace/train/feature"
	"ace/train/identify"
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
	in, err := stepInput(ctx, c.Features, bundle.Features, "extract")
	if err != nil {
		return err
	}
	f, err := feature.Load(ctx, in)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Features, err)
	}
	col := collection{f.Root, f.Items}
	m, err := understand(ctx, t, col, f, c.Size, c.Seed)
	if err != nil {
		return err
	}
	ids, report, err := c.identifiers(ctx, t, col, m)
	if err != nil {
		return err
	}
	b := bundle.NewBuilder(bundle.Identifiers)
	if err := errors.Join(writeCollection(b, col), search.WriteVocabulary(b, m.vocab), m.write(b)); err != nil {
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

// identifiers gives the items of a collection theirs, by their vectors without
// the held-out texts, and says how good they are.
func (f *identifyFlags) identifiers(ctx context.Context, t *out, col collection, m *meaning) (*identify.Identifiers, identify.Report, error) {
	n, d := len(col.items), m.dual.Width
	ids, err := identify.Train(ctx, m.learn, n, d, f.config(n, d, m.seed), func(p identify.Progress) {
		var more []string
		if p.Loss > 0 && !math.IsInf(p.Loss, 0) {
			more = []string{"loss", strconv.FormatFloat(p.Loss, 'g', 4, 64)}
		}
		t.progress(p.Stage, p.Done, p.Total, more...)
	})
	if err != nil {
		return nil, identify.Report{}, err
	}
	report, err := identify.Assess(ids, m.learn, m.seed)
	if err != nil {
		return nil, report, err
	}
	items, held := m.split(col)
	e := query.Encoder{Vocabulary: m.vocab, Vectors: m.table, Known: corpus.Knows(items)}
	var asked identify.Held
	for _, h := range held {
		q := e.Encode(h.Words)
		v := make([]float32, d)
		m.dual.Query(&q, v)
		i := h.Items[0]
		asked.Items, asked.Texts, asked.Without = append(asked.Items, i), append(asked.Texts, v...), append(asked.Without, m.learn[i*d:(i+1)*d]...)
	}
	report.Texts, err = identify.AssessTexts(ids, m.learn, asked)
	return ids, report, err
}
