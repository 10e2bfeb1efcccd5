package feature

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"ace/core"
	"ace/train/media"
)

// Encoder turns what is in a file into a vector: a network that others have
// trained. It may be used by several goroutines at once.
type Encoder interface {
	Dims() int
	Key() string                             // names what the vectors depend on beside the file
	Encode(*media.Sample) ([]float32, error) // nil: there is nothing in the sample for it
}

// Encoders stand in for the built-in descriptors, but for those of sounds, which they
// join, or, with Options.Join, beside all of them. A film is seen by the one and its sound track heard by the other.
type Encoders struct {
	Picture, Sound Encoder // nil: none
	// Text, if not nil, is the other tower of one of these. The vectors of what is
	// said of an item, by this weight, join the medium's.
	Text         TextEncoder
	TextWeight   float32
	Texts        func([]core.Item) [][]string // which texts of each item; nil: all
	TextProgress func(done, total int)        // texts encoded, one call at a time; may be nil
	Cache        string                       // folder where vectors are kept by what is in the files; empty: they are not
}

// of are the names of the columns that a kind fills.
func (e *Encoders) of(kind core.Kind, builtIn bool) []string {
	var list []string
	add := func(x Encoder, name string) bool {
		if x != nil {
			list = append(list, name)
		}
		return x != nil
	}
	if kind == core.Audio {
		// Networks know what sounds, and hardly which note: both count.
		if add(e.Sound, columnSound); builtIn {
			list = append(list, kind.String())
		}
		return list
	}
	if !add(e.Picture, columnPicture) && builtIn {
		list = append(list, kind.String())
	}
	if kind == core.Video {
		add(e.Sound, columnSound)
	}
	return list
}

// encode gives the media of a collection the vectors of the encoders, as o.Given,
// and returns the collection without what could not be decoded. With l they lie
// and are scaled as those of an earlier collection.
func (o *Options) encode(ctx context.Context, c *media.Collection, l *encoded, r *Report) (*media.Collection, *encoded, error) {
	e := o.Encoders
	if e == nil {
		if l != nil {
			return nil, nil, errors.New("the collection was made with encoders, none is given")
		}
		return c, nil, nil
	}
	if o.Given != nil {
		return nil, nil, errors.New("both encoders and given vectors")
	}
	fresh := l == nil
	if fresh {
		l = e.layout(c.Items, !o.Join)
		var err error
		if l.pair, err = e.pairOf(); err != nil {
			return nil, nil, err
		}
	} else if err := cmp.Or(l.check(e), l.checkPair(e)); err != nil {
		return nil, nil, err
	}
	w := &encoding{Encoders: e, layout: l, builtIn: !o.Join}
	var err error
	if w.given, err = o.table(c.Total, l.dims()); err != nil {
		return nil, nil, err
	}
	if err := w.open(); err != nil {
		return nil, nil, err
	}
	defer w.close()
	failed, err := w.all(ctx, c, o)
	if err != nil {
		return nil, nil, err
	}
	kept := &media.Collection{Root: c.Root, Total: c.Total, Skipped: slices.Clone(c.Skipped)}
	for i := range c.Items {
		if failed[i] != nil {
			kept.Skipped = append(kept.Skipped, media.Skip{File: c.Items[i].File, Reason: media.Reason(failed[i])})
			continue
		}
		kept.Items, kept.Rows = append(kept.Items, c.Items[i]), append(kept.Rows, c.Rows[i])
	}
	if len(kept.Items) == 0 {
		return nil, nil, media.Nothing(c.Root, kept.Skipped)
	}
	if err := w.joinTexts(ctx, kept.Items, kept.Rows, o, fresh, r); err != nil {
		return nil, nil, err
	}
	if fresh {
		l.fit(w.given, kept)
	}
	if err := cmp.Or(l.scale(w.given, kept), w.given.Err()); err != nil {
		return nil, nil, err
	}
	o.Given, r.Encoded, r.Cached = w.given, int(w.made.Load()), int(w.found.Load())
	return kept, l, nil
}

// all encodes the items, one a thread at a time.
func (w *encoding) all(ctx context.Context, c *media.Collection, o *Options) ([]error, error) {
	failed := make([]error, len(c.Items))
	err := each(ctx, len(c.Items), o.Threads, o.Progress, func(i int) (fatal error) {
		fatal, failed[i] = w.item(o, c.Path(i), &c.Items[i], c.Rows[i])
		return fatal
	})
	return failed, err
}
