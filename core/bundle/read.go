package bundle

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Container is an open container. Its methods may be called from several
// goroutines at once.
type Container struct {
	src      Source
	manifest *manifest
	sections map[string]*section
	tensors  map[string]TensorInfo
}

// section is a section that is loaded at most once. turn holds a token that
// whoever loads it takes.
type section struct {
	info SectionInfo
	turn chan struct{}
	data []byte
	ok   bool
}

// OpenBytes is Open of a file that is in memory.
func OpenBytes(ctx context.Context, file []byte) (*Container, error) {
	src, err := FromBytes(file)
	if err != nil {
		return nil, err
	}
	return Open(ctx, src)
}

// Open reads and checks the manifest. It loads no section.
func Open(ctx context.Context, src Source) (*Container, error) {
	m, err := manifestOf(ctx, src)
	if err != nil {
		return nil, err
	}
	c := &Container{
		src:      src,
		manifest: m,
		sections: make(map[string]*section, len(m.Sections)),
		tensors:  make(map[string]TensorInfo, len(m.Tensors)),
	}
	for _, s := range m.Sections {
		c.sections[s.Name] = &section{info: s, turn: make(chan struct{}, 1)}
	}
	for _, t := range m.Tensors {
		c.tensors[t.Name] = t
	}
	return c, nil
}

func manifestOf(ctx context.Context, src Source) (*manifest, error) {
	if f, ok := src.(*file); ok {
		return f.manifest, nil // parsed already, to find the sections
	}
	text, err := src.Manifest(ctx)
	if err != nil {
		return nil, err
	}
	return parse(text)
}

// Kind says what the container is for.
func (c *Container) Kind() Kind { return c.manifest.Kind }

// Feature is the feature version that the container was written with.
func (c *Container) Feature() int { return c.manifest.Feature }

// Sum is the SHA-256 in the manifest's seal, 64 hex digits. As the manifest
// holds the hashes of the sections, it names the whole content.
func (c *Container) Sum() string { return c.manifest.sum }

// Meta decodes the value of a key into what into points to.
func (c *Container) Meta(key string, into any) error {
	raw, ok := c.manifest.Meta[key]
	if !ok {
		return fmt.Errorf("no meta %q", key)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("meta %q: %w", key, err)
	}
	return nil
}

// MetaKeys lists the keys of the meta values, sorted.
func (c *Container) MetaKeys() []string { return slices.Sorted(maps.Keys(c.manifest.Meta)) }

// Sections lists the sections in the order of the manifest. The caller does not
// change them.
func (c *Container) Sections() []SectionInfo { return c.manifest.Sections }

// Tensors lists the tensors in the order of the manifest. The caller does not
// change them.
func (c *Container) Tensors() []TensorInfo { return c.manifest.Tensors }

// Section returns the decoded bytes of a section: fetched, checked against size
// and SHA-256, and kept. The caller does not change them. A load that failed is
// tried again by the next call.
func (c *Container) Section(ctx context.Context, name string) ([]byte, error) {
	s, ok := c.sections[name]
	if !ok {
		return nil, fmt.Errorf("no section %q", name)
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if s.ok {
		return s.data, nil
	}
	data, err := c.load(ctx, s.info)
	if err != nil {
		return nil, err
	}
	s.data, s.ok = data, true
	return data, nil
}

// Release forgets the bytes that Section and the tensor readers kept for a
// section, once they have been copied to where they are used.
func (c *Container) Release(name string) {
	if s, ok := c.sections[name]; ok {
		s.turn <- struct{}{}
		s.data, s.ok = nil, false
		<-s.turn
	}
}

func (c *Container) load(ctx context.Context, s SectionInfo) ([]byte, error) {
	data, err := c.src.Section(ctx, s)
	if err != nil {
		return nil, err
	}
	if len(data) != s.Size {
		return nil, fmt.Errorf("section %q: %d bytes, the manifest says %d", s.Name, len(data), s.Size)
	}
	if v, ok := c.src.(Verifier); ok && v.Verified() {
		return data, nil
	}
	if sum := sum256(data); hex.EncodeToString(sum[:]) != s.SHA256 {
		return nil, damaged(s)
	}
	return data, nil
}
