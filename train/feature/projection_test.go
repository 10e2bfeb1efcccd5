package feature

import (
	"context"
	"math"
	"slices"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/train/media"
	"ace/train/rows"
)

// saved is a projection that went through a container.
func saved(t *testing.T, p *Projection, dtype bundle.DType) *Projection {
	t.Helper()
	b := bundle.NewBuilder(bundle.Bundle)
	b.AddTensor("frozen", "first", bundle.U8, []int{1}, []uint8{1})
	p.Save(b, "frozen", dtype)
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	c, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	if p, err = LoadProjection(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	return p
}

// cosine of the media blocks of item i of a and item j of b.
func cosine(a *Features, i int, b *Features, j int) float64 {
	x, y := a.X[i*a.D+a.Text:(i+1)*a.D], b.X[j*b.D+b.Text:(j+1)*b.D]
	var xy, xx, yy float64
	for k := range x {
		xy, xx, yy = xy+float64(x[k])*float64(y[k]), xx+float64(x[k])*float64(x[k]), yy+float64(y[k])*float64(y[k])
	}
	return xy / math.Sqrt(max(xx*yy, 1e-30))
}

// A projection gives the media that it was fitted to the vectors that they had,
// be they described, given, or both; and what cannot be read is named again.
func TestProjection(t *testing.T) {
	c := testCollection(t)
	x := make([]float32, 5*c.Total)
	for i := range x {
		x[i] = float32(i*i%17) - 8
	}
	given := rows.Of(x, 5)
	for name, o := range map[string]Options{"described": {}, "given": {Given: given}, "both": {Given: given, Join: true}} {
		all := Defaults()
		all.Given, all.Join, all.MediaDims = o.Given, o.Join, 9
		f, err := Extract(context.Background(), c, all)
		if err != nil {
			t.Fatal(err)
		}
		for dtype, least := range map[bundle.DType]float64{bundle.F32: 0.99999, bundle.I8: 0.98} {
			p := saved(t, f.Projection, dtype)
			g, err := p.Extract(context.Background(), c, o)
			if err != nil {
				t.Fatal(err)
			}
			if g.N != f.N || g.Text != 0 || g.D != p.Width() || !slices.Equal(g.Rows, f.Rows) || !slices.Equal(g.Skipped, f.Skipped) {
				t.Fatalf("%s: %d items of width %d, skipped %v; want %d, %v", name, g.N, g.D, g.Skipped, f.N, f.Skipped)
			}
			for i := range f.N {
				if name == "given" {
					if !slices.Equal(values(t, g.Given)[i*5:(i+1)*5], values(t, f.Given)[i*5:(i+1)*5]) {
						t.Fatalf("given: item %d is not as it was given", i)
					}
				} else if cos := cosine(f, i, g, i); cos < least {
					t.Fatalf("%s, %s: item %d has cosine %v with itself", name, dtype, i, cos)
				}
			}
			if dims, join := p.Given(); o.Given == nil && dims != 0 || o.Given != nil && dims != 5 || join != o.Join {
				t.Errorf("%s: vectors of width %d are wanted, joined %v", name, dims, join)
			}
		}
		wrong := Options{Given: rows.Of(make([]float32, 4*c.Total), 4)}
		if _, err := f.Projection.Extract(context.Background(), c, wrong); err == nil {
			t.Errorf("%s: vectors of another width", name)
		}
	}
}

// Media of a kind that was not there say nothing.
func TestProjectionOfAnotherKind(t *testing.T) {
	c := testCollection(t)
	only := &media.Collection{Root: c.Root}
	for i := range c.Items {
		if c.Items[i].Kind == core.Image {
			only.Items, only.Rows = append(only.Items, c.Items[i]), append(only.Rows, only.Total)
			only.Total++
		}
	}
	f, err := Extract(context.Background(), only, Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if p := f.Projection; !p.Knows(core.Image) || p.Knows(core.Audio) || p.Knows(core.Video) {
		t.Error("pictures alone are known")
	}
	g, err := saved(t, f.Projection, bundle.F32).Extract(context.Background(), c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range g.N {
		if known := slices.ContainsFunc(g.X[i*g.D:(i+1)*g.D], func(v float32) bool { return v != 0 }); known != (g.Items[i].Kind == core.Image) {
			t.Errorf("%s %s: a vector: %v", g.Items[i].Kind, g.Items[i].ID, known)
		}
	}
}

// A projection of before sound tracks were described still takes films.
func TestProjectionWithoutSoundTracks(t *testing.T) {
	c := testCollection(t)
	f, err := Extract(context.Background(), c, Defaults())
	if err != nil {
		t.Fatal(err)
	}
	film := f.Projection.views[0].kinds[core.Video].pca
	if len(film.mean) != filmDims {
		t.Fatalf("films are described by %d values", len(film.mean))
	}
	film.mean, film.scale, film.axes = film.mean[:seenDims], film.scale[:seenDims], film.axes[:seenDims*len(film.variance)]
	g, err := saved(t, f.Projection, bundle.F32).Extract(context.Background(), c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.N {
		if cos := cosine(f, i, g, i); cos < 0.9999 {
			t.Errorf("%s has cosine %v with itself", f.Items[i].ID, cos)
		}
	}
}
