package bundle

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// streamed writes bytes, some at a time, as often as it is asked to.
type streamed struct {
	data  []byte
	times int
	short bool // by one byte, the second time
	err   error
}

func (s *streamed) WriteTo(w io.Writer) (n int64, err error) {
	s.times++
	data := s.data
	if s.short && s.times > 1 {
		data = data[1:]
	}
	for part := range slices.Chunk(data, 100) {
		k, err := w.Write(part)
		if n += int64(k); err != nil {
			return n, err
		}
	}
	return n, s.err
}

// streaming is a container with values [n, 3] by AddStream, or by AddTensor.
func streaming(n int, stream bool) *Builder {
	x := make([]float32, 3*n)
	for i := range x {
		x[i] = float32(i) - 0.5
	}
	b := NewBuilder(Features)
	b.AddTensor("vectors", "before", U8, []int{5}, []uint8{1, 2, 3, 4, 5})
	if stream {
		b.AddStream("vectors", "x", F32, []int{n, 3}, &streamed{data: appendLittle(nil, x)})
	} else {
		b.AddTensor("vectors", "x", F32, []int{n, 3}, x)
	}
	b.AddTensor("vectors", "behind", U16, []int{2}, []uint16{6, 7})
	b.AddBlob("text", bytes.Repeat([]byte("many words "), 50), true)
	return b
}

// A container is the same whether its values come as a stream, and whether it is
// written to memory or to a file; in the file they are read where they lie.
func TestStream(t *testing.T) {
	ctx := context.Background()
	for _, n := range []int{1, 21, 22, 400} {
		want := mustFile(t, streaming(n, false))
		if !bytes.Equal(mustFile(t, streaming(n, true)), want) {
			t.Errorf("%d rows: another file", n)
		}
		var out bytes.Buffer
		if k, err := streaming(n, true).WriteTo(&out); err != nil || int(k) != out.Len() || !bytes.Equal(out.Bytes(), want) {
			t.Errorf("%d rows: another file is written, of %d bytes, %v", n, k, err)
		}
		files, err := streaming(n, true).Dir()
		if err != nil {
			t.Fatal(err)
		}
		plain, err := streaming(n, false).Dir()
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range plain {
			if !bytes.Equal(files[name], data) {
				t.Errorf("%d rows: %s differs", n, name)
			}
		}
		src, err := FromFile(bytes.NewReader(want), int64(len(want)))
		if err != nil {
			t.Fatal(err)
		}
		here, err := OpenBytes(ctx, want)
		if err != nil {
			t.Fatal(err)
		}
		there, err := Open(ctx, src)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"before", "x", "behind"} {
			raw, info, err := here.Raw(ctx, name)
			if err != nil {
				t.Fatal(err)
			}
			for from, c := range map[string]*Container{"memory": here, "a file": there} {
				r, got, err := c.Stream(ctx, name)
				if err != nil || got.Offset != info.Offset {
					t.Fatalf("%s from %s: %v, %v", name, from, got, err)
				}
				data, err := io.ReadAll(io.NewSectionReader(r, 0, int64(len(raw))+1))
				if err != nil || !bytes.Equal(data, raw) {
					t.Errorf("%s from %s: %d bytes, want %d, %v", name, from, len(data), len(raw), err)
				}
				if again, _, err := c.Raw(ctx, name); err != nil || !bytes.Equal(again, raw) {
					t.Errorf("%s from %s differs, %v", name, from, err)
				}
			}
		}
		if text, err := there.Section(ctx, "text"); err != nil || !strings.HasPrefix(string(text), "many words many") {
			t.Errorf("%q, %v", text, err)
		}
	}
}

// What a stream writes wrongly is told of, by whatever it is written to.
func TestStreamErrors(t *testing.T) {
	for name, test := range map[string]struct {
		from *streamed
		want string
	}{
		"its own":       {&streamed{data: make([]byte, 12), err: errors.New("it hurts")}, "it hurts"},
		"too little":    {&streamed{data: make([]byte, 11)}, "11 bytes are written, 12 were to be"},
		"too much":      {&streamed{data: make([]byte, 13)}, "13 bytes are written"},
		"another times": {&streamed{data: make([]byte, 12), short: true}, "11 bytes are written"},
	} {
		b := NewBuilder(Features)
		b.AddStream("vectors", "x", F32, []int{3}, test.from)
		if _, err := b.WriteTo(new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), `section "vectors"`) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b := NewBuilder(Features)
	b.AddBlob("vectors", nil, false)
	b.AddStream("vectors", "x", F32, []int{3}, &streamed{})
	if _, err := b.File(); err == nil || !strings.Contains(err.Error(), "is a blob") {
		t.Errorf("a tensor in a blob: %v", err)
	}
	b = NewBuilder(Features)
	b.AddStream("vectors", "x", F32, []int{0}, &streamed{})
	if _, err := b.File(); err == nil || !strings.Contains(err.Error(), `tensor "x"`) {
		t.Errorf("a tensor of no shape: %v", err)
	}
}

// A file that is damaged or cut short says the same from a disk as from memory, and
// a stream of it is refused.
func TestFileOnDisk(t *testing.T) {
	ctx := context.Background()
	whole := mustFile(t, streaming(22, false))
	for n := 0; n <= len(whole)+1; n += 7 {
		file := append(bytes.Clone(whole), 0)[:n]
		_, want := FromBytes(file)
		if _, err := FromFile(bytes.NewReader(file), int64(n)); err == nil && want != nil || want == nil || err.Error() != want.Error() {
			t.Errorf("%d bytes: %v, in memory %v", n, err, want)
		}
	}
	if _, err := FromFile(bytes.NewReader(whole[:len(whole)/2]), int64(len(whole))); err == nil {
		t.Error("a file that ends before its size")
	}
	file := bytes.Clone(whole)
	file[bytes.Index(file, appendLittle(nil, []float32{0.5, 1.5, 2.5}))] ^= 1
	src, err := FromFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	c, err := Open(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Stream(ctx, "x"); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged section: %v", err)
	}
	if _, _, err := c.Stream(ctx, "y"); err == nil || !strings.Contains(err.Error(), `no tensor "y"`) {
		t.Errorf("a tensor that is not there: %v", err)
	}
}
