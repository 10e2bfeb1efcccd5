package feature

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/train/media"
	"ace/train/rows"
)

// meter is an encoder that measures: the mean of each colour of the frames, or the
// mean and the largest of the samples. It counts what it is shown.
type meter struct {
	key   string
	sound bool
	shown atomic.Int64
	bad   float32 // is returned for a sound of that length
}

func (m *meter) Key() string { return m.key }

func (m *meter) Dims() int {
	if m.sound {
		return 2
	}
	return 3
}

func (m *meter) Encode(s *media.Sample) ([]float32, error) {
	if m.sound {
		m.shown.Add(1)
		if s.Wave == nil {
			return nil, nil
		}
		if len(s.Wave) == 4500 && m.bad != 0 {
			if m.bad < 0 {
				return nil, errors.New("it hurts")
			}
			return []float32{m.bad, 1}, nil
		}
		x := []float32{0, 0}
		for _, v := range s.Wave {
			x[0] += v * v / float32(len(s.Wave))
			x[1] = max(x[1], v)
		}
		return x, nil
	}
	if len(s.Frames) == 0 {
		return nil, nil
	}
	m.shown.Add(1)
	x := make([]float32, 3)
	for _, f := range s.Frames {
		for i, v := range f.Pix {
			if i%4 < 3 {
				x[i%4] += float32(v) / float32(len(f.Pix)*len(s.Frames))
			}
		}
	}
	return x, nil
}

func meters() *Encoders {
	return &Encoders{Picture: &meter{key: "eye"}, Sound: &meter{key: "ear", sound: true}}
}

// Each encoder has columns of its own, in which each kind has mean 0 and deviation
// 1; a kind that no encoder knows is described.
func TestEncoders(t *testing.T) {
	c := testCollection(t)
	for name, test := range map[string]struct {
		e       *Encoders
		columns []column
		filled  [core.Kinds][]int // columns from and to that a kind fills
	}{
		"both": {meters(), []column{{"picture", "eye", 3}, {"sound", "ear", 2}, {"audio", "", soundDims}},
			[core.Kinds][]int{core.Image: {0, 3}, core.Audio: {3, 5 + soundDims}, core.Video: {0, 3}}},
		"picture": {&Encoders{Picture: &meter{key: "eye"}}, []column{{"picture", "eye", 3}, {"audio", "", soundDims}},
			[core.Kinds][]int{core.Image: {0, 3}, core.Audio: {3, 3 + soundDims}, core.Video: {0, 3}}},
		"sound": {&Encoders{Sound: &meter{key: "ear", sound: true}}, []column{{"sound", "ear", 2}, {"image", "", pictureDims}, {"audio", "", soundDims}, {"video", "", filmDims}},
			[core.Kinds][]int{core.Image: {2, 2 + pictureDims}, core.Audio: {0, 2, 2 + pictureDims, 2 + pictureDims + soundDims},
				core.Video: {2 + pictureDims + soundDims, 2 + pictureDims + soundDims + filmDims}}},
	} {
		o := Defaults()
		o.Encoders = test.e
		f, err := Extract(context.Background(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		l := f.Projection.encoded
		if !reflect.DeepEqual(l.columns, test.columns) || f.Given.D != l.dims() || f.N != len(c.Items)-2 || len(f.Skipped) != len(c.Skipped)+2 {
			t.Fatalf("%s: columns %v, want %v; %d items of %d values, skipped %v", name, l.columns, test.columns, f.N, f.Given.D, f.Skipped)
		}
		for kind := range core.Kind(core.Kinds) {
			fills, width := test.filled[kind], 0
			for i := 0; i < len(fills); i += 2 {
				width += fills[i+1] - fills[i]
			}
			n, moved := 0.0, 0
			dims, given := f.Given.D, values(t, f.Given)
			mean, square := make([]float64, dims), make([]float64, dims)
			for i := range f.Items {
				if f.Items[i].Kind != kind {
					continue
				}
				n++
				for j, v := range given[i*dims : (i+1)*dims] {
					mean[j], square[j] = mean[j]+float64(v), square[j]+float64(v)*float64(v)
				}
			}
			for j := range mean {
				if math.Abs(mean[j]/n) > 1e-2 {
					t.Errorf("%s: %s: value %d has mean %g", name, kind, j, mean[j]/n)
				}
				d := square[j] / n
				if d > 0 {
					moved++
				}
				in := false
				for i := 0; i < len(fills); i += 2 {
					in = in || j >= fills[i] && j < fills[i+1]
				}
				if d > 0 && (!in || math.Abs(d-1) > 1e-2) {
					t.Errorf("%s: %s: value %d has variance %g, it fills %v", name, kind, j, d, fills)
				}
			}
			if kind != core.Video && moved < width/2 { // the films are alike
				t.Errorf("%s: %s: %d values of %d say something", name, kind, moved, width)
			}
		}
		shown := 0
		for i := range f.Items {
			if len(test.e.of(f.Items[i].Kind, false)) > 0 {
				shown++
			}
		}
		if f.Report.Encoded != shown || f.Report.Cached != 0 {
			t.Errorf("%s: %d encoded, %d known, of %d", name, f.Report.Encoded, f.Report.Cached, shown)
		}
	}
}

// A collection of one kind keeps what the encoder makes: it is as if the vectors
// had been given.
func TestEncodersAlone(t *testing.T) {
	c := testCollection(t)
	only := &media.Collection{Root: c.Root, Total: c.Total}
	for i := range c.Items {
		if c.Items[i].Kind == core.Image {
			only.Items, only.Rows = append(only.Items, c.Items[i]), append(only.Rows, c.Rows[i])
		}
	}
	o := Defaults()
	o.Encoders = &Encoders{Picture: &meter{key: "eye"}}
	f, err := Extract(context.Background(), only, o)
	if err != nil {
		t.Fatal(err)
	}
	given := rows.Of(make([]float32, 3*c.Total), 3)
	for i := range f.Items {
		s, err := media.Decode(filepath.Join(c.Root, f.Items[i].File), core.Image)
		if err != nil {
			t.Fatal(err)
		}
		x, err := new(meter).Encode(&s)
		if err != nil {
			t.Fatal(err)
		}
		if err := given.Write(f.Rows[i], x); err != nil {
			t.Fatal(err)
		}
		if got := values(t, f.Given)[3*i : 3*i+3]; !slices.Equal(got, x) {
			t.Errorf("item %s: %v, want %v", f.Items[i].ID, got, x)
		}
	}
	only.Items, only.Rows = f.Items, f.Rows
	o.Encoders, o.Given = nil, given
	g, err := Extract(context.Background(), only, o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(g.X, f.X) || !slices.Equal(values(t, g.Given), values(t, f.Given)) {
		t.Error("given vectors lead elsewhere than the same ones of an encoder")
	}
}

// The second time nothing is decoded but what changed, and the vectors are the same.
func TestCache(t *testing.T) {
	c := testCollection(t)
	folder := filepath.Join(t.TempDir(), "a", "cache")
	extract := func(what string, encoded, calls int) *Features {
		t.Helper()
		o := Defaults()
		o.Encoders = meters()
		o.Encoders.Cache = folder
		f, err := Extract(context.Background(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		shown := o.Encoders.Picture.(*meter).shown.Load() + o.Encoders.Sound.(*meter).shown.Load()
		if f.Report.Encoded != encoded || f.Report.Cached != f.N-encoded || int(shown) != calls {
			t.Errorf("%s: %d encoded, %d known, %d calls, want %d and %d", what, f.Report.Encoded, f.Report.Cached, shown, encoded, calls)
		}
		return f
	}
	first := extract("first", 28, 32) // films by both
	if again := extract("again", 0, 0); !slices.Equal(values(t, first.Given), values(t, again.Given)) {
		t.Error("other vectors out of the cache")
	}
	// A file is copied under another name: it is known.
	name := func(file string) string { return filepath.Join(c.Root, file) }
	data, err := os.ReadFile(name("p3.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name("p4.png"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	extract("copied", 0, 0)
	if err := os.WriteFile(name("s3.wav"), testWAV(testTone(3000, 900, 2)), 0o644); err != nil {
		t.Fatal(err)
	}
	extract("changed", 1, 1)
	// A damaged record and a torn end.
	ear := filepath.Join(folder, "ear.vectors")
	data, err = os.ReadFile(ear)
	if err != nil {
		t.Fatal(err)
	}
	const record = 32 + 2*4 + 4
	if len(data) != 17*record {
		t.Fatalf("%d bytes for 13 sounds and 4 films", len(data))
	}
	data[5*record+33] ^= 1
	if err := os.WriteFile(ear, data[:16*record+7], 0o644); err != nil {
		t.Fatal(err)
	}
	repaired := extract("damaged", 2, 2)
	again := extract("repaired", 0, 0)
	if !slices.Equal(values(t, again.Given), values(t, repaired.Given)) {
		t.Error("other vectors after the repair")
	}
	other := meters()
	other.Sound.(*meter).key, other.Cache = "another ear", folder
	o := Defaults()
	o.Encoders = other
	if f, err := Extract(context.Background(), c, o); err != nil || f.Report.Encoded != 16 {
		t.Errorf("another encoder for sounds: %v, %v", f.Report, err)
	}
}

// New items get the vectors that they would have had, through a container, with
// the same encoders and no others.
func TestEncodedProjection(t *testing.T) {
	c := testCollection(t)
	for name, join := range map[string]bool{"alone": false, "joined": true} {
		o := Defaults()
		o.Encoders, o.Join, o.MediaDims = meters(), join, 9
		f, err := Extract(context.Background(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		p := saved(t, f.Projection, bundle.F32)
		if picture, sound, text := p.Encoded(); !picture || !sound || text {
			t.Errorf("%s: encoders %v, %v, %v", name, picture, sound, text)
		}
		g, err := p.Extract(context.Background(), c, Options{Encoders: meters()})
		if err != nil {
			t.Fatal(err)
		}
		if g.N != f.N || !slices.Equal(values(t, g.Given), values(t, f.Given)) || (g.Given == nil) != join {
			t.Errorf("%s: %d items, want %d; the same vectors: %v", name, g.N, f.N, slices.Equal(values(t, g.Given), values(t, f.Given)))
		}
		for i := range f.N {
			if join && cosine(f, i, g, i) < 0.9999 {
				t.Errorf("%s: item %d has cosine %g with itself", name, i, cosine(f, i, g, i))
			}
		}
		blind, deaf := meters(), meters()
		blind.Picture, deaf.Sound.(*meter).key = nil, "old"
		for want, o := range map[string]Options{
			"made with encoders":      {},
			"made with a picture":     {Encoders: blind},
			"made with another sound": {Encoders: deaf},
			"both encoders and given": {Encoders: meters(), Given: rows.Of(nil, 1)},
		} {
			if _, err := p.Extract(context.Background(), c, o); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want an error of %q", name, err, want)
			}
		}
	}
	o := Defaults()
	o.Encoders = &Encoders{Picture: &meter{key: "eye"}}
	f, err := Extract(context.Background(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Projection.Extract(context.Background(), c, Options{Encoders: meters()}); err == nil || !strings.Contains(err.Error(), "without a sound encoder") {
		t.Errorf("an encoder too many: %v", err)
	}
}

// What an encoder cannot take is left out and named; a cache that cannot be
// written ends the run.
func TestEncoderErrors(t *testing.T) {
	c := testCollection(t)
	for bad, want := range map[float32]string{-1: "it hurts", float32(math.NaN()): "not finite"} {
		o := Defaults()
		o.Encoders = meters()
		o.Encoders.Sound.(*meter).bad = bad
		f, err := Extract(context.Background(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		if n := slices.IndexFunc(f.Skipped, func(s media.Skip) bool { return s.File == "s1.wav" && strings.Contains(s.Reason, want) }); n < 0 || f.N != 27 {
			t.Errorf("%d items, skipped %v, want s1.wav and %q", f.N, f.Skipped, want)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	o := Defaults()
	o.Encoders = meters()
	o.Encoders.Cache = file
	if _, err := Extract(context.Background(), c, o); err == nil || !strings.Contains(err.Error(), "kept") {
		t.Errorf("a file for a folder: %v", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	o.Encoders.Cache = ""
	o.Progress = func(done, total int) {
		if done == 3 {
			stop()
		}
	}
	if _, err := Extract(ctx, c, o); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

// A layout that a container should not hold.
func TestLoadEncoded(t *testing.T) {
	for i, columns := range []string{`[{"name":"picture","key":"k","dims":4}]`, `[{"name":"picture","key":"k","dims":-2},{"name":"sound","key":"k","dims":5}]`, `[]`} {
		b := bundle.NewBuilder(bundle.Bundle)
		b.AddTensor("frozen", "first", bundle.U8, []int{1}, []uint8{1})
		b.SetMeta(metaProjection, json.RawMessage(`{"given":3,"columns":[],"encoded":`+columns+`}`))
		file, err := b.File()
		if err != nil {
			t.Fatal(err)
		}
		c, err := bundle.OpenBytes(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := LoadProjection(context.Background(), c); err == nil {
			t.Errorf("layout %d was taken: %+v", i, p)
		}
	}
}
