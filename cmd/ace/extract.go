package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"

	"ace/core"
	"ace/core/bundle"
	"ace/train/feature"
	"ace/train/index"
	"ace/train/media"
)

// featureFlags are the flags of build and extract.
type featureFlags struct {
	Features     string `placeholder:"F.npy" help:"Vectors of the media in place of the built-in ones: float32 [N,D], row i for item i."`
	Join         bool   `help:"Use --features, or the encoders, beside the built-in vectors."`
	encoderFlags `embed:""`
	sourceFlags  `embed:""`
	keptFlags    `embed:""`
}

type extractCmd struct {
	Source       string `arg:"" placeholder:"DIR|items.jsonl|TABLE" help:"A folder of media, an items.jsonl, or a CSV, TSV or JSON table that names media."`
	Out          string `short:"o" placeholder:"FILE" help:"Where the vectors go."`
	Explain      string `placeholder:"ITEM" help:"Make no vectors: show where each word about an item, by its id or file, comes from."`
	Seed         uint64 `default:"1" placeholder:"N" help:"Same media and seed, same vectors."`
	featureFlags `embed:""`
}

// tensorFeatures is the name of the vectors in a container, f32 [N, D].
const tensorFeatures = "features"

func (c *extractCmd) Run(ctx context.Context, t *out) error {
	if c.Explain != "" {
		return c.explain(t, c.Source, c.Explain)
	}
	if c.Out == "" {
		return usage("missing flags: --out=FILE", "say where the vectors go by -o, or give --explain ITEM")
	}
	if err := c.check(); err != nil {
		return err
	}
	release, err := claim(c.Out)
	if err != nil {
		return err
	}
	defer release()
	kept, err := c.openKept()
	if err != nil {
		return err
	}
	work := newStages()
	col, err := c.load(c.Source)
	if err != nil {
		return err
	}
	f, err := c.extract(ctx, t, col, feature.Options{Seed: c.Seed, Kept: kept, Scratch: scratch(c.Out)})
	if err != nil {
		return err
	}
	b := bundle.NewBuilder(bundle.Features)
	if err := f.Save(b); err != nil {
		return err
	}
	if err := writeContainer(c.Out, b); err != nil {
		return err
	}
	work.end("extract")
	if err := tellSummary(t, summarise(f, work)); err != nil {
		return err
	}
	t.print("%s: %s", c.Out, vectorsText(f))
	return nil
}

// check refuses what cannot be meant.
func (f *featureFlags) check() error {
	if f.Join && f.Features == "" && !f.given() {
		return usage("--join without --features", "there is nothing to join")
	}
	if f.Features != "" && f.given() {
		return usage("--features and encoders are two sources of the same vectors", "leave one of them out")
	}
	return f.encoderFlags.check()
}

// load reads what is known of a collection without opening its media.
func (f *featureFlags) load(source string) (*media.Collection, error) {
	read, err := f.sourceFlags.options()
	if err != nil {
		return nil, err
	}
	return media.LoadWith(source, read)
}

// extract makes the vectors of a collection; of the options, the seed and
// what is kept, and where, count. Files that cannot be read are named.
func (f *featureFlags) extract(ctx context.Context, t *out, col *media.Collection, how feature.Options) (*feature.Features, error) {
	o := feature.Defaults()
	o.Seed, o.Kept, o.Thumbs, o.Scratch, o.Join = how.Seed, how.Kept, how.Thumbs, how.Scratch, f.Join
	o.Progress = func(done, total int) { t.progress("extract", done, total) }
	if f.Features != "" {
		var err error
		if o.Given, err = feature.ReadGiven(f.Features); err != nil {
			return nil, hint(err, "numpy.save writes such a file: float32, a row an item")
		}
	}
	encoders, done, err := f.open(t)
	if err != nil {
		return nil, err
	}
	defer done()
	if o.Encoders = encoders; encoders != nil {
		encoders.Texts = func(items []core.Item) [][]string { return index.LearntTexts(items, o.Seed) }
	}
	made, err := feature.Extract(ctx, col, o)
	if errors.Is(err, syscall.ENOSPC) {
		err = hint(err, "make room there, or choose another -o")
	}
	if err != nil {
		return nil, err
	}
	tellSkipped(t, made)
	tellEncoded(t, made)
	// The steps may be run from different folders.
	made.Root, err = filepath.Abs(made.Root)
	return made, err
}

// tellSkipped names the files that cannot be read.
func tellSkipped(t *out, f *feature.Features) {
	for _, s := range f.Skipped {
		t.say("skipped:%s reason:%s", s.File, s.Reason)
	}
	tellMissing(t, f.Skipped)
}

// skippedText says how many these are.
func skippedText(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; %d skipped", n)
}

// vectorsText says what was made.
func vectorsText(f *feature.Features) string {
	s := fmt.Sprintf("%d items, vectors of %d values", f.N, f.D) + skippedText(len(f.Skipped))
	if f.Report.Wordless > 0 {
		s += fmt.Sprintf("; %d without words, %d of these described by their media", f.Report.Wordless, f.Report.Predicted)
	}
	return s
}
