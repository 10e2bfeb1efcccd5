package feature

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"ace/core"
	"ace/core/bundle"
	"ace/train/rows"
)

// The names under which features lie in a container of kind "features".
const (
	tensorX    = "features"   // f32 [N, D]
	tensorRows = "rows"       // u32 [N]
	tensorRaw  = "given"      // f32 [N, Dims], absent without given vectors
	sectItems  = "collection" // JSON lines of core.Item
	metaRoot   = "root"
	metaBlocks = "blocks" // widths of the text and of the media
	metaSkips  = "skipped"
	metaReport = "report"
)

// Save writes features into a container.
func (f *Features) Save(b *bundle.Builder) error {
	var lines bytes.Buffer
	for i := range f.Items {
		line, err := json.Marshal(&f.Items[i])
		if err != nil {
			return fmt.Errorf("item %q: %w", f.Items[i].ID, err)
		}
		lines.Write(append(line, '\n'))
	}
	skips, err := json.Marshal(f.Skipped)
	if err != nil {
		return err
	}
	places := make([]uint32, f.N)
	for i, r := range f.Rows {
		places[i] = uint32(r)
	}
	b.SetMeta(metaRoot, f.Root)
	b.SetMeta(metaBlocks, [2]int{f.Text, f.Media})
	b.SetMeta(metaReport, f.Report)
	b.AddBlob(sectItems, lines.Bytes(), true)
	b.AddBlob(metaSkips, skips, true)
	b.AddTensor("vectors", tensorX, bundle.F32, []int{f.N, f.D}, f.X)
	b.AddTensor("vectors", tensorRows, bundle.U32, []int{f.N}, places)
	if f.Given != nil { // in a section of their own: they are read from the file when they are needed
		b.AddStream(tensorRaw, tensorRaw, bundle.F32, []int{f.N, f.Given.D}, f.Given)
	}
	f.Projection.Save(b, metaProjection, bundle.F32)
	return nil
}

// Load reads what Save wrote.
func Load(ctx context.Context, c *bundle.Container) (*Features, error) {
	if c.Kind() != bundle.Features {
		return nil, fmt.Errorf("want features, found %s", c.Kind())
	}
	f := &Features{}
	var blocks [2]int
	if err := cmp.Or(c.Meta(metaRoot, &f.Root), c.Meta(metaBlocks, &blocks), c.Meta(metaReport, &f.Report)); err != nil {
		return nil, err
	}
	f.Text, f.Media = blocks[0], blocks[1]
	x, shape, err := c.Float32s(ctx, tensorX)
	if err != nil {
		return nil, err
	}
	if len(shape) != 2 || f.Text < 0 || f.Media < 0 || shape[1] != f.Text+f.Media {
		return nil, fmt.Errorf("features of shape %v for blocks of %d and %d", shape, f.Text, f.Media)
	}
	f.X, f.N, f.D = x, shape[0], shape[1]
	if c.Has(tensorRaw) {
		values, t, err := c.Stream(ctx, tensorRaw)
		if err != nil {
			return nil, err
		}
		if len(t.Shape) != 2 || t.Shape[0] != f.N || t.DType != bundle.F32 {
			return nil, fmt.Errorf("given vectors of shape %v, %s, for %d items", t.Shape, t.DType, f.N)
		}
		f.Given = rows.In(values, 0, t.Shape[0], t.Shape[1], false)
	}
	places, _, err := c.Uint32s(ctx, tensorRows)
	if err != nil {
		return nil, err
	}
	for _, r := range places {
		f.Rows = append(f.Rows, int(r))
	}
	lines, err := c.Section(ctx, sectItems)
	if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(lines) {
		var it core.Item
		if err := json.Unmarshal(line, &it); err != nil {
			return nil, fmt.Errorf("item %d: %w", len(f.Items), err)
		}
		f.Items = append(f.Items, it)
	}
	if len(f.Items) != f.N || len(f.Rows) != f.N {
		return nil, fmt.Errorf("%d items with %d rows for %d vectors", len(f.Items), len(f.Rows), f.N)
	}
	skips, err := c.Section(ctx, metaSkips)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(skips, &f.Skipped); err != nil {
		return nil, fmt.Errorf("skipped files: %w", err)
	}
	f.Projection, err = LoadProjection(ctx, c)
	return f, err
}
