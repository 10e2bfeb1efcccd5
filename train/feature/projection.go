package feature

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

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
		p.given, p.join = o.Given.D, o.Join
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
// Encoders, Kept, Thumbs, Scratch, Threads and Progress count.
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
		dims = o.Given.D
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
		built, failed, err := describe(ctx, c, &o)
		if err != nil {
			return nil, err
		}
		defer built.close()
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
		f.Given = o.Given.Pick(f.Rows)
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
		if o.Encoders != nil {
			defer o.Given.Close()
		}
	}
	f.X, err = p.block(views, f.Items, o.Threads)
	return f, err
}

// checkGiven holds given vectors against a collection.
func (o *Options) checkGiven(c *media.Collection) error {
	if o.Given != nil && o.Given.N != c.Total {
		return fmt.Errorf("the features have %d rows, the collection %d items: row i belongs to line i", o.Given.N, c.Total)
	}
	return nil
}

// block gives the rows of the media block of further items.
func (p *Projection) block(views []view, items []core.Item, threads int) ([]float32, error) {
	var list []shown
	for n, f := range p.views {
		s := shown{columns: f.columns}
		for kind, of := range f.kinds {
			if of == nil || len(views[n].items[kind]) == 0 {
				continue
			}
			x := views[n].vectors(kind)
			x.d = len(of.pca.mean) // films of before sound tracks were described have less
			s.kinds[kind] = components{of.pca, of.pca.apply(x, threads)}
		}
		if err := views[n].err(); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	row := make([]float64, blockWidth(list))
	out := make([]float32, 0, len(items)*len(row))
	var next [core.Kinds]int
	for i := range items {
		kind := items[i].Kind
		blockRow(row, list, kind, next[kind])
		next[kind]++
		for _, v := range row {
			out = append(out, float32(v))
		}
	}
	return out, nil
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
