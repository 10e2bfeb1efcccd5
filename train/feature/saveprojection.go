package feature

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ace/core"
	"ace/core/bundle"
)

// metaProjection is the key of a projection's shape, and the beginning of its
// tensors' names.
const metaProjection = "projection"

// shape is what of a projection is not a tensor.
type shape struct {
	Given   int      `json:"given,omitempty"`
	Join    bool     `json:"join,omitempty"`
	Encoded []column `json:"encoded,omitempty"`
	Pair    *pair    `json:"pair,omitempty"`
	Columns []int    `json:"columns"` // of each view
}

func tensorOf(view int, kind core.Kind, what string) string {
	return fmt.Sprintf("%s.%d.%s.%s", metaProjection, view, kind, what)
}

// Save adds the projection to a section of a container, its axes as bundle.F32
// or, coarsely, as bundle.I8.
func (p *Projection) Save(b *bundle.Builder, to string, dtype bundle.DType) {
	s := shape{Given: p.given, Join: p.join, Columns: []int{}}
	if p.encoded != nil {
		s.Encoded, s.Pair = p.encoded.columns, p.encoded.pair
		p.encoded.save(b, to)
	}
	for n, v := range p.views {
		s.Columns = append(s.Columns, v.columns)
		for k, of := range v.kinds {
			if of == nil {
				continue
			}
			name := func(what string) string { return tensorOf(n, core.Kind(k), what) }
			floats := func(what string, x []float32) {
				b.AddTensor(to, name(what), bundle.F32, []int{len(x)}, x)
			}
			floats("mean", of.pca.mean)
			floats("scale", of.pca.scale)
			floats("variance", narrow(of.pca.variance))
			if axes := []int{len(of.pca.mean), len(of.pca.variance)}; dtype == bundle.I8 {
				b.AddCoarse(to, name("axes"), axes, of.pca.axes, bundle.Fine)
			} else {
				b.AddTensor(to, name("axes"), dtype, axes, of.pca.axes)
			}
			if of.centre != nil {
				floats("centre", narrow(of.centre))
			}
		}
	}
	b.SetMeta(metaProjection, s)
}

// narrow and widen change the precision.
func narrow(x []float64) []float32 {
	out := make([]float32, len(x))
	for i, v := range x {
		out[i] = float32(v)
	}
	return out
}

func widen(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// LoadProjection reads what Save wrote, and checks that it fits what Extract
// describes media by.
func LoadProjection(ctx context.Context, c *bundle.Container) (*Projection, error) {
	var s shape
	if !slices.Contains(c.MetaKeys(), metaProjection) {
		return nil, errors.New("it does not say how its media became vectors: an older ace wrote it")
	}
	if err := c.Meta(metaProjection, &s); err != nil {
		return nil, err
	}
	p := &Projection{given: s.Given, join: s.Join, views: make([]fitted, len(s.Columns))}
	if s.Encoded != nil {
		p.encoded = &encoded{columns: s.Encoded, pair: s.Pair}
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	if p.encoded != nil {
		if err := p.encoded.load(ctx, c); err != nil {
			return nil, err
		}
	}
	for n, columns := range s.Columns {
		p.views[n].columns = columns
		widest := 1
		for k := range core.Kinds {
			name := func(what string) string { return tensorOf(n, core.Kind(k), what) }
			info, ok := c.Tensor(name("axes"))
			if !ok {
				continue
			}
			d := kindDims[k]
			if n == 1 {
				d = p.given
			}
			if n == 0 && core.Kind(k) == core.Video && len(info.Shape) == 2 && info.Shape[0] == seenDims {
				d = seenDims // of before sound tracks were described
			}
			if len(info.Shape) != 2 || info.Shape[0] != d || info.Shape[1] > columns {
				return nil, fmt.Errorf("tensor %s of shape %v, want [%d, %d] at most", name("axes"), info.Shape, d, columns)
			}
			widest = max(widest, info.Shape[1])
			of := &seen{pca: &pca{}}
			var variance, centre []float32
			parts := []part{{"axes", info.Shape, &of.pca.axes}, {"mean", []int{d}, &of.pca.mean}, {"scale", []int{d}, &of.pca.scale}, {"variance", info.Shape[1:], &variance}}
			if n == 1 {
				parts = append(parts, part{"centre", []int{d}, &centre})
			}
			for _, t := range parts {
				if err := t.read(ctx, c, name(t.what)); err != nil {
					return nil, err
				}
			}
			of.pca.variance = widen(variance)
			if n == 1 {
				of.centre = widen(centre)
			}
			p.views[n].kinds[k] = of
		}
		if columns != widest {
			return nil, fmt.Errorf("a view of the media in %d columns, its widest kind has %d", columns, widest)
		}
	}
	return p, nil
}

// part is a tensor to read.
type part struct {
	what  string
	shape []int
	into  *[]float32
}

func (t *part) read(ctx context.Context, c *bundle.Container, name string) error {
	x, have, err := c.Float32s(ctx, name)
	switch {
	case err != nil:
		return err
	case !slices.Equal(have, t.shape):
		return fmt.Errorf("tensor %s of shape %v, want %v", name, have, t.shape)
	case !finite(x):
		return fmt.Errorf("tensor %s holds a value that is not finite", name)
	}
	*t.into = x
	return nil
}
