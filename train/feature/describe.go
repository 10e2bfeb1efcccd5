package feature

import (
	"context"

	"ace/core"
	"ace/train/media"
)

// kindDims are the widths of the built-in descriptors.
var kindDims = [core.Kinds]int{core.Image: pictureDims, core.Audio: soundDims, core.Video: filmDims}

// describe decodes every item and keeps its descriptor, one sample a thread at
// a time. failed names the items that could not be decoded; the view counts
// without them.
func describe(ctx context.Context, c *media.Collection, o Options) (v view, failed []error, err error) {
	v.standard = true
	n := len(c.Items)
	slot := make([]int, n) // each item's row among those of its kind
	var count [core.Kinds]int
	for i := range c.Items {
		k := c.Items[i].Kind
		slot[i] = count[k]
		count[k]++
	}
	for k := range core.Kinds {
		v.x[k] = make([]float32, count[k]*kindDims[k])
	}
	failed = make([]error, n)
	err = each(ctx, n, o.Threads, o.Progress, func(i int) error {
		k := c.Items[i].Kind
		f, err := o.describeFile(c.Path(i), &c.Items[i])
		copy(v.x[k][slot[i]*kindDims[k]:], f.Vector)
		o.looks[c.Rows[i]], failed[i] = f.Look, err
		return nil
	})
	if err != nil {
		return view{}, nil, err
	}
	// Close the gaps of the failed ones.
	kept := 0
	var rows [core.Kinds]int
	for i := range c.Items {
		if failed[i] != nil {
			continue
		}
		k := c.Items[i].Kind
		d := kindDims[k]
		copy(v.x[k][rows[k]*d:(rows[k]+1)*d], v.x[k][slot[i]*d:(slot[i]+1)*d])
		v.items[k] = append(v.items[k], kept)
		rows[k]++
		kept++
	}
	for k := range core.Kinds {
		v.x[k] = v.x[k][:rows[k]*kindDims[k]]
	}
	return v, failed, nil
}

// describeFile returns the built-in descriptor of an item's file, and what a page
// wants to know of it.
func (o *Options) describeFile(path string, it *core.Item) (found, error) {
	digest, err := fileDigest(path, it.Kind)
	if err != nil {
		return found{}, err
	}
	f, _, err := o.look(path, digest, it, true, false)
	return f, err
}

func describeSample(s *media.Sample) []float32 {
	switch s.Kind {
	case core.Audio:
		return describeSound(s.Wave)
	case core.Video:
		return describeFilm(s.Frames, s.Wave)
	}
	return describePicture(s.Frames[0])
}
