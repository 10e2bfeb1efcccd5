package bundle

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
)

// AddStream is AddTensor of values that are not in memory: data writes them as they
// lie in the section, little-endian. It does so whenever the container is made,
// twice, and the same bytes each time.
func (b *Builder) AddStream(section, name string, dtype DType, shape []int, data io.WriterTo) {
	t := TensorInfo{Name: name, DType: dtype, Shape: append([]int(nil), shape...), Section: section}
	size, err := t.check()
	s := b.section(section)
	if err == nil && s.blob {
		err = fmt.Errorf("section %q is a blob", section)
	}
	if err != nil {
		b.fail(fmt.Errorf("tensor %q: %w", name, err))
		return
	}
	s.align(t)
	s.parts = append(s.parts, part{from: data, size: int(size)})
	s.size += int(size)
}

// opener is a Source whose sections can be read in parts.
type opener interface {
	Open(s SectionInfo) (*io.SectionReader, bool)
}

// Stream gives a tensor's bytes as Raw does, but from a source that is a file as they
// lie there, after they have been checked: they need not fit into memory. Other
// sources read the section.
func (c *Container) Stream(ctx context.Context, name string) (io.ReaderAt, TensorInfo, error) {
	t, ok := c.tensors[name]
	if !ok {
		return nil, t, fmt.Errorf("no tensor %q", name)
	}
	if src, ok := c.src.(opener); ok {
		info := c.sections[t.Section].info
		if r, ok := src.Open(info); ok {
			h := newSum()
			if _, err := io.Copy(h, r); err != nil {
				return nil, t, fmt.Errorf("section %q: %w", info.Name, err)
			}
			if hex.EncodeToString(h.Sum(nil)) != info.SHA256 {
				return nil, t, damaged(info)
			}
			return io.NewSectionReader(r, int64(t.Offset), int64(t.Elements()*t.DType.Size())), t, nil
		}
	}
	raw, t, err := c.Raw(ctx, name)
	return bytes.NewReader(raw), t, err
}

// damaged says that a section is not what was written.
func damaged(s SectionInfo) error {
	return fmt.Errorf("section %q: sha256 does not match the manifest: damaged", s.Name)
}
