package bundle

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unsafe"
)

var ctx = context.Background()

// The sample holds every dtype, every way to write it, blobs stored in both
// ways, an empty section and gaps of several widths.
var (
	sampleF32  = []float32{0, 1, -1, math.MaxFloat32, math.SmallestNonzeroFloat32, 0.1}
	sampleRows = []float32{0.5, -1.27, 0, 0, 0, 0, 3, -2, 1} // 3 rows of 3
	sampleI8   = []int8{-128, -1, 0, 1, 127}
	sampleU8   = []uint8{0, 1, 255}
	sampleU16  = []uint16{0, 1, 65535, 258}
	sampleU32  = []uint32{0, 1, math.MaxUint32, 0x01020304}
	sampleText = []byte(strings.Repeat(`{"id":"a","file":"a.png","modality":"image"}`+"\n", 40))
	sampleMeta = map[string]any{"z": 1.0, "a": []any{"é <b>", nil, true}, "n": map[string]any{"y": 1.0, "x": 2.0}}
)

func sample(compress bool) *Builder {
	b := NewBuilder(Bundle)
	for _, key := range []string{"z", "a", "n"} {
		b.SetMeta(key, sampleMeta[key])
	}
	b.AddTensor("model", "w/f32", F32, []int{2, 3}, sampleF32)
	b.AddTensor("model", "w/f16", F16, []int{3, 3}, sampleRows)
	b.AddBlob("items.0000", sampleText, compress)
	b.AddTensor("model", "w/i8", I8, []int{3, 3, 1}, sampleRows)
	b.AddTensor("trie", "raw.i8", I8, []int{5}, sampleI8)
	b.AddTensor("trie", "u8", U8, []int{3, 1}, sampleU8)
	b.AddTensor("trie", "u16", U16, []int{4}, sampleU16)
	b.AddTensor("trie", "u32", U32, []int{2, 2}, sampleU32)
	b.AddBlob("empty", nil, compress)
	b.AddTensor("wide", "ramp", U32, []int{64, 4}, make([]uint32, 256))
	if compress {
		b.Compress("wide")
	}
	b.AddBlob("note", []byte("not compressible"), compress)
	return b
}

func mustFile(t testing.TB, b *Builder) []byte {
	t.Helper()
	f, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func mustDir(t testing.TB, b *Builder) fstest.MapFS {
	t.Helper()
	files, err := b.Dir()
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

// carriers gives the same container by both carriers.
func carriers(t testing.TB, b *Builder) map[string]Source {
	t.Helper()
	file, err := FromBytes(mustFile(t, b))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]Source{"file": file, "folder": FromFS(mustDir(t, b))}
}

func mustOpen(t testing.TB, src Source) *Container {
	t.Helper()
	c, err := Open(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// check compares what a reader of tensors returned.
func check[T comparable](t *testing.T, name string, want []T, wantShape []int, got []T, shape []int, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	} else if !slices.Equal(got, want) || !slices.Equal(shape, wantShape) {
		t.Errorf("%s: %v %v, want %v %v", name, shape, got, wantShape, want)
	}
}

func checkSample(t *testing.T, c *Container) {
	t.Helper()
	if c.Kind() != Bundle || c.Feature() != 1 || len(c.Sum()) != 64 {
		t.Errorf("kind %q, feature %d, sum %q", c.Kind(), c.Feature(), c.Sum())
	}
	if keys := c.MetaKeys(); !slices.Equal(keys, []string{"a", "n", "z"}) {
		t.Errorf("meta keys %v", keys)
	}
	for key, want := range sampleMeta {
		var got any
		if err := c.Meta(key, &got); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("meta %q: %v, %v, want %v", key, got, err, want)
		}
	}
	x, shape, err := c.Float32s(ctx, "w/f32")
	check(t, "w/f32", sampleF32, []int{2, 3}, x, shape, err)
	x, shape, err = c.Float32s(ctx, "w/f16")
	check(t, "w/f16", []float32{0.5, -1.2695312, 0, 0, 0, 0, 3, -2, 1}, []int{3, 3}, x, shape, err)
	x, shape, err = c.Float32s(ctx, "w/i8")
	s0, s2 := float32(1.27)/127, float32(3)/127
	check(t, "w/i8", []float32{50 * s0, -127 * s0, 0, 0, 0, 0, 127 * s2, -85 * s2, 42 * s2}, []int{3, 3, 1}, x, shape, err)
	q, scale, shape, err := c.Int8s(ctx, "w/i8")
	check(t, "w/i8 q", []int8{50, -127, 0, 0, 0, 0, 127, -85, 42}, []int{3, 3, 1}, q, shape, err)
	check(t, "w/i8 scale", []float32{s0, 0, s2}, []int{3, 3, 1}, scale, shape, err)
	q, scale, shape, err = c.Int8s(ctx, "raw.i8")
	check(t, "raw.i8", sampleI8, []int{5}, q, shape, err)
	if scale != nil {
		t.Errorf("raw.i8: scales %v", scale)
	}
	u8, shape, err := c.Uint8s(ctx, "u8")
	check(t, "u8", sampleU8, []int{3, 1}, u8, shape, err)
	u16, shape, err := c.Uint16s(ctx, "u16")
	check(t, "u16", sampleU16, []int{4}, u16, shape, err)
	u32, shape, err := c.Uint32s(ctx, "u32")
	check(t, "u32", sampleU32, []int{2, 2}, u32, shape, err)
	u32, shape, err = c.Uint32s(ctx, "ramp")
	check(t, "ramp", make([]uint32, 256), []int{64, 4}, u32, shape, err)
	for name, want := range map[string][]byte{"items.0000": sampleText, "empty": nil, "note": []byte("not compressible")} {
		if got, err := c.Section(ctx, name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("section %q: %q, %v", name, got, err)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, compress := range []bool{false, true} {
		for name, src := range carriers(t, sample(compress)) {
			t.Run(fmt.Sprintf("%s compress=%v", name, compress), func(t *testing.T) {
				c := mustOpen(t, src)
				checkSample(t, c)
				checkSample(t, c) // from what is kept
			})
		}
	}
}

// Both carriers hold the same manifest, so the sum names the content.
func TestCarriersAgree(t *testing.T) {
	var sums []string
	for _, src := range carriers(t, sample(true)) {
		sums = append(sums, mustOpen(t, src).Sum())
	}
	if sums[0] != sums[1] {
		t.Errorf("sums %v", sums)
	}
}

func TestDeterministic(t *testing.T) {
	first := mustFile(t, sample(true))
	for range 5 {
		b := sample(true)
		for range 2 { // a builder may be asked again
			if !bytes.Equal(mustFile(t, b), first) {
				t.Fatal("same content, other bytes")
			}
		}
	}
}

// Every tensor of a section stored as it is lies in the file at a multiple of
// Align, and is read there without a copy.
func TestAligned(t *testing.T) {
	file := mustFile(t, sample(false))
	src, err := FromBytes(file)
	if err != nil {
		t.Fatal(err)
	}
	c := mustOpen(t, src)
	for _, info := range c.Tensors() {
		raw, _, err := c.Raw(ctx, info.Name)
		if err != nil {
			t.Fatal(err)
		}
		at := uintptr(unsafe.Pointer(&raw[0])) - uintptr(unsafe.Pointer(&file[0]))
		if at >= uintptr(len(file)) || at%Align != 0 || info.Offset%Align != 0 {
			t.Errorf("%s: offset %d, byte %d of a file of %d", info.Name, info.Offset, at, len(file))
		}
	}
}

func TestEmptyContainer(t *testing.T) {
	for name, src := range carriers(t, NewBuilder(Features)) {
		c := mustOpen(t, src)
		if c.Kind() != Features || len(c.Sections()) != 0 || len(c.Tensors()) != 0 {
			t.Errorf("%s: %v %v %v", name, c.Kind(), c.Sections(), c.Tensors())
		}
	}
}

func TestBuilderErrors(t *testing.T) {
	for name, c := range map[string]struct {
		add  func(*Builder)
		want string
	}{
		"blob twice":      {func(b *Builder) { b.AddBlob("s", nil, false); b.AddBlob("s", nil, false) }, `section "s" is added twice`},
		"tensor in blob":  {func(b *Builder) { b.AddBlob("s", nil, false); b.AddTensor("s", "x", U8, []int{1}, []uint8{1}) }, `tensor "x": section "s" is a blob`},
		"blob on tensors": {func(b *Builder) { b.AddTensor("s", "x", U8, []int{1}, []uint8{1}); b.AddBlob("s", nil, false) }, `section "s" is added twice`},
		"tensor twice": {func(b *Builder) {
			b.AddTensor("s", "x", U8, []int{1}, []uint8{1})
			b.AddTensor("r", "x", U8, []int{1}, []uint8{1})
		}, `tensor "x" appears twice`},
		"wrong length":    {func(b *Builder) { b.AddTensor("s", "x", U8, []int{2, 2}, []uint8{1}) }, `tensor "x": 1 values for shape [2 2]`},
		"empty dimension": {func(b *Builder) { b.AddTensor("s", "x", U8, []int{2, 0}, []uint8{}) }, `tensor "x": shape [2 0]`},
		"no dimension":    {func(b *Builder) { b.AddTensor("s", "x", U8, nil, []uint8{1}) }, `tensor "x": 0 dimensions`},
		"wrong dtype":     {func(b *Builder) { b.AddTensor("s", "x", U16, []int{1}, []uint8{1}) }, `tensor "x": []uint8 cannot be stored as u16`},
		"unknown dtype":   {func(b *Builder) { b.AddTensor("s", "x", "f8", []int{1}, []uint8{1}) }, `tensor "x": unknown dtype "f8"`},
		"unknown type":    {func(b *Builder) { b.AddTensor("s", "x", F32, []int{1}, []float64{1}) }, `tensor "x": data of type []float64`},
		"too large f16":   {func(b *Builder) { b.AddTensor("s", "x", F16, []int{2}, []float32{65519, 65520}) }, `tensor "x": element 1, 65520, does not fit f16`},
		"infinite i8":     {func(b *Builder) { b.AddTensor("s", "x", I8, []int{1, 1}, []float32{float32(math.Inf(1))}) }, `tensor "x": row 0, element 0, +Inf, does not fit i8`},
		"not a number i8": {func(b *Builder) { b.AddTensor("s", "x", I8, []int{1, 1}, []float32{float32(math.NaN())}) }, `tensor "x": row 0, element 0, NaN, does not fit i8`},
		"scale missing": {func(b *Builder) {
			b.AddTensor("s", "x", I8, []int{2}, []int8{1, 2})
			b.AddTensor("s", "x.scale", F32, []int{1}, []float32{1})
		}, `tensor "x.scale": f32 [1], want f32 [2]`},
		"bad tensor name":  {func(b *Builder) { b.AddTensor("s", "X", U8, []int{1}, []uint8{1}) }, `tensor "X": bad name`},
		"bad section name": {func(b *Builder) { b.AddBlob("../s", nil, false) }, `section "../s": bad name`},
		"section slash":    {func(b *Builder) { b.AddBlob("a/b", nil, false) }, `section "a/b": the name of a section holds no slash`},
		"bad meta key":     {func(b *Builder) { b.SetMeta("A", 1) }, `meta: bad name "A"`},
		"bad meta value":   {func(b *Builder) { b.SetMeta("a", math.NaN()) }, `meta "a": json: unsupported value`},
		"deep meta":        {func(b *Builder) { b.SetMeta("a", nested(MaxDepth)) }, `manifest: nested deeper than 32`},
		"large meta":       {func(b *Builder) { b.SetMeta("a", strings.Repeat("x", MaxManifest)) }, `the format allows 16777216`},
		"compress nothing": {func(b *Builder) { b.Compress("s") }, `no section "s"`},
	} {
		b := NewBuilder(Weights)
		c.add(b)
		file, err := b.File()
		if err == nil || !strings.Contains(err.Error(), c.want) || file != nil {
			t.Errorf("%s: File: %d bytes, %v, want %s", name, len(file), err, c.want)
		}
		dir, err := b.Dir()
		if err == nil || !strings.Contains(err.Error(), c.want) || dir != nil {
			t.Errorf("%s: Dir: %d files, %v, want %s", name, len(dir), err, c.want)
		}
	}
}

func nested(depth int) any {
	var v any
	for range depth {
		v = []any{v}
	}
	return v
}
