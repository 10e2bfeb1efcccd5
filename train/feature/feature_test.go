package feature

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/train/media"
	"ace/train/rows"
)

// testCollection is a folder of 12 pictures, 12 sounds, 4 films and 2 broken
// files. Even pictures are blue and described, odd ones dark; sounds
// likewise high and low. The last four of either have no words.
func testCollection(t testing.TB) *media.Collection {
	dir := t.TempDir()
	var lines bytes.Buffer
	add := func(id, file string, content []byte, captions ...string) {
		if err := os.WriteFile(filepath.Join(dir, file), content, 0o644); err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(map[string]any{"id": id, "file": file, "captions": captions})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	add("broken1", "broken1.png", []byte("\x89PNG\r\n\x1a\nrest"), "a blue thing")
	for i := range 12 {
		m := testPicture(40, 30, uint64(i))
		words := []string{"a blue sky"}
		if i%2 == 0 {
			for p := 0; p < len(m.Pix); p += 4 {
				m.Pix[p] /= 4
			}
		} else {
			for p := range m.Pix {
				if p%4 != 3 {
					m.Pix[p] /= 3
				}
			}
			words = []string{"dark night"}
		}
		if i >= 8 {
			words = nil
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		add(fmt.Sprintf("p%d", i), fmt.Sprintf("p%d.png", i), b.Bytes(), words...)
	}
	add("broken2", "broken2.wav", []byte("RIFF\x00\x00\x00\x00WAVE"), "a low hum")
	for i := range 12 {
		hz, words := 1500+40*float64(i), []string{"a high whistle"}
		if i%2 == 1 {
			hz, words = 110+5*float64(i), []string{"a low hum"}
		}
		if i >= 8 {
			words = nil
		}
		add(fmt.Sprintf("s%d", i), fmt.Sprintf("s%d.wav", i), testWAV(testTone(4000+500*i, hz, 3)), words...)
	}
	for i := range 4 {
		g := &gif.GIF{}
		for f := range 3 {
			m := image.NewPaletted(image.Rect(0, 0, 16, 16), palette.WebSafe)
			draw.Draw(m, image.Rect(f*4, i*4, f*4+4, i*4+4), image.White, image.Point{}, draw.Src)
			g.Image, g.Delay = append(g.Image, m), append(g.Delay, 10)
		}
		var b bytes.Buffer
		if err := gif.EncodeAll(&b, g); err != nil {
			t.Fatal(err)
		}
		add(fmt.Sprintf("f%d", i), fmt.Sprintf("f%d.gif", i), b.Bytes(), "a square moves", fmt.Sprintf("line %d", i))
	}
	if err := os.WriteFile(filepath.Join(dir, "items.jsonl"), lines.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := media.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// testWAV is a 16 bit mono file at media.Rate.
func testWAV(wave []float32) []byte {
	var b bytes.Buffer
	le := binary.LittleEndian
	fmt.Fprintf(&b, "RIFF")
	binary.Write(&b, le, uint32(36+2*len(wave)))
	fmt.Fprintf(&b, "WAVEfmt ")
	binary.Write(&b, le, uint32(16))
	binary.Write(&b, le, [2]uint16{1, 1})
	binary.Write(&b, le, [2]uint32{media.Rate, 2 * media.Rate})
	binary.Write(&b, le, [2]uint16{2, 16})
	fmt.Fprintf(&b, "data")
	binary.Write(&b, le, uint32(2*len(wave)))
	for _, v := range wave {
		binary.Write(&b, le, int16(v*32767))
	}
	return b.Bytes()
}

func (f *Features) row(i int) []float32 { return f.X[i*f.D : (i+1)*f.D] }

func TestExtract(t *testing.T) {
	c := testCollection(t)
	o := Defaults()
	last := 0
	o.Progress = func(done, total int) {
		if total != 30 || done != last+1 {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	}
	f, err := Extract(context.Background(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	if last != 30 {
		t.Errorf("progress ends at %d", last)
	}
	if f.N != 28 || len(f.Items) != 28 || len(f.Rows) != 28 || len(f.X) != f.N*f.D || f.D != f.Text+f.Media {
		t.Fatalf("%d vectors of %d = %d + %d, %d items, %d rows, %d values", f.N, f.D, f.Text, f.Media, len(f.Items), len(f.Rows), len(f.X))
	}
	if len(f.Skipped) != 2 || f.Skipped[0].File != "broken1.png" || f.Skipped[1].File != "broken2.wav" {
		t.Errorf("skipped %q", f.Skipped)
	}
	for i := range f.N {
		if want := c.Items[f.Rows[i]].ID; f.Items[i].ID != want { // nothing was skipped by Load
			t.Errorf("row %d is of %s, not %s", f.Rows[i], want, f.Items[i].ID)
		}
		if s := inner(f.row(i), f.row(i)); math.Abs(float64(s)-1) > 1e-5 {
			t.Errorf("%s has length² %v", f.Items[i].ID, s)
		}
	}
	if want := (Report{Kinds: map[string]int{"image": 12, "audio": 12, "video": 4}, Terms: f.Report.Terms, Wordless: 8, Predicted: 8}); !reflect.DeepEqual(f.Report, want) {
		t.Errorf("report %+v, want %+v", f.Report, want)
	}
	// Those without words are nearest to described ones of their sort.
	at := map[string]int{}
	for i := range f.Items {
		at[f.Items[i].ID] = i
	}
	for _, kind := range []string{"p", "s"} {
		for i := 8; i < 12; i++ {
			me := f.row(at[fmt.Sprintf("%s%d", kind, i)])
			same, other := f.row(at[fmt.Sprintf("%s%d", kind, i%2)]), f.row(at[fmt.Sprintf("%s%d", kind, 1-i%2)])
			if a, b := inner(me[:f.Text], same[:f.Text]), inner(me[:f.Text], other[:f.Text]); a <= b {
				t.Errorf("%s%d: words like its own sort %.3f, like the other %.3f", kind, i, a, b)
			}
		}
	}
}

// TestDeterministic: not the threads, only the seed may change the vectors.
func TestDeterministic(t *testing.T) {
	c := testCollection(t)
	var first *Features
	for _, threads := range []int{1, 2, 5} {
		o := Defaults()
		o.Threads = threads
		f, err := Extract(context.Background(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = f
		} else if !reflect.DeepEqual(f, first) {
			t.Errorf("%d threads give other features", threads)
		}
	}
	o := Defaults()
	o.Seed = 2
	if f, err := Extract(context.Background(), c, o); err != nil || reflect.DeepEqual(f.X, first.X) {
		t.Errorf("another seed gives the same vectors, error %v", err)
	}
}

func TestSaveLoad(t *testing.T) {
	f, err := Extract(context.Background(), testCollection(t), Defaults())
	if err != nil {
		t.Fatal(err)
	}
	b := bundle.NewBuilder(bundle.Features)
	if err := f.Save(b); err != nil {
		t.Fatal(err)
	}
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	c, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Load(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	f.Looks = nil
	if !reflect.DeepEqual(got, f) {
		t.Errorf("got %+v\nwant %+v", got, f)
	}
	if b, err := bundle.NewBuilder(bundle.Weights).File(); err != nil {
		t.Fatal(err)
	} else if src, err := bundle.FromBytes(b); err != nil {
		t.Fatal(err)
	} else if c, err := bundle.Open(context.Background(), src); err != nil {
		t.Fatal(err)
	} else if _, err := Load(context.Background(), c); err == nil || !strings.Contains(err.Error(), "want features, found weights") {
		t.Errorf("weights as features: %v", err)
	}
}

func TestExtractErrors(t *testing.T) {
	c := testCollection(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Extract(ctx, c, Defaults()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	o := Defaults()
	o.Given = rows.Of(make([]float32, 6), 2)
	if _, err := Extract(context.Background(), c, o); err == nil || !strings.Contains(err.Error(), "the features have 3 rows, the collection 30 items") {
		t.Errorf("too few rows: %v", err)
	}
	if _, err := Extract(context.Background(), c, Options{}); err == nil {
		t.Error("no dimensions are accepted")
	}
	broken := &media.Collection{Root: c.Root, Items: c.Items[:1], Rows: []int{0}, Total: 1}
	if _, err := Extract(context.Background(), broken, Defaults()); err == nil || !strings.Contains(err.Error(), "the only file cannot be read: broken1.png") {
		t.Errorf("nothing can be read: %v", err)
	}
}

// TestSmall: collections with next to nothing in them still have finite vectors.
func TestSmall(t *testing.T) {
	whole := testCollection(t)
	for name, items := range map[string][]int{"one": {1}, "twins": {1, 1}, "one a kind": {1, 14, 26}, "without words": {9, 10, 11}, "one without words": {9}} {
		c := &media.Collection{Root: whole.Root, Total: len(items)}
		for r, i := range items {
			it := whole.Items[i]
			it.ID = fmt.Sprint(r)
			c.Items, c.Rows = append(c.Items, it), append(c.Rows, r)
		}
		f, err := Extract(context.Background(), c, Defaults())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range f.N {
			if s := inner(f.row(i), f.row(i)); math.Abs(float64(s)-1) > 1e-5 {
				t.Errorf("%s: item %d has length² %v", name, i, s)
			}
		}
	}
}

func TestKindsLieApart(t *testing.T) {
	f, err := Extract(context.Background(), testCollection(t), Defaults())
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.N {
		block := f.row(i)[f.D-core.Kinds:]
		for k, v := range block {
			if (v > 0) != (k == int(f.Items[i].Kind)) {
				t.Errorf("%s has %v for the kinds", f.Items[i].ID, block)
			}
		}
	}
}
