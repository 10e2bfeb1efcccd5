package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ace/assets"
	"ace/core/bundle"
	"ace/train/feature"
	"ace/train/identify"
	"ace/train/index"
)

type buildCmd struct {
	Source        string `arg:"" placeholder:"DIR|items.jsonl" help:"A folder of media, or an items.jsonl."`
	Out           string `short:"o" required:"" placeholder:"SITE" help:"The site's folder."`
	featureFlags  `embed:""`
	identifyFlags `embed:""`
	fitFlags      `embed:""`
	siteFlags     `embed:""`
	Retrain       bool `help:"Train anew even where nothing, or little, has changed since the last build."`
}

// packing is how much of a time budget is left for what follows the training.
const packing = 10 * time.Second

// Run does what extract, identify, train and pack do, without files between. An
// interrupted training goes on when the same call is made again.
func (c *buildCmd) Run(ctx context.Context, t *out) error {
	began := time.Now()
	if err := errors.Join(c.fitFlags.check(), c.featureFlags.check(), c.identifyFlags.check(), c.checkReport(c.Out)); err != nil {
		return err
	}
	if _, err := mediaBase(c.siteFlags); err != nil {
		return err
	}
	if info, err := os.Stat(c.Source); err == nil && info.IsDir() {
		if rel, err := relative(c.Source, c.Out); err == nil && rel != ".." && !strings.HasPrefix(rel, "../") {
			return usage("%s lies inside %s", "the next build would take the site for media: choose another -o", c.Out, c.Source)
		}
	}
	// What would fail at the end is looked at first.
	if _, err := assets.Page(); err != nil {
		return hint(err, "build the command with `make build`")
	}
	var err error
	if c.key, err = c.signer(t); err != nil {
		return err
	}
	release, err := claimFolder(c.Out, c.Report)
	if err != nil {
		return err
	}
	defer release()
	place, err := newFolder(c.Out, siteMark)
	if err != nil {
		return err
	}
	place.drop()
	if c.siteFlags.kept, err = c.openKept(); err != nil {
		return err
	}
	work := newStages()
	source, err := c.load(c.Source)
	if err != nil {
		return err
	}
	old := readBuilt(c.Out)
	now, err := c.plan(ctx, source, old)
	if err != nil {
		return err
	}
	if done, err := c.update(ctx, t, source, old, now); done || err != nil {
		return err
	}
	work.end("read")
	f, err := c.extract(ctx, t, source, feature.Options{Seed: c.Seed, Kept: c.siteFlags.kept, Thumbs: c.siteFlags.kept != nil, Scratch: scratch(c.Out)})
	if err != nil {
		return err
	}
	work.end("extract")
	t.say("%s", vectorsText(f))
	col := index.Collection{Root: f.Root, Items: f.Items}
	m, err := understand(ctx, t, f, c.Size, c.Seed)
	if err != nil {
		return err
	}
	f.Free()
	work.end("understand")
	ids, report, err := c.identifiers(ctx, t, f.Items, m, c.Seed)
	if err != nil {
		return err
	}
	t.say("identifiers of %d levels %v, %.1f %% left to the counter, held-out texts find their item among ten vectors for %.1f %%, among ten identifiers for %.1f %%", len(ids.Sizes), ids.Sizes, report.Counted.Percent, report.Texts.Exact, report.Texts.Quantised)
	work.end("identify")
	input, err := digest(col, ids)
	if err != nil {
		return err
	}
	keep := checkpoint{filepath.Join(filepath.Dir(c.Out), "."+filepath.Base(c.Out)+".checkpoint"), c.run(input)}
	if c.TimeBudget > 0 {
		c.TimeBudget = max(c.TimeBudget-time.Since(began)-packing, time.Second)
	}
	j := journal{began: time.Now()}
	x, res, err := c.train(ctx, t, f.Items, m, ids, keep, &j)
	if err != nil {
		return err
	}
	t.say("trained %d parameters, %d steps in %s%s", res.Config.Parameters(), res.Steps, time.Duration(res.Seconds*1e9).Round(time.Second), validText(res.Valid))
	work.end("train")
	s := site{col, x}
	if err := s.write(ctx, t, c.Out, c.siteFlags); err != nil {
		return err
	}
	work.end("pack")
	summary := summarise(f, work)
	if err := c.writeReport(ctx, trained{col, len(f.Skipped), ids, report, res, &j, filepath.Join(c.Out, bundleDir), c.siteFlags.kept, summary}); err != nil {
		return err
	}
	if now.Trained = f.N; now.write(c.Out) != nil {
		t.say("what the site was made of cannot be kept beside it: the next build makes all of it anew")
	}
	if err := tellSummary(t, summary); err != nil {
		return err
	}
	t.print("%s: %d items, open it with `ace serve %s`", c.Out, f.N, c.Out)
	return keep.remove()
}

// digest names what a training learns from.
func digest(col index.Collection, ids *identify.Identifiers) (string, error) {
	b := bundle.NewBuilder(bundle.Identifiers)
	if err := col.Write(b); err != nil {
		return "", err
	}
	ids.Save(b)
	file, err := b.File()
	return fmt.Sprintf("%x", sha256.Sum256(file)), err
}
