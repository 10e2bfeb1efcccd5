package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"ace/core"
	"ace/core/bundle"
)

// What every intermediate file carries along, so that each step needs only the
// file of the step before: the items in the order of their source and the folder
// that their files are relative to. train/feature writes them under the same names.
const (
	metaRoot       = "root"
	sectCollection = "collection" // JSON lines of core.Item
)

// collection is items with the folder that their files are relative to.
type collection struct {
	root  string
	items []core.Item
}

func writeCollection(b *bundle.Builder, c collection) error {
	var lines bytes.Buffer
	for i := range c.items {
		line, err := json.Marshal(&c.items[i])
		if err != nil {
			return err
		}
		lines.Write(append(line, '\n'))
	}
	b.SetMeta(metaRoot, c.root)
	b.AddBlob(sectCollection, lines.Bytes(), true)
	return nil
}

func readCollection(ctx context.Context, c *bundle.Container) (collection, error) {
	var out collection
	if err := c.Meta(metaRoot, &out.root); err != nil {
		return out, err
	}
	data, err := c.Section(ctx, sectCollection)
	if err != nil {
		return out, err
	}
	for line := range bytes.Lines(data) {
		var it core.Item
		if err := json.Unmarshal(line, &it); err != nil {
			return out, fmt.Errorf("item %d: %w", len(out.items), err)
		}
		out.items = append(out.items, it)
	}
	return out, nil
}

// stepInput opens the file of the step before and checks that it is one.
func stepInput(ctx context.Context, path string, want bundle.Kind, verb string) (*bundle.Container, error) {
	c, err := openContainer(ctx, path)
	if err != nil {
		return nil, err
	}
	if c.Kind() != want {
		return nil, hint(fmt.Errorf("%s holds %s, not %s", path, c.Kind(), want), fmt.Sprintf("give the file that `ace %s` wrote", verb))
	}
	return c, nil
}
