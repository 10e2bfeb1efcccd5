package bundle

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// readAll opens a container and reads all of it.
func readAll(src Source) error {
	c, err := Open(ctx, src)
	if err != nil {
		return err
	}
	for _, s := range c.Sections() {
		if _, err := c.Section(ctx, s.Name); err != nil {
			return err
		}
	}
	for _, t := range c.Tensors() {
		if _, _, err := c.Raw(ctx, t.Name); err != nil {
			return err
		}
	}
	return nil
}

func readFile(b []byte) error {
	src, err := FromBytes(b)
	if err != nil {
		if src != nil {
			return errors.New("a source beside an error")
		}
		return err
	}
	return readAll(src)
}

// parts takes a file apart: the manifest without its seal, and the sections from
// the first on.
func parts(file []byte) (open string, sections []byte) {
	n := int64(binary.LittleEndian.Uint32(file[12:]))
	return string(file[headerSize:][:n-int64(sealSize)]), file[align(headerSize+n):]
}

// assemble is the inverse of parts, with a seal that fits and a new gap behind
// the manifest.
func assemble(open string, sections []byte) []byte {
	text := seal([]byte(open))
	b := append([]byte(magic), 1, 0, 0, 0, 1, 0, 0, 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(text)))
	b = append(b, text...)
	b = append(b, make([]byte, align(int64(len(b)))-int64(len(b)))...)
	return append(b, sections...)
}

// Every flipped bit, every truncation and every appended byte of a file is
// seen by a reader that reads all of it.
func TestDamagedFile(t *testing.T) {
	file := mustFile(t, sample(true))
	if err := readFile(file); err != nil {
		t.Fatal(err)
	}
	for i := range file {
		bad := bytes.Clone(file)
		bad[i] ^= 1 << (i % 8)
		if readFile(bad) == nil {
			t.Errorf("flipped bit %d of byte %d of %d is not seen", i%8, i, len(file))
		}
		if readFile(file[:i]) == nil {
			t.Errorf("truncation to %d of %d bytes is not seen", i, len(file))
		}
	}
	for _, more := range []string{"\x00", "x", strings.Repeat("\x00", Align)} {
		if err := readFile(append(bytes.Clone(file), more...)); err == nil || !strings.Contains(err.Error(), "behind the last section") {
			t.Errorf("%d appended bytes: %v", len(more), err)
		}
	}
}

// The same for every file of a folder, and for files that are gone.
func TestDamagedFolder(t *testing.T) {
	good := mustDir(t, sample(true))
	if err := readAll(FromFS(good)); err != nil {
		t.Fatal(err)
	}
	try := func(name string, data []byte) error {
		bad := maps.Clone(good)
		bad[name] = &fstest.MapFile{Data: data}
		return readAll(FromFS(bad))
	}
	for name, f := range good {
		for i := 0; i < len(f.Data); i += 5 { // the file's test has tried every byte
			bad := bytes.Clone(f.Data)
			bad[i] ^= 1 << (i % 8)
			if err := try(name, bad); err == nil {
				t.Errorf("%s: flipped bit %d of byte %d of %d is not seen", name, i%8, i, len(f.Data))
			}
			if try(name, f.Data[:i]) == nil {
				t.Errorf("%s: truncation to %d of %d bytes is not seen", name, i, len(f.Data))
			}
		}
		if try(name, append(bytes.Clone(f.Data), 0)) == nil {
			t.Errorf("%s: an appended byte is not seen", name)
		}
		gone := maps.Clone(good)
		delete(gone, name)
		if err := readAll(FromFS(gone)); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s gone: %v", name, err)
		}
		gone[name+"/x"] = &fstest.MapFile{}
		if err := readAll(FromFS(gone)); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("%s a folder: %v", name, err)
		}
	}
	if err := try("other.0123456789abcdef.bin", nil); err != nil {
		t.Errorf("a file that the manifest does not name: %v", err)
	}
}

// zipped gives a gzip section of n zeros whose manifest says size.
func zipped(t testing.TB, n, size int) (SectionInfo, []byte) {
	t.Helper()
	z, err := new(compressor).compress(make([]byte, n))
	if err != nil {
		t.Fatal(err)
	}
	return SectionInfo{Name: "z", Size: size, Encoding: Gzip, Stored: len(z), Tag: tagOf(z), SHA256: strings.Repeat("0", 64)}, z
}

func TestGzipBounds(t *testing.T) {
	const n = 1 << 20
	if s, z := zipped(t, n, n); true {
		if data, err := Decode(s, z); err != nil || len(data) != n {
			t.Errorf("%d bytes, %v", len(data), err)
		}
		if s.Stored*maxRatio < n {
			t.Errorf("%d bytes of %d: the bound on the ratio is too small", n, s.Stored)
		}
	}
	two := func(s SectionInfo, z []byte) (SectionInfo, []byte) {
		z = append(z, z...)
		s.Stored, s.Tag = len(z), tagOf(z)
		return s, z
	}
	edit := func(at int, v byte) func(SectionInfo, []byte) (SectionInfo, []byte) {
		return func(s SectionInfo, z []byte) (SectionInfo, []byte) {
			z[(at+len(z))%len(z)] ^= v
			s.Tag = tagOf(z)
			return s, z
		}
	}
	for name, c := range map[string]struct {
		size int
		make func(SectionInfo, []byte) (SectionInfo, []byte)
		want string
	}{
		"declared smaller": {n - 1, nil, "decodes to more than the manifest's 1048575 bytes"},
		"declared tiny":    {2000, nil, "decodes to more than the manifest's 2000 bytes"},
		"declared larger":  {n + 1, nil, "decodes to 1048576 bytes, the manifest says 1048577"},
		"two members":      {n, two, "bytes lie behind the gzip member"},
		"wrong crc":        {n, edit(-8, 1), gzip.ErrChecksum.Error()},
		"no gzip":          {n, edit(0, 1), gzip.ErrHeader.Error()},
	} {
		s, z := zipped(t, n, c.size)
		if c.make != nil {
			s, z = c.make(s, z)
		}
		if data, err := Decode(s, z); err == nil || !strings.Contains(err.Error(), c.want) || data != nil {
			t.Errorf("%s: %d bytes, %v, want %s", name, len(data), err, c.want)
		}
	}
}

// Header and versions of a file.
func TestHeader(t *testing.T) {
	file := mustFile(t, sample(false))
	put := func(at int, v uint32) []byte {
		b := bytes.Clone(file)
		binary.LittleEndian.PutUint32(b[at:], v)
		return b
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"nothing":         {nil, "not a file of ace"},
		"magic alone":     {file[:4], "not a file of ace"},
		"other magic":     {append([]byte("ACEC"), file[4:]...), "not a file of ace"},
		"layout 0":        {put(4, 0), "layout version 0 is not readable"},
		"layout 2":        {put(4, 2), "layout version 2 is newer"},
		"other feature":   {put(8, 2), "header: feature version 2, the manifest says 1"},
		"manifest beyond": {put(12, uint32(len(file))), "header: manifest of"},
		"manifest huge":   {put(12, 1<<32-1), "header: manifest of 4294967295 bytes"},
		"manifest empty":  {put(12, 0), "manifest: does not begin with"},
	} {
		if err := readFile(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// Manifests that are sealed well and wrong. Each edit replaces the first text
// by the second, once, in the sample's manifest.
func TestBadManifest(t *testing.T) {
	file := mustFile(t, sample(false))
	open, sections := parts(file)
	if err := readFile(assemble(open, sections)); err != nil {
		t.Fatal(err)
	}
	zipManifest := func(size, stored int) string {
		return fmt.Sprintf(`,"encoding":"gzip","stored":%d,"tag":"0123456789abcdef"},{"name":"x","size":%d,"sha256":"%064d"`, stored, size, 0)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"layout 2":          {`"layout":1`, `"layout":2`, "manifest: layout version 2 is newer than this reader's 1"},
		"layout absent":     {`"layout":1`, `"layout":"1"`, "manifest: layout version 0 is not readable"},
		"other format":      {`"ace"`, `"bce"`, "manifest: does not begin with"},
		"space before":      {`{"format"`, ` {"format"`, "manifest: does not begin with"},
		"needs 2":           {`"feature":1,"needs":1`, `"feature":2,"needs":2`, "manifest: feature version 2 is newer than this reader's 1"},
		"needs 0":           {`"needs":1`, `"needs":0`, "needs 0 is not in 1 to feature 1"},
		"needs negative":    {`"needs":1`, `"needs":-1`, "needs -1 is not in 1 to feature 1"},
		"needs above":       {`"needs":1`, `"needs":2`, "needs 2 is not in 1 to feature 1"},
		"not json":          {`"needs":1,`, `"needs":1;`, "manifest: invalid character"},
		"unbalanced":        {`"meta":{`, `"meta":}}{`, "manifest: unbalanced brackets"},
		"not utf-8":         {`é`, "\xff", "manifest: not valid UTF-8"},
		"a fraction":        {`"needs":1`, `"needs":1.5`, "cannot unmarshal"},
		"too large":         {`"needs":1`, `"needs":99999999999999999999`, "cannot unmarshal"},
		"deep":              {`"z":1`, `"z":` + strings.Repeat("[", 31) + strings.Repeat("]", 31), "manifest: nested deeper than 32"},
		"very deep":         {`"z":1`, `"z":` + strings.Repeat("[", 1<<20), "manifest: nested deeper than 32"},
		"member twice":      {`"needs":1`, `"needs":1,"needs":1`, `member "needs" appears twice`},
		"meta twice":        {`"sections":`, `"meta":{},"sections":`, `member "meta" appears twice`},
		"capital member":    {`"needs":1`, `"needs":1,"Needs":2`, `member name "Needs"`},
		"escaped member":    {`"needs":1`, `"\u006eeeds":1`, `member name "\\u006eeeds"`},
		"folding member":    {`"sections"`, `"ſections"`, `member name "ſections"`},
		"nested twice":      {`{"name":"model"`, `{"name":"model","name":"model"`, `member "name" appears twice`},
		"no meta":           {`"meta":{`, `"mota":{`, "meta, sections or tensors is missing"},
		"null tensors":      {`"tensors":[`, `"tensors":null,"other":[`, "meta, sections or tensors is missing"},
		"kind":              {`"kind":"bundle"`, `"kind":"Bundle"`, `kind: bad name "Bundle"`},
		"no kind":           {`"kind":"bundle"`, `"kind":""`, "kind: name of 0 bytes"},
		"meta key":          {`"z":1`, `"Z":1`, `meta: bad name "Z"`},
		"section twice":     {`"name":"note"`, `"name":"trie"`, `section "trie" appears twice`},
		"section renamed":   {`"name":"trie"`, `"name":"tree"`, `tensor "raw.i8": no section "trie"`},
		"section hidden":    {`"name":"note"`, `"name":".note"`, "bad name"},
		"section climbs":    {`"name":"note"`, `"name":"a..b/.."`, "bad name"},
		"section slash":     {`"name":"note"`, `"name":"a/b"`, "holds no slash"},
		"section empty":     {`"name":"note"`, `"name":""`, "name of 0 bytes"},
		"section long":      {`"name":"note"`, `"name":"` + strings.Repeat("n", 129) + `"`, "name of 129 bytes"},
		"section null":      {`{"name":"model"`, `null,{"name":"model"`, "name of 0 bytes"},
		"section a number":  {`{"name":"model"`, `1,{"name":"model"`, "cannot unmarshal number"},
		"size negative":     {`"size":1800`, `"size":-1`, `section "items.0000": size -1`},
		"size huge":         {`"size":1800`, `"size":2147483648`, `section "items.0000": size 2147483648`},
		"size beyond file":  {`"size":1800`, `"size":2147483647`, `section "items.0000": ends at byte`},
		"size one less":     {`"size":1800`, `"size":1799`, `the gap before it is not zero`},
		"size one more":     {`"size":1800`, `"size":1801`, `section "items.0000": sha256 does not match`},
		"last one less":     {`"size":16,`, `"size":15,`, "1 bytes behind the last section"},
		"last one more":     {`"size":16,`, `"size":17,`, "truncated"},
		"hash short":        {`"sha256":"`, `"sha256":"","x":"`, "sha256 is not 64 small hex digits"},
		"hash capital":      {`"sha256":"`, `"sha256":"` + strings.Repeat("A", 64) + `","x":"`, "sha256 is not 64 small hex digits"},
		"hash other":        {`"sha256":"`, `"sha256":"` + strings.Repeat("0", 64) + `","x":"`, "sha256 does not match"},
		"encoding":          {`{"name":"note"`, `{"encoding":"br","name":"note"`, `unknown encoding "br"`},
		"stored without":    {`{"name":"note"`, `{"stored":16,"name":"note"`, "belong to encoded sections only"},
		"tag without":       {`{"name":"note"`, `{"tag":"0123456789abcdef","name":"note"`, "belong to encoded sections only"},
		"gzip of nothing":   {`},{"name":"note"`, zipManifest(1, 0) + `},{"name":"note"`, "stored size 0 is not in 1"},
		"gzip impossible":   {`{"name":"note","size":16`, `{"encoding":"gzip","stored":20,"tag":"0123456789abcdef","name":"note","size":2147483647`, "gzip cannot make 2147483647 bytes of 20"},
		"gzip no tag":       {`{"name":"note","size":16`, `{"encoding":"gzip","stored":15,"name":"note","size":16`, "tag is not 16 small hex digits"},
		"gzip wrong tag":    {`{"name":"note","size":16`, `{"encoding":"gzip","stored":16,"tag":"0123456789abcdef","name":"note","size":17`, "do not match their tag"},
		"tensor twice":      {`"name":"u16"`, `"name":"u8"`, `tensor "u8" appears twice`},
		"tensor name":       {`"name":"u16"`, `"name":"/u16"`, "bad name"},
		"tensor name end":   {`"name":"u16"`, `"name":"u16/"`, "bad name"},
		"tensor name path":  {`"name":"u16"`, `"name":"a/../u16"`, "bad name"},
		"tensor name UTF-8": {`"name":"u16"`, `"name":"ü16"`, "bad name"},
		"dtype":             {`"dtype":"u16"`, `"dtype":"f64"`, `tensor "u16": unknown dtype "f64"`},
		"shape into next":   {`"shape":[4]`, `"shape":[129]`, `tensor "u32": offset 768, want 1024`},
		"no shape":          {`"shape":[4]`, `"shape":[]`, `tensor "u16": 0 dimensions`},
		"null shape":        {`"shape":[4]`, `"shape":null`, `tensor "u16": 0 dimensions`},
		"shape of 9":        {`"shape":[4]`, `"shape":[4,1,1,1,1,1,1,1,1]`, `tensor "u16": 9 dimensions`},
		"shape negative":    {`"shape":[4]`, `"shape":[-4]`, `tensor "u16": shape [-4]`},
		"shape negatives":   {`"shape":[4]`, `"shape":[-2,-2]`, `tensor "u16": shape [-2 -2]`},
		"shape zero":        {`"shape":[4]`, `"shape":[0,4]`, `tensor "u16": shape [0 4]`},
		"shape overflow 32": {`"shape":[4]`, `"shape":[65536,65536]`, `tensor "u16": shape [65536 65536]`},
		"shape overflow 64": {`"shape":[4]`, `"shape":[4294967296,4294967296]`, `tensor "u16": shape [4294967296 4294967296]`},
		"shape wraps":       {`"shape":[4]`, `"shape":[2,2147483647,2147483647,4]`, `tensor "u16": shape`},
		"shape larger":      {`"shape":[4]`, `"shape":[100000]`, `tensor "u16": ends at`},
		"no such section":   {`"section":"trie"`, `"section":"none"`, `tensor "raw.i8": no section "none"`},
		"section backward":  {`"section":"wide"`, `"section":"model"`, `tensor "ramp": not in the order of the sections`},
		"section left":      {`"section":"wide"`, `"section":"note"`, `outside section "note"`},
		"section short":     {`,"shape":[64,4]`, `,"shape":[63,4]`, `section "wide": 1024 bytes, its tensors end at 1008`},
		"offset odd":        {`"offset":512`, `"offset":511`, `offset 511, want 512`},
		"offset negative":   {`"offset":512`, `"offset":-256`, `offset -256, want 512`},
		"offset later":      {`"offset":512`, `"offset":768`, `offset 768, want 512`},
		"offset overlaps":   {`"offset":512`, `"offset":256`, `offset 256, want 512`},
		"offset huge":       {`"offset":512`, `"offset":9223372036854775807`, `want 512`},
		"scale dtype":       {`"name":"w/i8.scale","dtype":"f32"`, `"name":"w/i8.scale","dtype":"u32"`, `tensor "w/i8.scale": u32 [3], want f32 [3]`},
		"scale shape":       {`"name":"w/i8.scale","dtype":"f32","shape":[3]`, `"name":"w/i8.scale","dtype":"f32","shape":[3,1]`, `tensor "w/i8.scale": f32 [3 1], want f32 [3]`},
	} {
		if !strings.Contains(open, c.from) {
			t.Errorf("%s: the manifest holds no %s", name, c.from)
			continue
		}
		err := readFile(assemble(strings.Replace(open, c.from, c.to, 1), sections))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// What a later feature version may add does not disturb this reader.
func TestUnknownFields(t *testing.T) {
	file := mustFile(t, sample(false))
	open, sections := parts(file)
	open = strings.Replace(open, `"feature":1`, `"feature":7`, 1)
	open = strings.Replace(open, `"needs":1`, `"needs":1,"later":{"a":[1,{"b":null}]}`, 1)
	open = strings.Replace(open, `{"name":"model"`, `{"later":[1],"name":"model"`, 1)
	open = strings.Replace(open, `{"name":"u16"`, `{"later":1.5,"name":"u16"`, 1)
	b := assemble(open, sections)
	b[8] = 7
	src, err := FromBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	c := mustOpen(t, src)
	if c.Feature() != 7 {
		t.Errorf("feature %d", c.Feature())
	}
	if err := readAll(src); err != nil {
		t.Error(err)
	}
}

// Too many entries are refused before they are decoded.
func TestTooManyEntries(t *testing.T) {
	const open = opening + `1,"feature":1,"needs":1,"kind":"x","meta":{},"tensors":[],"sections":[`
	many := open + strings.Repeat("1,", 2*MaxEntries+1) + "1]"
	if _, err := parse(seal([]byte(many))); err == nil || !strings.Contains(err.Error(), "more than 131072 sections and tensors") {
		t.Errorf("%.200v", err)
	}
	many = open + strings.Repeat(`{},`, MaxEntries) + "{}]"
	if _, err := parse(seal([]byte(many))); err == nil || !strings.Contains(err.Error(), "65537 sections") {
		t.Errorf("%.200v", err)
	}
	many = open + "]" + strings.Repeat(`,"a":1`, 100)
	for i := range 100 {
		many = strings.Replace(many, `"a"`, fmt.Sprintf(`"b%d"`, i), 1)
	}
	if _, err := parse(seal([]byte(many))); err == nil || !strings.Contains(err.Error(), "more than 64 members") {
		t.Errorf("%.200v", err)
	}
}

// A newer container says what to do.
func TestVersionHint(t *testing.T) {
	file := mustFile(t, sample(false))
	file[4] = 2
	_, err := FromBytes(file)
	var v *VersionError
	if !errors.As(err, &v) || !strings.Contains(v.Hint(), "reload the page") {
		t.Errorf("%v", err)
	}
	v.Have = 0
	if !strings.Contains(v.Hint(), "build it again") {
		t.Error(v.Hint())
	}
}
