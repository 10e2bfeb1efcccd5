package dual

import (
	"context"
	"fmt"
	"math"
	"slices"

	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/query"
	"ace/train/rows"
)

// MediaTower is how media vectors become those of items: brought to mean 0 and
// deviation 1, then through a matrix. With the vectors of pieces and words it is
// all that gives further items theirs.
type MediaTower struct {
	Mean, Deviation []float32 // [Dims] of the media vectors that were learnt from; deviation 0: the value says nothing
	Matrix          []float32 // [Dims, Width]
	Weight          float32   // of an item's media vector beside its words'
}

// MediaTower is what the training made of the media; nil without media.
func (d *Dual) MediaTower() *MediaTower {
	if d.media.dims == 0 {
		return nil
	}
	m := &MediaTower{Matrix: d.towers.shown(d.towers.theta), Weight: d.MediaWeight}
	for j, v := range d.media.mean {
		m.Mean, m.Deviation = append(m.Mean, float32(v)), append(m.Deviation, float32(d.media.deviation[j]))
	}
	return m
}

// Further gives items that were not trained on their vectors [N, x.Width], as
// Dual.Items does, by the vectors of an index, whose own items are not looked at,
// and a media tower; nil: media say nothing. media [N, Dims] is 0 where an item
// has none. The encoder's word vectors take part where the index has a matrix
// for them.
func Further(x *dual.Index, m *MediaTower, e query.Encoder, items []Item, media *rows.Table, threads int) ([]float32, error) {
	if x.Sense == nil {
		e.Vectors = nil
	} else if e.Vectors == nil || e.Vectors.Dim() != len(x.Sense)/x.Width {
		return nil, fmt.Errorf("no word vectors of width %d to read items by", len(x.Sense)/x.Width)
	}
	d := &Dual{Width: x.Width, encoder: e}
	theta := slices.Concat(x.Pieces, x.Sense)
	if m != nil {
		if media == nil || media.N != len(items) || media.D != len(m.Mean) {
			return nil, fmt.Errorf("no media vectors of width %d for %d items", len(m.Mean), len(items))
		}
		d.MediaWeight, d.media.rows, d.media.dims = m.Weight, media, media.D
		for j, v := range m.Mean {
			d.media.mean, d.media.deviation = append(d.media.mean, float64(v)), append(d.media.deviation, float64(m.Deviation[j]))
		}
		theta = append(theta, m.Matrix...)
	}
	d.towers = newTowers(single, len(x.Pieces)/x.Width, x.Width, len(x.Sense)/x.Width, d.media.dims, min(batchSize, max(len(items), 1)), max(threads, 1), 1)
	copy(d.towers.theta, theta)
	return d.Items(items), d.media.err()
}

// The names of a media tower in a container.
const (
	metaTower    = "media.weight"
	tensorMatrix = "media.matrix"
	tensorMean   = "media.mean"
	tensorSpread = "media.deviation"
)

// Save adds the tower to a section of a container, its matrix as bundle.F32 or,
// coarsely, as bundle.I8.
func (m *MediaTower) Save(b *bundle.Builder, to string, dtype bundle.DType) {
	b.SetMeta(metaTower, m.Weight)
	dims := len(m.Mean)
	addMatrix(b, to, tensorMatrix, dtype, len(m.Matrix)/dims, m.Matrix)
	b.AddTensor(to, tensorMean, bundle.F32, []int{dims}, m.Mean)
	b.AddTensor(to, tensorSpread, bundle.F32, []int{dims}, m.Deviation)
}

func addMatrix(b *bundle.Builder, to, name string, dtype bundle.DType, width int, x []float32) {
	if shape := []int{len(x) / width, width}; dtype == bundle.I8 {
		b.AddCoarse(to, name, shape, x, bundle.Fine)
	} else {
		b.AddTensor(to, name, dtype, shape, x)
	}
}

// ReadMediaTower reads what Save wrote, for item vectors of a width; nil from a
// container without it.
func ReadMediaTower(ctx context.Context, c *bundle.Container, width int) (*MediaTower, error) {
	if !c.Has(tensorMatrix) {
		return nil, nil
	}
	m := &MediaTower{}
	if err := c.Meta(metaTower, &m.Weight); err != nil {
		return nil, err
	}
	var err error
	if m.Matrix, err = readMatrix(ctx, c, tensorMatrix, -1, width); err != nil {
		return nil, err
	}
	dims := len(m.Matrix) / width
	if m.Mean, err = readMatrix(ctx, c, tensorMean, dims); err != nil {
		return nil, err
	}
	if m.Deviation, err = readMatrix(ctx, c, tensorSpread, dims); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(m.Deviation, func(v float32) bool { return v < 0 }) {
		return nil, fmt.Errorf("tensor %s holds a negative value", tensorSpread)
	}
	return m, nil
}

// readMatrix reads a tensor of this shape, -1 being any size, of finite values.
func readMatrix(ctx context.Context, c *bundle.Container, name string, shape ...int) ([]float32, error) {
	info, _ := c.Tensor(name)
	if !slices.EqualFunc(info.Shape, shape, func(have, want int) bool { return want < 0 || have == want }) {
		return nil, fmt.Errorf("tensor %s of shape %v, want %v", name, info.Shape, shape)
	}
	x, _, err := c.Float32s(ctx, name)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(x, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }) {
		return nil, fmt.Errorf("tensor %s holds a value that is not finite", name)
	}
	return x, nil
}
