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
	"ace/train/fit"
	"ace/train/identify"
)

type buildCmd struct {
	Source       string `arg:"" placeholder:"DIR|items.jsonl" help:"A folder of media, or an items.jsonl."`
	Out          string `short:"o" required:"" placeholder:"SITE" help:"The site's folder."`
	featureFlags `embed:""`
	fitFlags     `embed:""`
	siteFlags    `embed:""`
}

// packing is how much of a time budget is left for what follows the training.
const packing = 3 * time.Second

// Run does what extract, identify, train and pack do, without files between. An
// interrupted training goes on when the same call is made again.
func (c *buildCmd) Run(ctx context.Context, t *out) error {
	began := time.Now()
	if err := errors.Join(c.fitFlags.check(), c.featureFlags.check()); err != nil {
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
	f, err := newFolder(c.Out, siteMark)
	if err != nil {
		return err
	}
	f.drop()
	x, err := c.extract(ctx, t, c.Source, c.Seed)
	if err != nil {
		return err
	}
	t.say("%s", vectorsText(x))
	col := collection{x.Root, x.Items}
	ids, report, err := identifiers(ctx, t, x.X, x.N, x.D, c.Seed)
	if err != nil {
		return err
	}
	t.say("identifiers of %d levels %v, %.1f %% left to the counter, recall@10 %.1f %%", len(ids.Sizes), ids.Sizes, report.Counted.Percent, report.Recall)
	input, err := digest(col, ids)
	if err != nil {
		return err
	}
	keep := checkpoint{filepath.Join(filepath.Dir(c.Out), "."+filepath.Base(c.Out)+".checkpoint"), c.run(input)}
	if c.TimeBudget > 0 {
		c.TimeBudget = max(c.TimeBudget-time.Since(began)-packing, time.Second)
	}
	res, err := c.train(ctx, t, fit.Data{Items: col.items, IDs: ids.IDs, Levels: ids.Sizes}, keep)
	if err != nil {
		return err
	}
	t.say("trained %d parameters, %d steps in %s%s", res.Config.Parameters(), res.Steps, time.Duration(res.Seconds*1e9).Round(time.Second), validText(res.Valid))
	s := site{col: col, ids: ids, config: res.Config, params: res.Params, vocab: res.Vocabulary}
	if err := s.write(t, c.Out, c.siteFlags); err != nil {
		return err
	}
	return keep.remove()
}

// digest names what a training learns from.
func digest(col collection, ids *identify.Identifiers) (string, error) {
	b := bundle.NewBuilder(bundle.Identifiers)
	if err := writeCollection(b, col); err != nil {
		return "", err
	}
	ids.Save(b)
	file, err := b.File()
	return fmt.Sprintf("%x", sha256.Sum256(file)), err
}
