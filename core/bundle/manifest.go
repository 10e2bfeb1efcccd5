package bundle

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// SectionInfo describes a section. Sizes are in bytes.
type SectionInfo struct {
	Name     string `json:"name"`
	Size     int    `json:"size"`               // decoded
	SHA256   string `json:"sha256"`             // of the decoded bytes, 64 hex digits
	Encoding string `json:"encoding,omitempty"` // Gzip, or empty: stored as it is
	Stored   int    `json:"stored,omitempty"`   // size as stored, where encoded
	Tag      string `json:"tag,omitempty"`      // first 16 hex digits of the SHA-256 of the stored bytes, where encoded
}

// Gzip is the one encoding of feature version 1: RFC 1952, a single member.
const Gzip = "gzip"

// StoredSize is the number of bytes that the section takes in its carrier.
func (s SectionInfo) StoredSize() int {
	if s.Encoding == "" {
		return s.Size
	}
	return s.Stored
}

// File is the section's file name in a folder. It holds a hash of the file's
// bytes, so a file of this name never changes and may be cached for ever.
func (s SectionInfo) File() string {
	tag := s.Tag
	if s.Encoding == "" {
		tag = s.SHA256[:tagDigits]
	}
	return s.Name + "." + tag + ".bin"
}

const tagDigits = 16

// TensorInfo describes a tensor.
type TensorInfo struct {
	Name    string `json:"name"`
	DType   DType  `json:"dtype"`
	Shape   []int  `json:"shape"` // row-major, the last dimension is contiguous
	Section string `json:"section"`
	Offset  int    `json:"offset"` // in the decoded section, bytes
}

// Elements is the product of the shape.
func (t TensorInfo) Elements() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}

// manifest is the JSON document as written, less its seal.
type manifest struct {
	Format   string                     `json:"format"`
	Layout   int                        `json:"layout"`
	Feature  int                        `json:"feature"`
	Needs    int                        `json:"needs"`
	Kind     Kind                       `json:"kind"`
	Meta     map[string]json.RawMessage `json:"meta"`
	Sections []SectionInfo              `json:"sections"`
	Tensors  []TensorInfo               `json:"tensors"`

	sum string // hex SHA-256 of the sealed part
}

const (
	opening    = `{"format":"ace","layout":` // first bytes of every manifest; digits follow
	sealBefore = `,"sha256":"`
	sealAfter  = `"}`
	sealSize   = len(sealBefore) + 2*32 + len(sealAfter)
)

// encode writes the manifest with its seal: the last member is the SHA-256 of
// all bytes before it, so a changed bit is seen in either carrier.
func (m *manifest) encode() ([]byte, error) {
	b, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	b = seal(b[:len(b)-1])
	if len(b) > MaxManifest {
		return nil, fmt.Errorf("manifest: %d bytes, the format allows %d", len(b), MaxManifest)
	}
	return b, nil
}

// seal closes a JSON object that lacks its last brace.
func seal(open []byte) []byte {
	return fmt.Appendf(open, `%s%x%s`, sealBefore, sum256(open), sealAfter)
}

// parse reads a manifest and checks all that can be known without a section.
func parse(b []byte) (*manifest, error) {
	m, err := decode(b)
	if err == nil {
		err = m.check()
	}
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return m, nil
}

// decode reads the JSON: size, version, seal, shape of the JSON, then its values.
func decode(b []byte) (*manifest, error) {
	if len(b) > MaxManifest {
		return nil, fmt.Errorf("%d bytes, the format allows %d", len(b), MaxManifest)
	}
	rest, ok := bytes.CutPrefix(b, []byte(opening))
	if !ok {
		return nil, fmt.Errorf("does not begin with %s", opening)
	}
	layout := 0
	for i := 0; i < len(rest) && i < 9 && rest[i] >= '0' && rest[i] <= '9'; i++ {
		layout = layout*10 + int(rest[i]-'0')
	}
	if layout != LayoutVersion {
		return nil, &VersionError{"layout", layout, LayoutVersion}
	}
	sum, err := unseal(b)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(b) {
		return nil, errors.New("not valid UTF-8")
	}
	if err := scan(b); err != nil {
		return nil, err
	}
	m := &manifest{sum: sum}
	if err := json.Unmarshal(b, m); err != nil {
		return nil, err
	}
	return m, nil
}

// unseal checks the seal and returns the sum that it holds.
func unseal(b []byte) (string, error) {
	n := len(b) - sealSize
	if n < 0 || !bytes.HasPrefix(b[n:], []byte(sealBefore)) || !bytes.HasSuffix(b, []byte(sealAfter)) {
		return "", errors.New("does not end with its sha256: truncated or edited")
	}
	sum := sum256(b[:n])
	want := hex.EncodeToString(sum[:])
	if string(b[n+len(sealBefore):len(b)-len(sealAfter)]) != want {
		return "", errors.New("sha256 does not match: damaged or edited")
	}
	return want, nil
}
