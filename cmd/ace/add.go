package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"ace/core"
	"ace/train/feature"
	"ace/train/index"
	"ace/train/media"
)

type addCmd struct {
	Bundle       string `arg:"" help:"SITE/bundle."`
	Source       string `arg:"" placeholder:"DIR|items.jsonl" help:"The new items: a folder of media, or an items.jsonl."`
	Out          string `short:"o" required:"" placeholder:"BUNDLE" help:"Where the bundle with the new items goes; it may be the same."`
	Features     string `placeholder:"F.npy" help:"Vectors of the new media, where the bundle was built with --features: float32 [N,D], row i for item i."`
	encoderFlags `embed:""`
	siteFlags    `embed:""`
	keptFlags    `embed:""`
}

// Run gives new items vectors and identifiers by what was learnt from those of the
// bundle, which stays as it is.
func (c *addCmd) Run(ctx context.Context, t *out) (err error) {
	base, err := mediaBase(c.siteFlags)
	if err != nil {
		return err
	}
	if c.key, err = c.signer(t); err != nil {
		return err
	}
	site := siteOf(c.Out)
	release, err := claimFolder(site, c.Out)
	if err != nil {
		return err
	}
	defer release()
	k, err := openCatalogue(ctx, c.Bundle)
	if err != nil {
		return err
	}
	f, err := readFrozen(ctx, k, c.Bundle)
	if err != nil {
		return err
	}
	o, err := c.options(t, f.Projection)
	if err != nil {
		return err
	}
	if o.Kept, err = c.openKept(); err != nil {
		return err
	}
	o.Thumbs, o.Scratch = o.Kept != nil, scratch(c.Out)
	encoders, done, err := c.open(t)
	if err != nil {
		return err
	}
	defer done()
	o.Encoders = encoders
	col, err := media.Load(c.Source)
	if err != nil {
		return err
	}
	if err := refuseTwice(k, c.Bundle, col.Items); err != nil {
		return err
	}
	seen, err := f.Projection.Extract(ctx, col, o)
	if err != nil {
		return err
	}
	tellSkipped(t, seen)
	tellEncoded(t, seen)
	for kind := range core.Kind(core.Kinds) {
		if n := seen.Report.Kinds[kind.String()]; n > 0 && !f.Projection.Knows(kind) {
			t.say("the bundle was built without %s: %s of it found by words alone", kind, count(n, "item"))
		}
	}
	words, err := baseWords(ctx)
	if err != nil {
		return err
	}
	if !k.BringWords(words, seen.Items) {
		t.say("the bundle's word vectors are not those of this ace: new words get none")
	}
	if seen.Root, err = filepath.Abs(seen.Root); err != nil {
		return err
	}
	p := newPlacing(site, c.Out, base, c.NoMedia, k.Items())
	defer func() {
		if err != nil {
			p.undo()
		}
	}()
	items, err := p.bring(ctx, o.Kept, seen)
	if err != nil {
		return err
	}
	if site == "" && !c.NoMedia {
		t.say("%s lies in no site: the new media stay where they are and are linked to there", c.Out)
	}
	if err := k.Add(f, seen, items); err != nil {
		return hint(err, "add the items to the list that the bundle was built from, and `ace build` again")
	}
	tellUnsigned(t, c.Bundle, c.key)
	b, err := k.Bundle(ctx)
	if err != nil {
		return err
	}
	if err := putBundle(ctx, c.Out, b, c.key); err != nil {
		return err
	}
	t.print("%s: %s added, %d in all%s", c.Out, count(len(items), "item"), len(k.Items()), skippedText(len(seen.Skipped)))
	return nil
}

// options are those of the new media's vectors.
func (c *addCmd) options(t *out, p *feature.Projection) (feature.Options, error) {
	o := feature.Options{Progress: func(done, total int) { t.progress("extract", done, total) }}
	dims, join := p.Given()
	if err := c.fit(p); err != nil || c.given() {
		return o, err
	}
	switch {
	case dims == 0 && c.Features != "":
		return o, hint(errors.New("the bundle was built without --features"), "leave it out: the new media are described as the others were")
	case dims > 0 && c.Features == "":
		with := "--features"
		if join {
			with += " and --join"
		}
		return o, hint(fmt.Errorf("the bundle was built with %s, vectors of %d values", with, dims), "give those of the new media, made by the same encoder: --features F.npy")
	case c.Features == "":
		return o, nil
	}
	var err error
	if o.Given, err = feature.ReadGiven(c.Features); err != nil {
		return o, hint(err, "numpy.save writes such a file: float32, a row an item")
	}
	if o.Given.D != dims {
		return o, hint(fmt.Errorf("%s has vectors of %d values, the bundle was built with %d", c.Features, o.Given.D, dims), "make them by the same encoder")
	}
	return o, nil
}

// refuseTwice names new items whose ids the bundle has.
func refuseTwice(k *index.Catalogue, name string, items []core.Item) error {
	at := k.Places()
	var twice []string
	for i := range items {
		if _, ok := at[items[i].ID]; ok {
			twice = append(twice, items[i].ID)
		}
	}
	if len(twice) == 0 {
		return nil
	}
	return hint(fmt.Errorf("%s has %d of these items already: %s", name, len(twice), some(twice)), "give new ids, or `ace remove` the old items first")
}

// count says how many.
func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
