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
// file of the step before: the items in the order of their source, the folder
// that their files are relative to, and from identify on the identifiers.
const (
	metaRoot       = "root"
	metaLevels     = "levels"
	sectCollection = "collection" // JSON lines of core.Item
	tensorIDs      = "ids"        // u16 [N, L]
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

func writeIDs(b *bundle.Builder, ids []core.ID, levels []int) {
	flat := make([]uint16, 0, len(ids)*len(levels))
	for _, id := range ids {
		for _, t := range id {
			flat = append(flat, uint16(t))
		}
	}
	b.SetMeta(metaLevels, levels)
	b.AddTensor("ids", tensorIDs, bundle.U16, []int{len(ids), len(levels)}, flat)
}

func readIDs(ctx context.Context, c *bundle.Container) ([]core.ID, []int, error) {
	var levels []int
	if err := c.Meta(metaLevels, &levels); err != nil {
		return nil, nil, err
	}
	flat, shape, err := c.Uint16s(ctx, tensorIDs)
	if err != nil {
		return nil, nil, err
	}
	if len(shape) != 2 || shape[1] != len(levels) {
		return nil, nil, fmt.Errorf("identifiers of shape %v for %d levels", shape, len(levels))
	}
	ids := make([]core.ID, shape[0])
	for i := range ids {
		for _, t := range flat[i*shape[1] : (i+1)*shape[1]] {
			if l := len(ids[i]); int(t) >= levels[l] {
				return nil, nil, fmt.Errorf("item %d has code %d at level %d of %d codes", i, t, l, levels[l])
			}
			ids[i] = append(ids[i], core.Token(t))
		}
	}
	return ids, levels, nil
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
