package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"ace/core"
	"ace/train/feature"
	"ace/train/index"
	"ace/train/media"
)

// update does what there is to do where the site was built before; done is false
// where it has to be trained.
func (c *buildCmd) update(ctx context.Context, t *out, col *media.Collection, old, now *built) (done bool, err error) {
	switch {
	case old == nil || c.Retrain:
		return false, nil
	case old.Maker != now.Maker:
		t.say("%s was built by another ace: it is built anew", c.Out)
		return false, nil
	case old.Flags != now.Flags:
		t.say("%s was built with other flags: it is built anew", c.Out)
		return false, nil
	}
	if c.Report != "" {
		if _, err := os.Stat(filepath.Join(c.Report, reportMark)); err != nil {
			return false, nil // it tells of a training
		}
	}
	was := now.since(old)
	now.Trained, now.Touched = old.Trained, old.Touched+was.count()
	if was.count() == 0 && old.About == now.About {
		t.print("%s: nothing has changed since it was built", c.Out)
		_ = now.write(c.Out) // files that were only touched are not read again
		return true, nil
	}
	what := fmt.Sprintf("%d new, %d gone, %d changed", len(was.added), len(was.removed), len(was.changed))
	if was.count() == 0 {
		what = "what the page says of it is new"
	} else if !was.few(old) || c.Features != "" {
		t.say("%s: it is trained anew", what)
		return false, nil
	}
	if done, err = c.rebuild(ctx, t, col, was); err != nil {
		return false, err
	}
	if !done {
		t.say("%s: the codebooks do not serve for them, it is trained anew", what)
		return false, nil
	}
	if now.write(c.Out) != nil {
		t.say("what the site was made of cannot be kept beside it: the next build makes all of it anew")
	}
	t.print("%s: %s; nothing was trained, --retrain does", c.Out, what)
	return true, nil
}

// rebuild brings a site up to date without training: what went is removed, what
// came is added by what was learnt from the others. done is false, and the site as
// it was, where that cannot be.
func (c *buildCmd) rebuild(ctx context.Context, t *out, col *media.Collection, was changes) (done bool, err error) {
	path := filepath.Join(c.Out, bundleDir)
	k, err := openCatalogue(ctx, path)
	if err != nil {
		return false, nil
	}
	f, err := k.Frozen(ctx)
	if err != nil {
		return false, nil
	}
	gone := map[string]bool{}
	for _, id := range slices.Concat(was.removed, was.changed) {
		gone[id] = true
	}
	items := k.Items()
	kept := func(i int) bool { return !gone[items[i].ID] }
	left := 0
	for i := range items {
		if kept(i) {
			left++
		}
	}
	if left == 0 {
		return false, nil
	}
	k.Keep(kept)
	base, err := mediaBase(c.siteFlags)
	if err != nil {
		return false, err
	}
	p := newPlacing(c.Out, path, base, c.NoMedia, k.Items())
	defer func() {
		if err != nil || !done {
			p.undo()
		}
	}()
	if news := only(col, slices.Concat(was.added, was.changed)); len(news.Items) > 0 {
		seen, err := c.lookAt(ctx, t, f, news)
		if err != nil {
			return false, err
		}
		tellSkipped(t, seen)
		if ok, err := c.bring(ctx, k, f, seen, p); err != nil || !ok {
			return false, err
		}
	}
	b, err := k.Bundle(ctx, metaAbout...)
	if err != nil {
		return false, err
	}
	if err := describe(b, index.Collection{Root: col.Root, Items: col.Items}, k.HasWords()); err != nil {
		return false, err
	}
	if items = k.Items(); !c.NoMedia {
		b.SetMeta(metaMedia, mediaMeta{len(items), mediaSize(c.Out, base, items)})
	}
	if err := putBundle(ctx, path, b, c.key); err != nil {
		return false, err
	}
	return true, sweepSite(c.Out, base, items)
}

// only is the part of a collection with these ids.
func only(col *media.Collection, ids []string) *media.Collection {
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	part := &media.Collection{Root: col.Root}
	for i := range col.Items {
		if wanted[col.Items[i].ID] {
			part.Rows = append(part.Rows, len(part.Items))
			part.Items = append(part.Items, col.Items[i])
		}
	}
	part.Total = len(part.Items)
	return part
}

// mediaSize is how many bytes the media in a site are.
func mediaSize(site, base string, items []core.Item) (size int64) {
	for i := range items {
		if name, ok := ownMedium(&items[i], base); ok {
			if info, err := os.Stat(filepath.Join(site, mediaDir, filepath.FromSlash(name))); err == nil {
				size += info.Size()
			}
		}
	}
	return size
}

// lookAt makes the vectors of new items, as far as they can be read.
func (c *buildCmd) lookAt(ctx context.Context, t *out, f *index.Frozen, news *media.Collection) (*feature.Features, error) {
	encoders, free, err := c.open(t)
	if err != nil {
		return nil, err
	}
	defer free()
	o := feature.Options{Encoders: encoders, Kept: c.siteFlags.kept, Thumbs: c.siteFlags.kept != nil, Scratch: scratch(c.Out),
		Progress: func(done, total int) { t.progress("extract", done, total) }}
	seen, err := f.Projection.Extract(ctx, news, o)
	if n := (*media.NothingError)(nil); errors.As(err, &n) {
		return &feature.Features{Skipped: n.Skipped}, nil
	}
	return seen, err
}

// bring puts new items among the others; false where there is no room for them.
func (c *buildCmd) bring(ctx context.Context, k *index.Catalogue, f *index.Frozen, seen *feature.Features, p *placing) (bool, error) {
	if seen.N == 0 {
		return true, nil
	}
	words, err := baseWords(ctx)
	if err != nil {
		return false, err
	}
	k.BringWords(words, seen.Items)
	items, err := p.bring(ctx, c.siteFlags.kept, seen)
	if err != nil {
		return false, err
	}
	if err := k.Add(f, seen, items); err != nil {
		return false, nil // no codes are left for them
	}
	return true, nil
}

// sweepSite deletes the media, thumbnails and captions that no item has any more.
func sweepSite(site, base string, items []core.Item) error {
	used := map[string]bool{}
	for i := range items {
		for _, file := range ownFiles(&items[i], base) {
			used[file] = true
		}
	}
	for _, dir := range []string{mediaDir, thumbDir, captionDir} {
		err := filepath.WalkDir(filepath.Join(site, dir), func(path string, d fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			rel, err := filepath.Rel(site, path)
			if err != nil || used[rel] {
				return err
			}
			return os.Remove(path)
		})
		if err != nil {
			return fmt.Errorf("the site is up to date, a file of an item that went is still there: %w", err)
		}
	}
	return nil
}
