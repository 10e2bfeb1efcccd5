package feature

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/train/media"
)

// reader is an encoder of texts such as "10 200 30": these colours, as meter sees
// them, in another place and of another length. It counts what it is shown.
type reader struct {
	key   string
	dims  int
	shown atomic.Int64
}

func (r *reader) Key() string { return r.key }
func (r *reader) Dims() int   { return r.dims }

func (r *reader) EncodeText(text string) ([]float32, error) {
	r.shown.Add(1)
	if text == "nonsense" {
		return nil, errors.New("it hurts")
	}
	x := make([]float32, r.dims)
	for i, w := range strings.Fields(text) {
		var v float32
		if _, err := fmt.Sscan(w, &v); err != nil {
			return nil, err
		}
		x[i] = 3*v + 500
	}
	return x, nil
}

// paint is a collection of plain pictures, of which every fourth has no text and
// the others two.
func paint(t *testing.T, n int) *media.Collection {
	c := &media.Collection{Root: t.TempDir(), Total: n}
	for i := range n {
		rgb := [3]int{(i * 67) % 256, (i*131 + 40) % 256, (i*29 + 90) % 256}
		m := image.NewRGBA(image.Rect(0, 0, 8, 8))
		for p := range m.Pix {
			m.Pix[p] = 255
			if p%4 < 3 {
				m.Pix[p] = uint8(rgb[p%4])
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		it := core.Item{ID: fmt.Sprint(i), File: fmt.Sprintf("%d.png", i), Kind: core.Image}
		if i%4 != 3 {
			it.Captions = []string{fmt.Sprintf("%d %d %d", rgb[0], rgb[1], rgb[2]), fmt.Sprintf("%d %d %d", rgb[0]+1, rgb[1], rgb[2])}
		}
		if err := os.WriteFile(filepath.Join(c.Root, it.File), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		c.Items, c.Rows = append(c.Items, it), append(c.Rows, i)
	}
	return c
}

func readers(weight float32) *Encoders {
	return &Encoders{Picture: &meter{key: "eye"}, Text: &reader{key: "tongue", dims: 3}, TextWeight: weight}
}

// The vectors of the texts join those of the media: of weight 0 they say nothing,
// of a large one they are all, and items without texts lie among the others. New
// items get the same, and texts are encoded once.
func TestPair(t *testing.T) {
	c := paint(t, 40)
	extract := func(weight float32, cache string) (*Features, *reader) {
		t.Helper()
		o := Defaults()
		o.Encoders = readers(weight)
		o.Encoders.Cache = cache
		f, err := Extract(context.Background(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		return f, o.Encoders.Text.(*reader)
	}
	row := func(f *Features, i int) []float32 { return values(t, f.Given)[i*f.Given.D : (i+1)*f.Given.D] }
	none, _ := extract(0, "")
	all, _ := extract(1e6, "")
	folder := t.TempDir()
	both, first := extract(1, folder)
	if both.Report.Joined != 30 || both.Report.Agree < 90 {
		t.Errorf("%d items joined, %.0f %% agree", both.Report.Joined, both.Report.Agree)
	}
	if n := first.shown.Load(); n != 60 {
		t.Errorf("%d texts encoded, there are 60", n)
	}
	for i := range c.Items {
		sum := make([]float32, 3)
		for j := range sum {
			sum[j] = row(none, i)[j]
			if c.Items[i].Captions != nil {
				sum[j] += row(all, i)[j]
			}
		}
		direct(sum)
		for j, v := range row(both, i) {
			if math.Abs(float64(v-sum[j])) > 1e-4 {
				t.Fatalf("item %d: %v, media and texts are %v", i, row(both, i), sum)
			}
		}
		if d := dot(row(none, i), row(all, i)); d < 0.5 { // the same colours, about other means
			t.Errorf("item %d: medium and text have cosine %.2f", i, d)
		}
	}
	again, second := extract(1, folder)
	if second.shown.Load() != 0 || !slices.Equal(values(t, again.Given), values(t, both.Given)) {
		t.Errorf("%d texts encoded again", second.shown.Load())
	}
	p := saved(t, both.Projection, bundle.F32)
	if _, _, text := p.Encoded(); !text {
		t.Error("no text encoder is wanted")
	}
	further, err := p.Extract(context.Background(), c, Options{Encoders: readers(1)})
	if err != nil || !slices.Equal(values(t, further.Given), values(t, both.Given)) {
		t.Errorf("further items get other vectors: %v", err)
	}
	// Texts that are held out take no part, and the share of texts that agree is
	// chance where they are another's.
	o := Defaults()
	o.Encoders = readers(1)
	o.Encoders.Texts = func(items []core.Item) [][]string {
		out := make([][]string, len(items))
		for i := range out {
			out[i] = items[(i*7+1)%len(items)].Captions
		}
		return out
	}
	wrong, err := Extract(context.Background(), c, o)
	if err != nil || wrong.Report.Agree > 40 || wrong.Report.Joined != 30 {
		t.Errorf("texts of others: %v, %+v", err, wrong.Report)
	}
}

func TestPairErrors(t *testing.T) {
	c := paint(t, 12)
	o := Defaults()
	extract := func(e *Encoders) error {
		o.Encoders = e
		_, err := Extract(context.Background(), c, o)
		return err
	}
	wide, alone, deaf := readers(1), readers(1), readers(1)
	wide.Text.(*reader).dims = 4
	alone.Picture = nil
	deaf.Picture, deaf.Sound = nil, &meter{key: "ear", sound: true}
	for want, e := range map[string]*Encoders{"of 4 values, the picture encoder's of 3: they are no pair": wide, "none is given": alone, "the sound encoder's of 2": deaf} {
		if err := extract(e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	c.Items[1].Captions = []string{"nonsense"}
	if err := extract(readers(1)); err == nil || !strings.Contains(err.Error(), `of "nonsense": it hurts`) {
		t.Errorf("a text that hurts: %v", err)
	}
	c.Items[1].Captions = []string{"-166.666666666 -166.666666666 -166.66666666666"}
	if err := extract(readers(1)); err == nil || !strings.Contains(err.Error(), "a direction") {
		t.Errorf("a text without a vector: %v", err)
	}
	c.Items[1].Captions = nil
	o.Encoders = readers(1)
	f, err := Extract(context.Background(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	none, other := readers(1), readers(1)
	none.Text, other.Text.(*reader).key = nil, "tail"
	for want, e := range map[string]*Encoders{"with a text encoder, none is given": none, "with another text encoder": other} {
		if _, err := f.Projection.Extract(context.Background(), c, Options{Encoders: e}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	o.Encoders = none
	if f, err = Extract(context.Background(), c, o); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Projection.Extract(context.Background(), c, Options{Encoders: readers(1)}); err == nil || !strings.Contains(err.Error(), "without a text encoder") {
		t.Errorf("a text encoder too many: %v", err)
	}
}
