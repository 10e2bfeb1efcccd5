package feature

import (
	"context"

	"ace/core"
	"ace/train/media"
	"ace/train/rows"
)

// kindDims are the widths of the built-in descriptors.
var kindDims = [core.Kinds]int{core.Image: pictureDims, core.Audio: soundDims, core.Video: filmDims}

// describe decodes every item and keeps its descriptor, one sample a thread at
// a time. failed names the items that could not be decoded; the view counts
// without them.
func describe(ctx context.Context, c *media.Collection, o *Options) (v view, failed []error, err error) {
	v.standard = true
	slot := make([]int, len(c.Items)) // each item's row among those of its kind
	var count [core.Kinds]int
	for i := range c.Items {
		k := c.Items[i].Kind
		slot[i] = count[k]
		count[k]++
	}
	var all [core.Kinds]*rows.Table
	for k := range all {
		if all[k], err = o.table(count[k], kindDims[k]); err != nil {
			return view{}, nil, err
		}
	}
	failed = make([]error, len(c.Items))
	err = each(ctx, len(c.Items), o.Threads, o.Progress, func(i int) error {
		f, err := o.describeFile(c.Path(i), &c.Items[i])
		o.looks[c.Rows[i]], failed[i] = f.Look, err
		if err != nil {
			return nil
		}
		return all[c.Items[i].Kind].Write(slot[i], f.Vector)
	})
	if err != nil {
		return view{}, nil, err
	}
	kept := 0
	var of [core.Kinds][]int
	for i := range c.Items {
		if k := c.Items[i].Kind; failed[i] == nil {
			v.items[k], of[k] = append(v.items[k], kept), append(of[k], slot[i])
			kept++
		}
	}
	for k := range all {
		v.x[k] = all[k].Pick(of[k])
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
