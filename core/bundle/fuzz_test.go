package bundle

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
)

// allocated is the number of bytes that this process has allocated so far.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// trusted skips the container's own hash check, so that the fuzzer, which
// cannot find preimages, gets to the readers behind it.
type trusted struct{ Source }

func (trusted) Verified() bool { return true }

// FuzzOpen holds, for any bytes: reading them does not panic; it allocates
// within a bound that follows from their length; an error comes alone; and what
// could be read is written again as the same content, or as the same bytes
// where the input was written as the Builder writes.
func FuzzOpen(f *testing.F) {
	for _, name := range []string{"v1.ace", "v1.gzip.ace"} {
		b, err := golden.ReadFile("testdata/golden/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)-1])
		f.Add(b[:headerSize])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<20 {
			t.Skip()
		}
		exercise(t, b)
	})
}

// FuzzManifest does the same with the manifest (without its seal) and the
// sections apart, and puts a seal and a header on them that fit.
func FuzzManifest(f *testing.F) {
	for _, name := range []string{"v1.ace", "v1.gzip.ace"} {
		b, err := golden.ReadFile("testdata/golden/" + name)
		if err != nil {
			f.Fatal(err)
		}
		open, sections := parts(b)
		f.Add(open, sections)
		f.Add(strings.Replace(open, `"z":1`, `"z":[1, {"z":1e9}]`, 1), sections)
		f.Add(strings.Replace(open, `"needs":1`, `"needs":1,"x":{"y":[]}`, 1), sections)
	}
	f.Add(opening+`1,"feature":1,"needs":1,"kind":"x","meta":{},"sections":[],"tensors":[]`, []byte{})
	f.Fuzz(func(t *testing.T, open string, sections []byte) {
		if len(open)+len(sections) > 1<<20 {
			t.Skip()
		}
		exercise(t, assemble(open, sections))
	})
}

func exercise(t *testing.T, b []byte) {
	before := allocated()
	src, err := FromBytes(b)
	if err != nil {
		if src != nil {
			t.Fatal("a source beside an error")
		}
		_, err = FromBytes(b)
		if err == nil {
			t.Fatal("an error goes away")
		}
	} else {
		readTensors(t, trusted{src})
		text, _ := src.Manifest(ctx)
		if err := onceEach(json.NewDecoder(bytes.NewReader(text)), 1, false); err != nil {
			t.Fatal(err)
		}
	}
	// A byte of gzip makes 1032; a byte of i8 four more; a manifest's byte
	// some hundreds while JSON is decoded. The constant is for the runtime.
	if n := allocated() - before; n > 4<<20+8000*uint64(len(b)) {
		t.Errorf("%d bytes allocated for an input of %d", n, len(b))
	}
	if err == nil {
		rewrite(t, b, src)
	}
}

// onceEach walks over a JSON value by the library's own tokens and holds what
// scan promises: bounded nesting, and outside meta no member twice.
func onceEach(d *json.Decoder, depth int, meta bool) error {
	v, err := d.Token()
	if err != nil {
		return err
	}
	open, ok := v.(json.Delim)
	if !ok {
		return nil
	}
	if depth > MaxDepth {
		return errors.New("nested too deep")
	}
	seen := map[string]bool{}
	for d.More() {
		inside := meta
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name := strings.ToLower(key.(string))
			if seen[name] && !meta {
				return fmt.Errorf("member %q twice", name)
			}
			seen[name] = true
			inside = meta || depth == 1 && name == "meta"
		}
		if err := onceEach(d, depth+1, inside); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

func readTensors(t *testing.T, src Source) {
	c, err := Open(ctx, src)
	if err != nil {
		t.Fatalf("opened as a file, not as a source: %v", err)
	}
	for _, info := range c.Tensors() {
		x, shape, err := c.Float32s(ctx, info.Name)
		if err != nil {
			if x != nil || shape != nil {
				t.Fatal("values beside an error")
			}
			continue
		}
		if len(x) != info.Elements() {
			t.Fatalf("tensor %q: %d values for shape %v", info.Name, len(x), shape)
		}
	}
}

// rewrite writes what was read, section by section, and compares.
func rewrite(t *testing.T, b []byte, src Source) {
	c := mustOpen(t, src)
	again, plain, ok := rebuild(t, c)
	if !ok {
		return
	}
	text, err := c.manifest.encode()
	if err != nil {
		return // near the limit, another seal may not fit
	}
	original, _ := src.Manifest(ctx)
	if canonical := bytes.Equal(text, original); canonical && plain && !bytes.Equal(again, b) {
		t.Fatal("written as a Builder writes, and comes back with other bytes")
	}
	src2, err := FromBytes(again)
	if err != nil {
		t.Fatalf("what was read is written so that it cannot be read: %v", err)
	}
	c2 := mustOpen(t, src2)
	if !slices.EqualFunc(c.Tensors(), c2.Tensors(), func(x, y TensorInfo) bool {
		return x.Name == y.Name && x.DType == y.DType && slices.Equal(x.Shape, y.Shape) && x.Section == y.Section && x.Offset == y.Offset
	}) || !slices.Equal(c.MetaKeys(), c2.MetaKeys()) {
		t.Fatal("other tensors or meta after writing again")
	}
	for _, s := range c.Sections() {
		x, _ := c.Section(ctx, s.Name)
		y, err := c2.Section(ctx, s.Name)
		if err != nil || !bytes.Equal(x, y) {
			t.Fatalf("section %q: other bytes after writing again: %v", s.Name, err)
		}
	}
	third, _, _ := rebuild(t, c2)
	if !bytes.Equal(third, again) {
		t.Fatal("writing a second time gives other bytes")
	}
}

// rebuild writes a container's content with a Builder. plain says that no
// section was encoded; ok is false where a section is damaged.
func rebuild(t *testing.T, c *Container) (file []byte, plain, ok bool) {
	b := NewBuilder(c.Kind())
	b.manifest = *c.manifest
	plain = true
	for _, s := range c.Sections() {
		data, err := c.Section(context.Background(), s.Name)
		if err != nil {
			return nil, false, false
		}
		d := b.section(s.Name)
		d.gzip = s.Encoding == Gzip
		d.put(data)
		plain = plain && !d.gzip
	}
	for _, info := range c.Tensors() {
		d := b.section(info.Section)
		d.tensors = append(d.tensors, info)
	}
	return mustFile(t, b), plain, true
}
