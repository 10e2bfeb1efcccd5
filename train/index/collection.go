package index

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"ace/core"
	"ace/core/bundle"
)

// Collection is items, in the order of their source, with the folder that their
// files are relative to. Every file between the steps carries it along, so that
// each step needs only the file of the step before.
type Collection struct {
	Root  string
	Items []core.Item
}

// SectCollection is the section that holds the items, JSON lines of core.Item.
// The meta key "root" beside it is the folder. feature.Features.Save writes both
// under the same names.
const SectCollection = "collection"

const metaRoot = "root"

// Write adds the collection to a container.
func (c Collection) Write(b *bundle.Builder) error {
	var lines bytes.Buffer
	for i := range c.Items {
		line, err := json.Marshal(&c.Items[i])
		if err != nil {
			return err
		}
		lines.Write(append(line, '\n'))
	}
	b.SetMeta(metaRoot, c.Root)
	b.AddBlob(SectCollection, lines.Bytes(), true)
	return nil
}

// ReadCollection reads what Write wrote.
func ReadCollection(ctx context.Context, c *bundle.Container) (Collection, error) {
	var out Collection
	if err := c.Meta(metaRoot, &out.Root); err != nil {
		return out, err
	}
	data, err := c.Section(ctx, SectCollection)
	if err != nil {
		return out, err
	}
	for line := range bytes.Lines(data) {
		var it core.Item
		if err := json.Unmarshal(line, &it); err != nil {
			return out, fmt.Errorf("item %d: %w", len(out.Items), err)
		}
		out.Items = append(out.Items, it)
	}
	return out, nil
}
