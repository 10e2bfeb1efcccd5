package index

import (
	"context"
	"slices"

	"ace/core/bundle"
)

// CopySections adds the sections of a container as they are and in their order, but
// for some.
func CopySections(ctx context.Context, b *bundle.Builder, in *bundle.Container, but ...string) error {
	for _, s := range in.Sections() {
		if slices.Contains(but, s.Name) {
			continue
		}
		if err := copySection(ctx, b, in, s); err != nil {
			return err
		}
	}
	return nil
}

// copySection adds a section of a container as it is.
func copySection(ctx context.Context, b *bundle.Builder, in *bundle.Container, s bundle.SectionInfo) error {
	blob := true
	for _, t := range in.Tensors() {
		if t.Section != s.Name {
			continue
		}
		blob = false
		if err := copyTensor(ctx, b, in, t); err != nil {
			return err
		}
	}
	switch {
	case blob:
		data, err := in.Section(ctx, s.Name)
		if err != nil {
			return err
		}
		b.AddBlob(s.Name, data, s.Encoding != "")
	case s.Encoding != "":
		b.Compress(s.Name)
	}
	return nil
}

// copyTensor adds a tensor of a container as it is.
func copyTensor(ctx context.Context, b *bundle.Builder, c *bundle.Container, t bundle.TensorInfo) error {
	var data any
	var err error
	switch t.DType {
	case bundle.I8:
		data, _, _, err = c.Int8s(ctx, t.Name)
	case bundle.U8:
		data, _, err = c.Uint8s(ctx, t.Name)
	case bundle.U16:
		data, _, err = c.Uint16s(ctx, t.Name)
	case bundle.U32:
		data, _, err = c.Uint32s(ctx, t.Name)
	default:
		data, _, err = c.Float32s(ctx, t.Name)
	}
	if err != nil {
		return err
	}
	b.AddTensor(t.Section, t.Name, t.DType, t.Shape, data)
	return nil
}
