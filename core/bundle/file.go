package bundle

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The single file: a 16-byte header (magic, layout version, feature version,
// manifest size; three little-endian uint32), the manifest, then the sections as
// stored, in manifest order. Each section starts at the next multiple of Align;
// the gaps are zeros; the file ends where the last section ends.
const (
	magic      = "ACEB"
	headerSize = 16
)

// fileSize is that of a file of these sections.
func fileSize(text []byte, stored []*draft) int64 {
	size := int64(headerSize + len(text))
	for _, s := range stored {
		size = align(size) + int64(s.size)
	}
	return size
}

// writeFile lays out a file. stored holds the sections' bytes in order.
func writeFile(w io.Writer, m *manifest, text []byte, stored []*draft) error {
	b := append(make([]byte, 0, headerSize+len(text)), magic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(m.Layout))
	b = binary.LittleEndian.AppendUint32(b, uint32(m.Feature))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(text)))
	if _, err := w.Write(append(b, text...)); err != nil {
		return err
	}
	at := int64(headerSize + len(text))
	for _, s := range stored {
		if _, err := w.Write(make([]byte, align(at)-at)); err != nil {
			return err
		}
		if err := s.write(w); err != nil {
			return fmt.Errorf("section %q: %w", s.name, err)
		}
		at = align(at) + int64(s.size)
	}
	return nil
}

// counter counts what is written.
type counter struct {
	w       io.Writer
	written int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.written += int64(n)
	return n, err
}

// file is a Source over a single file.
type file struct {
	manifest *manifest
	text     []byte
	from     io.ReaderAt
	bytes    []byte           // the same in memory; nil: it is not
	at       map[string]int64 // where each section lies
}

// FromBytes is FromFile of a file that is in memory. The source
// and what is read through it keep referring to b, which must not change.
func FromBytes(b []byte) (Source, error) {
	f, err := openFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	f.bytes = b
	return f, nil
}

// FromFile reads a single file of a size. It checks the header, the manifest and that
// the sections with their gaps make up the rest of the file exactly. Sections are
// read when they are asked for: the file must not change.
func FromFile(from io.ReaderAt, size int64) (Source, error) {
	f, err := openFile(from, size)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func openFile(from io.ReaderAt, length int64) (*file, error) {
	head := make([]byte, min(headerSize, length))
	if err := readAt(from, head, 0); err != nil {
		return nil, err
	}
	if len(head) < headerSize || string(head[:len(magic)]) != magic {
		return nil, errors.New("not a file of ace: it does not begin with " + magic)
	}
	layout, feature := binary.LittleEndian.Uint32(head[4:]), binary.LittleEndian.Uint32(head[8:])
	if layout != LayoutVersion {
		return nil, &VersionError{"layout", int(layout), LayoutVersion}
	}
	size := int64(binary.LittleEndian.Uint32(head[12:]))
	if size > MaxManifest || size > length-headerSize {
		return nil, fmt.Errorf("header: manifest of %d bytes in a file of %d", size, length)
	}
	f := &file{text: make([]byte, size), from: from}
	if err := readAt(from, f.text, headerSize); err != nil {
		return nil, err
	}
	var err error
	if f.manifest, err = parse(f.text); err != nil {
		return nil, err
	}
	if int64(f.manifest.Feature) != int64(feature) {
		return nil, fmt.Errorf("header: feature version %d, the manifest says %d", feature, f.manifest.Feature)
	}
	f.at = make(map[string]int64, len(f.manifest.Sections))
	at := headerSize + size
	for _, s := range f.manifest.Sections {
		from, to := align(at), align(at)+int64(s.StoredSize())
		if to > length {
			return nil, fmt.Errorf("section %q: ends at byte %d, the file has %d: truncated", s.Name, to, length)
		}
		gap := make([]byte, from-at)
		if err := readAt(f.from, gap, at); err != nil {
			return nil, err
		}
		for _, c := range gap {
			if c != 0 {
				return nil, fmt.Errorf("section %q: the gap before it is not zero", s.Name)
			}
		}
		f.at[s.Name] = from
		at = to
	}
	if at != length {
		return nil, fmt.Errorf("%d bytes behind the last section", length-at)
	}
	return f, nil
}

// readAt fills b with what lies there.
func readAt(from io.ReaderAt, b []byte, at int64) error {
	if n, err := from.ReadAt(b, at); n < len(b) {
		return err
	}
	return nil
}

func (f *file) Manifest(context.Context) ([]byte, error) { return f.text, nil }

func (f *file) Section(_ context.Context, s SectionInfo) ([]byte, error) {
	at, ok := f.at[s.Name]
	if !ok {
		return nil, fmt.Errorf("no section %q", s.Name)
	}
	size := s.StoredSize()
	if f.bytes != nil {
		return Decode(s, f.bytes[at:][:size:size])
	}
	stored := make([]byte, size)
	if err := readAt(f.from, stored, at); err != nil {
		return nil, fmt.Errorf("section %q: %w", s.Name, err)
	}
	return Decode(s, stored)
}

// Open gives the bytes of a section as they lie in the file, unchecked; false where
// they are encoded.
func (f *file) Open(s SectionInfo) (*io.SectionReader, bool) {
	at, ok := f.at[s.Name]
	if !ok || s.Encoding != "" {
		return nil, false
	}
	return io.NewSectionReader(f.from, at, int64(s.Size)), true
}
