package sense

import (
	"bytes"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core/bundle"
)

var ctx = context.Background()

func open(t testing.TB, b *bundle.Builder) *bundle.Container {
	t.Helper()
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	c, err := bundle.OpenBytes(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRoundTrip(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {3, 5}, {500, 64}} {
		want, _ := random(t, size[0], size[1])
		b := bundle.NewBuilder(bundle.Bundle)
		want.Write(b, "sense")
		c := open(t, b)
		if !Has(c, "sense") || Has(c, "other") {
			t.Error("Has is wrong")
		}
		got, err := Read(ctx, c, "sense")
		if err != nil {
			t.Fatal(err)
		}
		if got.Dim() != want.Dim() || !slices.Equal(got.words, want.words) || !slices.Equal(got.codes, want.codes) {
			t.Errorf("%v: what is read is not what was written", size)
		}
		for i, w := range want.words {
			if row, ok := got.Find(w); !ok || row != i {
				t.Errorf("%q is in row %d, want %d", w, row, i)
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	// Codes of a and b, (1, 0) and (0, -1), packed in a column of 3 x 3.
	codes := func(shape []int, packed ...uint8) func(b *bundle.Builder) {
		return func(b *bundle.Builder) {
			b.AddTensor("s", "s", bundle.U8, shape, packed)
			b.AddTensor("s", "s.reach", bundle.U8, []int{2}, []uint8{1, 1})
		}
	}
	reach := func(shape []int, reach ...uint8) func(b *bundle.Builder) {
		return func(b *bundle.Builder) {
			b.AddTensor("s", "s", bundle.U8, []int{1, 2}, []uint8{7, 3})
			b.AddTensor("s", "s.reach", bundle.U8, shape, reach)
		}
	}
	good := codes([]int{1, 2}, 7, 3)
	for name, c := range map[string]struct {
		write func(b *bundle.Builder)
		words string
		want  string
	}{
		"good":          {good, "a\nb\n", ""},
		"nothing":       {func(b *bundle.Builder) {}, "a\nb\n", "no tensor"},
		"no reach":      {func(b *bundle.Builder) { b.AddTensor("s", "s", bundle.U8, []int{1, 2}, []uint8{7, 3}) }, "a\nb\n", "no tensor"},
		"no words":      {good, "", "no section"},
		"one dimension": {codes([]int{2}, 7, 3), "a\nb\n", "shapes [2] and [2]"},
		"square reach":  {reach([]int{1, 2}, 1, 1), "a\nb\n", "shapes [1 2] and [1 2]"},
		"too wide":      {reach([]int{MaxDim + 1}, make([]uint8, MaxDim+1)...), "a\nb\n", "at most 1024"},
		"few columns":   {reach([]int{3}, 1, 1, 1), "a\nb\n", "2 packed codes for 2 words in 2 columns"},
		"many columns":  {codes([]int{2, 2}, 7, 3, 7, 3), "a\nb\n", "4 packed codes for 2 words in 1 columns"},
		"far reach":     {reach([]int{1}, 128), "a\nb\n", "dimension 0 reaches to 128"},
		"no such codes": {codes([]int{1, 2}, 7, 9), "a\nb\n", "column 0, word 1: no codes are packed as 9"},
		"nor of one":    {reach([]int{1}, 2), "a\nb\n", "column 0, word 0: no codes are packed as 7"},
		"zero":          {codes([]int{1, 2}, 7, 4), "a\nb\n", "word 1 is zero"},
		"few words":     {good, "a\n", "1 words, its tensor has 2"},
		"many words":    {good, "a\nb\nc\n", "3 words, its tensor has 2"},
		"much text":     {good, strings.Repeat("a\n", 100), "200 bytes of words"},
		"unended":       {good, "a\nb", "words"},
		"twice":         {good, "a\na\n", "stands in rows 0 and 1"},
		"empty word":    {good, "a\n\n", "word 1 is empty"},
		"long word":     {good, "a\n" + strings.Repeat("b", MaxWord+1) + "\n", "65 bytes"},
		"not utf-8":     {good, "a\n\xff\n", "not one line"},
		"carriage":      {good, "a\nb\r\n", "not one line"},
		"another dtype": {func(b *bundle.Builder) {
			b.AddTensor("s", "s", bundle.I8, []int{1, 2}, []int8{7, 3})
			b.AddTensor("s", "s.reach", bundle.U8, []int{2}, []uint8{1, 1})
		}, "a\nb\n", "is i8, want u8"},
	} {
		b := bundle.NewBuilder(bundle.Bundle)
		c.write(b)
		if c.words != "" {
			b.AddBlob("s.words", []byte(c.words), true)
		}
		table, err := Read(ctx, open(t, b), "s")
		if c.want == "" {
			if err != nil || !slices.Equal(table.codes, []int8{1, 0, 0, -1}) {
				t.Errorf("%s: %v", name, err)
			}
		} else if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), `"s"`) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// Packing keeps every code, whatever dimensions find room in one column.
func TestPack(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		n, dim := 1+rng.IntN(20), 1+rng.IntN(9)
		codes := make([]int8, n*dim)
		for d := range dim {
			reach := []int{0, 1, 5, 7, 8, 63, 127}[rng.IntN(7)]
			for r := range n {
				codes[r*dim+d] = int8(rng.IntN(2*reach+1) - reach)
			}
		}
		for r := range n {
			codes[r*dim] = 1
		}
		packed, reach := pack(codes, dim)
		got, err := unpack(packed, reach, n)
		if err != nil || !slices.Equal(got, codes) {
			t.Fatalf("%v, packed as %v with reach %v, is read as %v: %v", codes, packed, reach, got, err)
		}
	}
}

// Whatever codes and words a container holds, Read fails or gives a table all
// of whose words are found and have a direction.
func FuzzRead(f *testing.F) {
	f.Add([]byte{1, 1}, []byte{7, 3}, []byte("a\nb\n"))
	f.Add([]byte{0}, []byte{0}, []byte("a"))
	f.Add([]byte{127, 8, 7}, []byte{1, 2, 3, 4}, []byte("\na\n"))
	f.Fuzz(func(t *testing.T, reach, packed, words []byte) {
		n := max(1, bytes.Count(words, []byte("\n")))
		if len(reach) == 0 || len(packed) < n {
			return
		}
		columns := len(packed) / n
		b := bundle.NewBuilder(bundle.Bundle)
		b.AddTensor("s", "s", bundle.U8, []int{columns, n}, packed[:columns*n])
		b.AddTensor("s", "s.reach", bundle.U8, []int{len(reach)}, reach)
		b.AddBlob("s.words", words, true)
		table, err := Read(ctx, open(t, b), "s")
		if err != nil {
			return
		}
		x := make([]float32, table.Dim())
		for r := range table.Len() {
			if row, ok := table.Find(table.Word(r)); !ok || row != r {
				t.Fatalf("%q is in row %d, want %d", table.Word(r), row, r)
			}
			table.Vector(r, x)
			if c := cosine(x, x); math.IsNaN(c) {
				t.Fatalf("%q has no direction", table.Word(r))
			}
		}
	})
}
