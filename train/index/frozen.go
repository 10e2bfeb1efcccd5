package index

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"ace/core"
	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/query"
	"ace/core/search"
	"ace/train/corpus"
	traindual "ace/train/dual"
	"ace/train/feature"
	"ace/train/identify"
)

// Frozen is what was learnt from a collection and gives further items their
// vectors and identifiers. It lies in the bundle; no page fetches it.
type Frozen struct {
	Projection *feature.Projection // makes the vectors of further media

	reduced   *dual.Index // of the bundle, without items
	rest      *traindual.Rest
	tower     *traindual.MediaTower // nil: media say nothing
	codebooks *identify.Identifiers
}

// ErrFixed says that a bundle's identifiers cannot be given to further items.
var ErrFixed = errors.New("it does not hold what new items get their places by")

// freeze adds it to a bundle, unless the identifiers are of a method that cannot
// give any to further items. rest is what the bundle's vectors left away.
func (x *Index) freeze(b *bundle.Builder, rest *traindual.Rest) {
	if !x.ids.Extends() {
		return
	}
	rest.Save(b, search.Frozen)
	if m := x.meaning; m.tower != nil {
		m.tower.Save(b, search.Frozen, bundle.I8)
	}
	x.meaning.projection.Save(b, search.Frozen, bundle.I8)
	x.ids.SaveCodebooks(b, search.Frozen, bundle.F16)
	b.Compress(search.Frozen)
}

// Frozen reads what new items get their places by; ErrFixed where there is none.
func (k *Catalogue) Frozen(ctx context.Context) (*Frozen, error) {
	if !slices.ContainsFunc(k.c.Sections(), func(s bundle.SectionInfo) bool { return s.Name == search.Frozen }) {
		return nil, ErrFixed
	}
	f := &Frozen{}
	var err error
	vocab, dim := k.vocab.Size(), 0
	if k.table != nil {
		dim = k.table.Dim()
	}
	if f.reduced, err = dual.Read(ctx, k.c, vocab, dim, len(k.col.Items)); err != nil {
		return nil, err
	}
	if f.reduced == nil {
		return nil, errors.New("it holds no vectors of its items")
	}
	f.reduced.Items = nil
	if f.rest, err = traindual.ReadRest(ctx, k.c, f.reduced); err != nil {
		return nil, err
	}
	if f.tower, err = traindual.ReadMediaTower(ctx, k.c, f.rest.Width); err != nil {
		return nil, err
	}
	if f.Projection, err = feature.LoadProjection(ctx, k.c); err != nil {
		return nil, err
	}
	if f.tower != nil && len(f.tower.Mean) != f.Projection.Width() {
		return nil, fmt.Errorf("media vectors of %d values, %d were learnt", f.Projection.Width(), len(f.tower.Mean))
	}
	if f.codebooks, err = identify.LoadCodebooks(ctx, k.c); err != nil {
		return nil, err
	}
	if !slices.Equal(f.codebooks.Sizes, k.col.Levels) || f.codebooks.D != f.rest.Width {
		return nil, fmt.Errorf("codebooks of %v codes in %d dimensions, the items have %v in %d", f.codebooks.Sizes, f.codebooks.D, k.col.Levels, f.rest.Width)
	}
	k.c.Release(search.Frozen)
	return f, nil
}

// place gives items beside those of a catalogue their identifiers and their
// vectors [N, Kept].
func (f *Frozen) place(k *Catalogue, seen *feature.Features) ([]core.ID, []float32, error) {
	said := corpus.Read(seen.Items)
	known := corpus.Knows(slices.Concat(corpus.Read(k.col.Items), said))
	e := query.Encoder{Vocabulary: k.vocab, Known: known}
	if k.table != nil {
		e.Vectors = k.table
	}
	vectors, err := traindual.Further(f.rest.Restore(f.reduced), f.tower, e, texts(said), mediaOf(seen), runtime.GOMAXPROCS(0))
	if err != nil {
		return nil, nil, err
	}
	ids, err := f.codebooks.Extend(vectors, seen.N, k.col.IDs)
	if err != nil {
		return nil, nil, err
	}
	return ids, f.rest.Reduce(vectors), nil
}
