package feature

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"gonum.org/v1/gonum/mat"

	"ace/core"
	"ace/train/media"
)

// Projection is how the media block of a collection is made from what describes
// its media. It gives further media theirs, as they are.
type Projection struct {
	given int // width of the vectors that were given; 0: none
	join  bool
	// how encoders made these; nil: somebody gave them
	encoded *encoded
	views   []fitted // none where given vectors stand in for the descriptors: they are taken as they are
}

// fitted is one view as it was fitted to a collection.
type fitted struct {
	columns int // of the block
	kinds   [core.Kinds]*seen
}

// seen is what the view knows of a kind; nil: the collection had none of it.
type seen struct {
	pca    *pca
	centre []float64 // of given vectors; nil with descriptors
}

// of adds to a fit which vectors it was made for.
func (p *Projection) of(o Options, l *encoded) *Projection {
	p.encoded = l
	if o.Given != nil {
		p.given, p.join = o.Given.Dims, o.Join
	}
	if p.given > 0 && !p.join {
		p.views = nil
	}
	return p
}

// Width is that of the media vectors.
func (p *Projection) Width() int {
	if p.given > 0 && !p.join {
		return p.given
	}
	n := core.Kinds
	for _, v := range p.views {
		n += v.columns
	}
	return n
}

// Given is the width of the vectors that have to be given, 0 where there are
// none; with join, beside what the media themselves are described by.
func (p *Projection) Given() (dims int, join bool) { return p.given, p.join }

// Encoded tells which encoders are wanted, those that made the vectors that
// others would have given.
func (p *Projection) Encoded() (picture, sound, text bool) {
	if p.encoded == nil {
		return false, false, false
	}
	for _, c := range p.encoded.columns {
		picture, sound = picture || c.Name == columnPicture, sound || c.Name == columnSound
	}
	return picture, sound, p.encoded.pair != nil
}

// Knows tells whether media of a kind get vectors.
func (p *Projection) Knows(kind core.Kind) bool {
	if p.encoded != nil {
		return p.encoded.kinds[kind] != nil
	}
	if p.given > 0 && !p.join {
		return true
	}
	for _, v := range p.views {
		if v.kinds[kind] != nil {
			return true
		}
	}
	return false
}

// Extract decodes the media of a further collection and makes their vectors, a
// media block without words (Features.Text is 0). What cannot be decoded is left
// out and named, as by the function Extract. Items of a kind that the projection
// was not fitted to get 0. Of the options Given,
// Encoders, Kept, Thumbs, Threads and Progress count.
func (p *Projection) Extract(ctx context.Context, c *media.Collection, o Options) (*Features, error) {
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	f := &Features{}
	o.looks = newLooks(c)
	c, _, err := o.encode(ctx, c, p.encoded, &f.Report)
	if err != nil {
		return nil, err
	}
	dims := 0
	if o.Given != nil {
		dims = o.Given.Dims
	}
	if dims != p.given {
		return nil, fmt.Errorf("given vectors of width %d, the collection was made with %d", dims, p.given)
	}
	if err := o.checkGiven(c); err != nil {
		return nil, err
	}
	f.Root, f.Skipped, f.Media = c.Root, append([]media.Skip(nil), c.Skipped...), p.Width()
	var views []view
	if p.given == 0 || p.join {
		built, failed, err := describe(ctx, c, o)
		if err != nil {
			return nil, err
		}
		views = append(views, built)
		f.keep(c, failed, o.looks)
	} else {
		f.keep(c, make([]error, len(c.Items)), o.looks)
	}
	if f.N == 0 {
		return nil, media.Nothing(c.Root, f.Skipped)
	}
	if err := o.lookRest(ctx, f); err != nil {
		return nil, err
	}
	f.countKinds()
	if f.D = f.Media; p.given > 0 && !p.join {
		f.X = make([]float32, 0, f.N*f.D)
		for _, r := range f.Rows {
			f.X = append(f.X, o.Given.row(r)...)
		}
		f.Given, f.Dims = f.X, f.D
		return f, nil
	}
	if p.join {
		var v view
		for k, s := range p.views[len(p.views)-1].kinds {
			if s != nil {
				v.centre[k] = s.centre
			}
		}
		v.place(o.Given, f.Items, f.Rows)
		views = append(views, v)
	}
	f.X = singles(p.block(views, f.Items, o.Threads))
	return f, nil
}

// checkGiven holds given vectors against a collection.
func (o *Options) checkGiven(c *media.Collection) error {
	if o.Given != nil && o.Given.Rows != c.Total {
		return fmt.Errorf("the features have %d rows, the collection %d items: row i belongs to line i", o.Given.Rows, c.Total)
	}
	return nil
}

// block is mediaBlock of further items.
func (p *Projection) block(views []view, items []core.Item, threads int) *mat.Dense {
	var parts []*mat.Dense
	known := make([]bool, len(items))
	for n, f := range p.views {
		part := mat.NewDense(len(items), f.columns, nil)
		for kind, s := range f.kinds {
			list := views[n].items[kind]
			if s == nil || len(list) == 0 {
				continue
			}
			z := doubles(s.pca.apply(leadingValues(views[n].x[kind], len(list), len(s.pca.mean)), threads), len(list), len(s.pca.variance))
			for r, i := range list {
				s.pca.spread(part.RawRowView(i), z.RawRowView(r))
				known[i] = true
			}
		}
		parts = append(parts, part)
	}
	out := join(parts, items)
	for i, ok := range known {
		if !ok {
			clear(out.RawRowView(i))
		}
	}
	return out
}

// leadingValues keeps the first values of each of so many rows.
func leadingValues(x []float32, rows, keep int) []float32 {
	width := len(x) / rows
	if width == keep {
		return x
	}
	out := make([]float32, 0, rows*keep)
	for ; len(x) > 0; x = x[width:] {
		out = append(out, x[:keep]...)
	}
	return out
}

// check holds what was read together.
func (p *Projection) check() error {
	want := 0
	if p.given == 0 || p.join {
		want++
	}
	if p.join {
		want++
	}
	if p.encoded != nil && (p.encoded.dims() != p.given || slices.ContainsFunc(p.encoded.columns, func(c column) bool { return c.Dims < 1 })) || p.given < 0 || p.join && p.given == 0 || len(p.views) != want {
		return errors.New("a projection of the media whose parts do not fit together")
	}
	return nil
}
