package bundle

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// Builder makes a container. Sections and tensors keep the order in which they
// were added. The first error is kept, and File and Dir return it.
type Builder struct {
	manifest manifest
	sections []*draft
	byName   map[string]*draft
	err      error
}

// NewBuilder starts an empty container.
func NewBuilder(kind Kind) *Builder {
	return &Builder{
		manifest: manifest{
			Format: "ace", Layout: LayoutVersion, Feature: FeatureVersion, Needs: 1,
			Kind: kind, Meta: map[string]json.RawMessage{},
		},
		byName: map[string]*draft{},
	}
}

func (b *Builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// SetMeta keeps a small value in the manifest, as JSON. A second value of the
// same key replaces the first.
func (b *Builder) SetMeta(key string, value any) {
	if err := checkName(key); err != nil {
		b.fail(fmt.Errorf("meta: %w", err))
		return
	}
	raw, err := json.Marshal(value)
	if err != nil {
		b.fail(fmt.Errorf("meta %q: %w", key, err))
		return
	}
	b.manifest.Meta[key] = raw
}

// AddBlob adds a section of opaque bytes, which are copied. With compress they
// are stored as gzip where that is smaller.
func (b *Builder) AddBlob(section string, data []byte, compress bool) {
	if _, ok := b.byName[section]; ok {
		b.fail(fmt.Errorf("section %q is added twice", section))
		return
	}
	s := b.section(section)
	s.put(bytes.Clone(data))
	s.blob, s.gzip = true, compress
}

// Compress stores a section of tensors as gzip where that is smaller.
func (b *Builder) Compress(section string) {
	s, ok := b.byName[section]
	if !ok {
		b.fail(fmt.Errorf("no section %q", section))
		return
	}
	s.gzip = true
}

// AddTensor adds a tensor behind the others of its section, which it starts if
// need be. data, which is copied, is row-major and of type []float32, []int8,
// []uint8, []uint16 or []uint32, and dtype is its own, or F16 or I8 for
// []float32: F16 rounds to nearest even, I8 quantises each row (one index of the
// first dimension) and adds NAME.scale behind it.
func (b *Builder) AddTensor(section, name string, dtype DType, shape []int, data any) {
	if err := b.addTensor(section, name, dtype, shape, data); err != nil {
		b.fail(fmt.Errorf("tensor %q: %w", name, err))
	}
}

func (b *Builder) addTensor(section, name string, dtype DType, shape []int, data any) error {
	t := TensorInfo{Name: name, DType: dtype, Shape: append([]int(nil), shape...), Section: section}
	if _, err := t.check(); err != nil {
		return err
	}
	if n, ok := length(data); !ok {
		return fmt.Errorf("data of type %T", data)
	} else if n != t.Elements() {
		return fmt.Errorf("%d values for shape %v", n, shape)
	}
	s := b.section(section)
	if s.blob {
		return fmt.Errorf("section %q is a blob", section)
	}
	if x, ok := data.([]float32); ok && dtype == I8 {
		q, scale, err := quantise(x, shape[0])
		if err != nil {
			return err
		}
		s.add(t, appendLittle(nil, q))
		t = TensorInfo{Name: name + ScaleSuffix, DType: F32, Shape: shape[:1:1], Section: section}
		s.add(t, appendLittle(nil, scale))
		return nil
	}
	values, err := appendValues(nil, dtype, data)
	if err == nil {
		s.add(t, values)
	}
	return err
}

func length(data any) (int, bool) {
	switch x := data.(type) {
	case []float32:
		return len(x), true
	case []int8:
		return len(x), true
	case []uint8:
		return len(x), true
	case []uint16:
		return len(x), true
	case []uint32:
		return len(x), true
	}
	return 0, false
}

func appendValues(b []byte, dtype DType, data any) ([]byte, error) {
	switch x := data.(type) {
	case []float32:
		if dtype == F16 {
			return appendHalf(b, x)
		}
		if dtype == F32 {
			return appendLittle(b, x), nil
		}
	case []int8:
		if dtype == I8 {
			return appendLittle(b, x), nil
		}
	case []uint8:
		if dtype == U8 {
			return appendLittle(b, x), nil
		}
	case []uint16:
		if dtype == U16 {
			return appendLittle(b, x), nil
		}
	case []uint32:
		if dtype == U32 {
			return appendLittle(b, x), nil
		}
	}
	return nil, fmt.Errorf("%T cannot be stored as %s", data, dtype)
}

// finish makes the manifest and the sections as they are stored. What it
// makes has passed the checks of a reader.
func (b *Builder) finish() (m *manifest, text []byte, stored []*draft, err error) {
	if b.err != nil {
		return nil, nil, nil, b.err
	}
	m = &b.manifest
	m.Sections, m.Tensors = make([]SectionInfo, 0, len(b.sections)), []TensorInfo{}
	gzipped, err := b.compress()
	if err != nil {
		return nil, nil, nil, err
	}
	for i, s := range b.sections {
		sum, err := s.sum()
		if err != nil {
			return nil, nil, nil, fmt.Errorf("section %q: %w", s.name, err)
		}
		info := SectionInfo{Name: s.name, Size: s.size, SHA256: hex.EncodeToString(sum[:])}
		as := s
		if packed := gzipped[i]; s.gzip && len(packed) < s.size {
			info.Encoding, info.Stored, info.Tag = Gzip, len(packed), tagOf(packed)
			as = &draft{name: s.name}
			as.put(packed)
		}
		m.Sections = append(m.Sections, info)
		m.Tensors = append(m.Tensors, s.tensors...)
		stored = append(stored, as)
	}
	if text, err = m.encode(); err != nil {
		return nil, nil, nil, err
	}
	if _, err = parse(text); err != nil {
		return nil, nil, nil, err
	}
	return m, text, stored, nil
}

// File returns the container as a single file.
func (b *Builder) File() ([]byte, error) {
	m, text, stored, err := b.finish()
	if err != nil {
		return nil, err
	}
	file := bytes.NewBuffer(make([]byte, 0, fileSize(text, stored)))
	err = writeFile(file, m, text, stored)
	return file.Bytes(), err
}

// WriteTo writes the container as a single file, which is at no moment in memory as
// a whole.
func (b *Builder) WriteTo(w io.Writer) (int64, error) {
	m, text, stored, err := b.finish()
	if err != nil {
		return 0, err
	}
	n := &counter{w: w}
	err = writeFile(n, m, text, stored)
	return n.written, err
}

// Dir returns the container as the files of a folder, by name. Whoever writes
// them to a disk writes ManifestFile last.
func (b *Builder) Dir() (map[string][]byte, error) {
	m, text, stored, err := b.finish()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{ManifestFile: text}
	for i, s := range m.Sections {
		if files[s.File()], err = stored[i].bytes(); err != nil {
			return nil, err
		}
	}
	return files, nil
}
