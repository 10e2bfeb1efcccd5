package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"ace/train/index"
)

type removeCmd struct {
	Bundle      string   `arg:"" help:"SITE/bundle."`
	Items       []string `arg:"" optional:"" name:"id" help:"Ids of the items that go."`
	Out         string   `short:"o" required:"" placeholder:"BUNDLE" help:"Where the bundle without them goes; it may be the same."`
	IDs         string   `name:"ids" placeholder:"FILE" help:"Also those of this file, an id a line."`
	DeleteMedia bool     `help:"Also delete their files from the site: media, thumbnails and captions."`
	BaseURL     string   `placeholder:"URL" help:"As it was given when the site was built."`
	Sign        string   `placeholder:"KEY" help:"Sign the bundle with this secret key of minisign."`
}

// Run takes items out of a bundle; all that was learnt stays.
func (c *removeCmd) Run(ctx context.Context, t *out) error {
	flags := siteFlags{BaseURL: c.BaseURL, Sign: c.Sign}
	base, err := mediaBase(flags)
	if err != nil {
		return err
	}
	if flags.key, err = flags.signer(t); err != nil {
		return err
	}
	ids := c.Items
	if c.IDs != "" {
		if err := eachLine(c.IDs, func(line []byte) error { ids = append(ids, string(line)); return nil }); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		return usage("no items are named", "give their ids, or --ids FILE")
	}
	site := siteOf(c.Out)
	if c.DeleteMedia && (site == "" || !samePlace(c.Bundle, c.Out)) {
		return usage("--delete-media, and -o is not the bundle of a site itself", "the old bundle still shows the files")
	}
	release, err := claimFolder(site, c.Out)
	if err != nil {
		return err
	}
	defer release()
	k, err := openCatalogue(ctx, c.Bundle)
	if err != nil {
		return err
	}
	gone, err := findItems(k, c.Bundle, ids)
	if err != nil {
		return err
	}
	files := map[string]bool{} // of the site, and whether an item that stays has it
	items := k.Items()
	for i := range items {
		for _, name := range ownFiles(&items[i], base) {
			files[name] = files[name] || !gone[i]
		}
	}
	if len(gone) == len(items) {
		return hint(fmt.Errorf("%s would have no item left", c.Bundle), "a bundle has at least one")
	}
	k.Keep(func(i int) bool { return !gone[i] })
	tellUnsigned(t, c.Bundle, flags.key)
	b, err := k.Bundle(ctx)
	if err != nil {
		return err
	}
	if err := putBundle(ctx, c.Out, b, flags.key); err != nil {
		return err
	}
	if site != "" && samePlace(c.Bundle, c.Out) {
		if err := c.media(t, site, files); err != nil {
			return err
		}
	}
	t.print("%s: %s removed, %d left", c.Out, count(len(gone), "item"), len(k.Items()))
	return nil
}

// media deletes the files that no item has any more, or tells of them.
func (c *removeCmd) media(t *out, site string, used map[string]bool) error {
	n := 0
	for name, stays := range used {
		path := filepath.Join(site, name)
		info, err := os.Lstat(path)
		if stays || err != nil || !info.Mode().IsRegular() {
			continue
		}
		n++
		if c.DeleteMedia {
			if err := os.Remove(path); err != nil {
				return fmt.Errorf("the items are removed, a file of theirs is not: %w", err)
			}
		}
	}
	if n > 0 && !c.DeleteMedia {
		t.say("%s still holds %s of items that have gone: --delete-media deletes them", site, count(n, "file"))
	}
	return nil
}

// samePlace tells whether two paths name one folder.
func samePlace(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// findItems gives the places of items by their ids.
func findItems(k *index.Catalogue, name string, ids []string) (map[int]bool, error) {
	at := k.Places()
	found := map[int]bool{}
	var strange []string
	for _, id := range ids {
		if i, ok := at[id]; ok {
			found[i] = true
		} else {
			strange = append(strange, id)
		}
	}
	if len(strange) > 0 {
		return nil, fmt.Errorf("%s has no %s", name, some(strange))
	}
	return found, nil
}
