package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"fmt"
	"io"
)

// Source gives the parts of a container, from wherever they lie.
type Source interface {
	// Manifest returns the manifest's bytes as stored. The caller does not
	// change them. A source reads no more than MaxManifest bytes for it.
	Manifest(ctx context.Context) ([]byte, error)

	// Section returns the decoded bytes of a section of that manifest, which
	// then belong to the container. Size and hash are checked by the caller;
	// a source bounds what it reads by s.StoredSize and s.Size. Decode does
	// so for sources that receive stored bytes.
	Section(ctx context.Context, s SectionInfo) ([]byte, error)
}

// Verifier is a Source that checks the SHA-256 of what Section returns itself
// (a browser's crypto.subtle is faster at it). Where Verified is true, the
// container does not check it again; it still checks the size.
type Verifier interface {
	Verified() bool
}

// Decode turns the stored bytes of a section into its decoded bytes. It checks
// the stored size, and for encoded sections the tag; it never makes more than
// s.Size bytes. A section that is stored as it is comes back without a copy.
func Decode(s SectionInfo, stored []byte) ([]byte, error) {
	if len(stored) != s.StoredSize() {
		return nil, fmt.Errorf("section %q: %d bytes are stored, the manifest says %d", s.Name, len(stored), s.StoredSize())
	}
	if s.Encoding == "" {
		return stored, nil
	}
	if tagOf(stored) != s.Tag {
		return nil, fmt.Errorf("section %q: stored bytes do not match their tag: damaged", s.Name)
	}
	data, err := gunzip(stored, s.Size)
	if err != nil {
		return nil, fmt.Errorf("section %q: %w", s.Name, err)
	}
	return data, nil
}

func tagOf(stored []byte) string {
	sum := sum256(stored)
	return hex.EncodeToString(sum[:tagDigits/2])
}

// gunzip decodes one gzip member of exactly size bytes. The manifest's check has
// already bounded size by what DEFLATE can make of the stored bytes.
func gunzip(stored []byte, size int) ([]byte, error) {
	in := bytes.NewReader(stored)
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	data := make([]byte, size)
	if n, err := io.ReadFull(z, data); err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil, fmt.Errorf("decodes to %d bytes, the manifest says %d", n, size)
	} else if err != nil {
		return nil, err
	}
	switch n, err := z.Read(make([]byte, 1)); {
	case n > 0:
		return nil, fmt.Errorf("decodes to more than the manifest's %d bytes", size)
	case err != io.EOF:
		return nil, err
	}
	if in.Len() > 0 {
		return nil, fmt.Errorf("%d bytes lie behind the gzip member", in.Len())
	}
	return data, nil
}
