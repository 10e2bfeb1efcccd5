package feature

import (
	"context"
	"os"

	"ace/core"
	"ace/train/media"
)

// look reads the file of an item, unless all that is wanted of it is known from
// an earlier look, and notes in the item what a page wants to know. decode makes
// the sample wanted whatever is known.
func (o *Options) look(path string, digest [32]byte, it *core.Item, describe, decode bool) (f found, s *media.Sample, err error) {
	f, ok := o.Kept.get(digest, it.Kind)
	whole := ok && (!describe || f.Vector != nil) && (!o.Thumbs || f.Tried)
	if !whole || decode {
		read := media.Decode
		if decode || o.Thumbs && !f.Tried {
			read = media.DecodePreview // encoders see more than descriptors
		}
		sample, err := read(path, it.Kind)
		if err != nil {
			return found{}, nil, err
		}
		s = &sample
	}
	if !whole {
		f.Look = s.Look()
		f.Look.Digest = digest
		if it.Kind == core.Audio {
			f.Look.Print = soundPrint(s.Wave)
		}
		if describe && f.Vector == nil {
			f.Vector = describeSample(s)
		}
		if o.Thumbs && !f.Tried {
			info, err := os.Stat(path)
			if err != nil {
				return found{}, nil, err
			}
			f.Tried = true
			f.Thumb, f.Ext = s.Thumb(info.Size())
		}
		o.Kept.put(digest, it.Kind, &f)
	}
	f.Look.Note(it)
	return f, s, nil
}

// Look tells what a page wants to know of a medium, and gives its thumbnail, of
// the given extension; nil: the original does as well.
func (k *Kept) Look(path string, kind core.Kind) (l media.Look, thumb []byte, ext string, err error) {
	o := Options{Kept: k, Thumbs: true}
	digest, err := fileDigest(path, kind)
	if err != nil {
		return l, nil, "", err
	}
	f, _, err := o.look(path, digest, &core.Item{Kind: kind}, false, false)
	return f.Look, f.Thumb, f.Ext, err
}

// lookRest looks at the files of items that were not opened for their vectors.
// One that cannot be read stays unknown.
func (o *Options) lookRest(ctx context.Context, f *Features) error {
	var rest []int
	for i := range f.Looks {
		if f.Looks[i].Digest == [32]byte{} {
			rest = append(rest, i)
		}
	}
	c := media.Collection{Root: f.Root, Items: f.Items}
	return each(ctx, len(rest), o.Threads, o.Progress, func(n int) error {
		i := rest[n]
		if digest, err := fileDigest(c.Path(i), f.Items[i].Kind); err == nil {
			if seen, _, err := o.look(c.Path(i), digest, &f.Items[i], false, false); err == nil {
				f.Looks[i] = seen.Look
			}
		}
		return nil
	})
}

// newLooks has a place for each entry of a source.
func newLooks(c *media.Collection) []media.Look {
	n := c.Total
	for _, r := range c.Rows {
		n = max(n, r+1)
	}
	return make([]media.Look, n)
}
