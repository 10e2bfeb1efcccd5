package bundle

import (
	"errors"
	"fmt"
)

// check holds the decoded manifest against the format, in the order of
// docs/format.md: versions, kind and meta, sections, tensors.
func (m *manifest) check() error {
	if m.Needs < 1 || m.Needs > m.Feature {
		return fmt.Errorf("needs %d is not in 1 to feature %d", m.Needs, m.Feature)
	}
	if m.Needs > FeatureVersion {
		return &VersionError{"feature", m.Needs, FeatureVersion}
	}
	if err := checkName(string(m.Kind)); err != nil {
		return fmt.Errorf("kind: %w", err)
	}
	if m.Meta == nil || m.Sections == nil || m.Tensors == nil {
		return errors.New("meta, sections or tensors is missing")
	}
	for key := range m.Meta {
		if err := checkName(key); err != nil {
			return fmt.Errorf("meta: %w", err)
		}
	}
	if len(m.Sections) > MaxEntries {
		return fmt.Errorf("%d sections, the format allows %d", len(m.Sections), MaxEntries)
	}
	if len(m.Tensors) > MaxEntries {
		return fmt.Errorf("%d tensors, the format allows %d", len(m.Tensors), MaxEntries)
	}
	sections := make(map[string]int, len(m.Sections))
	for i, s := range m.Sections {
		if err := s.check(); err != nil {
			return fmt.Errorf("section %.*q: %w", MaxName, s.Name, err)
		}
		if _, ok := sections[s.Name]; ok {
			return fmt.Errorf("section %q appears twice", s.Name)
		}
		sections[s.Name] = i
	}
	return m.checkTensors(sections)
}

// checkName holds a name to [a-z0-9._/-]: path elements that begin with a
// letter or digit, so that no name is hidden, absolute or climbs.
func checkName(name string) error {
	if name == "" || len(name) > MaxName {
		return fmt.Errorf("name of %d bytes, want 1 to %d", len(name), MaxName)
	}
	first := true
	for _, c := range []byte(name) {
		word := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !word && (first || c != '.' && c != '_' && c != '-' && c != '/') {
			return fmt.Errorf("bad name %q", name)
		}
		first = c == '/'
	}
	if first {
		return fmt.Errorf("bad name %q", name)
	}
	return nil
}

// maxRatio is the most that DEFLATE can expand: 258 bytes from 2 bits. A
// section that declares more than that times its stored size is a lie.
const maxRatio = 258 * 8 / 2

func (s SectionInfo) check() error {
	if err := checkName(s.Name); err != nil {
		return err
	}
	for _, c := range []byte(s.Name) {
		if c == '/' {
			return errors.New("the name of a section holds no slash")
		}
	}
	if s.Size < 0 || s.Size > MaxSection {
		return fmt.Errorf("size %d is not in 0 to %d", s.Size, MaxSection)
	}
	if !isHex(s.SHA256, 64) {
		return errors.New("sha256 is not 64 small hex digits")
	}
	switch s.Encoding {
	case "":
		if s.Stored != 0 || s.Tag != "" {
			return errors.New("stored and tag belong to encoded sections only")
		}
	case Gzip:
		if s.Stored < 1 || s.Stored >= s.Size {
			return fmt.Errorf("stored size %d is not in 1 to size %d", s.Stored, s.Size)
		}
		if s.Size/maxRatio > s.Stored {
			return fmt.Errorf("gzip cannot make %d bytes of %d", s.Size, s.Stored)
		}
		if !isHex(s.Tag, tagDigits) {
			return fmt.Errorf("tag is not %d small hex digits", tagDigits)
		}
	default:
		return fmt.Errorf("unknown encoding %.40q", s.Encoding)
	}
	return nil
}

func isHex(s string, n int) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == n
}

// checkTensors holds that the tensors of a section lie in manifest order, each
// at the first multiple of Align behind the one before, and fill the section.
func (m *manifest) checkTensors(sections map[string]int) error {
	tensors := make(map[string]TensorInfo, len(m.Tensors))
	last, end := -1, int64(0) // section of the tensor before, and where that tensor ends
	filled := func() error {
		if last >= 0 && end != int64(m.Sections[last].Size) {
			return fmt.Errorf("section %q: %d bytes, its tensors end at %d", m.Sections[last].Name, m.Sections[last].Size, end)
		}
		return nil
	}
	for _, t := range m.Tensors {
		size, err := t.check()
		if err != nil {
			return fmt.Errorf("tensor %.*q: %w", MaxName, t.Name, err)
		}
		if _, ok := tensors[t.Name]; ok {
			return fmt.Errorf("tensor %q appears twice", t.Name)
		}
		s, ok := sections[t.Section]
		if !ok {
			return fmt.Errorf("tensor %q: no section %.*q", t.Name, MaxName, t.Section)
		}
		if s < last {
			return fmt.Errorf("tensor %q: not in the order of the sections", t.Name)
		}
		if s > last {
			if err := filled(); err != nil {
				return err
			}
			last, end = s, 0
		}
		if int64(t.Offset) != align(end) {
			return fmt.Errorf("tensor %q: offset %d, want %d", t.Name, t.Offset, align(end))
		}
		if end = align(end) + size; end > int64(m.Sections[s].Size) {
			return fmt.Errorf("tensor %q: ends at %d, outside section %q of %d bytes", t.Name, end, t.Section, m.Sections[s].Size)
		}
		tensors[t.Name] = t
	}
	if err := filled(); err != nil {
		return err
	}
	for _, t := range m.Tensors {
		if s, ok := tensors[t.Name+ScaleSuffix]; ok && t.DType == I8 {
			if s.DType != F32 || len(s.Shape) != 1 || s.Shape[0] != t.Shape[0] {
				return fmt.Errorf("tensor %q: %s %v, want f32 [%d], a scale for each row of %q", s.Name, s.DType, s.Shape, t.Shape[0], t.Name)
			}
		}
	}
	return nil
}

// check holds a tensor to the format and returns its size in bytes, which is
// at most MaxSection.
func (t TensorInfo) check() (int64, error) {
	if err := checkName(t.Name); err != nil {
		return 0, err
	}
	if t.DType.Size() == 0 {
		return 0, fmt.Errorf("unknown dtype %.40q", string(t.DType))
	}
	if len(t.Shape) < 1 || len(t.Shape) > MaxRank {
		return 0, fmt.Errorf("%d dimensions, want 1 to %d", len(t.Shape), MaxRank)
	}
	size := int64(t.DType.Size())
	for _, d := range t.Shape {
		if d < 1 || int64(d) > MaxSection/size {
			return 0, fmt.Errorf("shape %v: want dimensions of at least 1 and at most %d bytes in all", t.Shape, MaxSection)
		}
		size *= int64(d)
	}
	return size, nil
}
