package bundle

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
)

// The single file: a 16-byte header (magic, layout version, feature version,
// manifest size; three little-endian uint32), the manifest, then the sections as
// stored, in manifest order. Each section starts at the next multiple of Align;
// the gaps are zeros; the file ends where the last section ends.
const (
	magic      = "ACEB"
	headerSize = 16
)

// encodeFile lays out a file. stored holds the sections' bytes in order.
func encodeFile(m *manifest, text []byte, stored [][]byte) []byte {
	size := int64(headerSize + len(text))
	for _, s := range stored {
		size = align(size) + int64(len(s))
	}
	b := make([]byte, 0, size)
	b = append(b, magic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(m.Layout))
	b = binary.LittleEndian.AppendUint32(b, uint32(m.Feature))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(text)))
	b = append(b, text...)
	for _, s := range stored {
		b = b[:align(int64(len(b)))] // fresh memory: zeros
		b = append(b, s...)
	}
	return b
}

// file is a Source over the bytes of a single file.
type file struct {
	manifest *manifest
	text     []byte
	stored   map[string][]byte
}

// FromBytes reads a single file. It checks the header, the manifest and that
// the sections with their gaps make up the rest of the file exactly. The source
// and what is read through it keep referring to b, which must not change.
func FromBytes(b []byte) (Source, error) {
	if len(b) < headerSize || string(b[:len(magic)]) != magic {
		return nil, errors.New("not a file of ace: it does not begin with " + magic)
	}
	layout, feature := binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:])
	if layout != LayoutVersion {
		return nil, &VersionError{"layout", int(layout), LayoutVersion}
	}
	size := int64(binary.LittleEndian.Uint32(b[12:]))
	if size > MaxManifest || size > int64(len(b)-headerSize) {
		return nil, fmt.Errorf("header: manifest of %d bytes in a file of %d", size, len(b))
	}
	f := &file{text: b[headerSize:][:size]}
	var err error
	if f.manifest, err = parse(f.text); err != nil {
		return nil, err
	}
	if int64(f.manifest.Feature) != int64(feature) {
		return nil, fmt.Errorf("header: feature version %d, the manifest says %d", feature, f.manifest.Feature)
	}
	f.stored = make(map[string][]byte, len(f.manifest.Sections))
	at := headerSize + size
	for _, s := range f.manifest.Sections {
		from, to := align(at), align(at)+int64(s.StoredSize())
		if to > int64(len(b)) {
			return nil, fmt.Errorf("section %q: ends at byte %d, the file has %d: truncated", s.Name, to, len(b))
		}
		for _, c := range b[at:from] {
			if c != 0 {
				return nil, fmt.Errorf("section %q: the gap before it is not zero", s.Name)
			}
		}
		f.stored[s.Name] = b[from:to:to]
		at = to
	}
	if at != int64(len(b)) {
		return nil, fmt.Errorf("%d bytes behind the last section", int64(len(b))-at)
	}
	return f, nil
}

func (f *file) Manifest(context.Context) ([]byte, error) { return f.text, nil }

func (f *file) Section(_ context.Context, s SectionInfo) ([]byte, error) {
	stored, ok := f.stored[s.Name]
	if !ok {
		return nil, fmt.Errorf("no section %q", s.Name)
	}
	return Decode(s, stored)
}
