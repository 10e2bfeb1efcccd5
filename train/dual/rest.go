package dual

import (
	"context"
	"fmt"

	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/gemm"
)

// Rest is what Reduce left away. Searching does not need it; identifiers, which
// were made in the full width, do.
type Rest struct {
	Width    int       // D, before
	Kept     int       // w, after
	Rotation []float32 // [D, D], columns: the directions that were kept, then the others
	Pieces   []float32 // [V, D-w], by the directions that were not kept
	Sense    []float32 // [s, D-w]; nil without word vectors
}

// Restore gives the vectors of pieces and words their full width again.
func (r *Rest) Restore(y *dual.Index) *dual.Index {
	join := func(kept, left []float32) []float32 {
		d, w := r.Width, r.Kept
		n := len(kept) / w
		rows := make([]float32, 0, n*d)
		for i := range n {
			rows = append(append(rows, kept[i*w:(i+1)*w]...), left[i*(d-w):(i+1)*(d-w)]...)
		}
		out := make([]float32, n*d)
		gemm.Mul(false, true, n, d, d, rows, d, r.Rotation, d, out, d, false)
		return out
	}
	x := &dual.Index{Width: r.Width, Pieces: join(y.Pieces, r.Pieces)}
	if y.Sense != nil {
		x.Sense = join(y.Sense, r.Sense)
	}
	return x
}

// Reduce brings item vectors [N, D] to [N, w], as the function did.
func (r *Rest) Reduce(items []float32) []float32 {
	n := len(items) / r.Width
	out := make([]float32, n*r.Kept)
	gemm.Mul(false, false, n, r.Kept, r.Width, items, r.Width, r.Rotation, r.Width, out, r.Kept, false)
	normalise(out, r.Kept)
	return out
}

// The names of a rest in a container.
const (
	tensorTurn    = "rest.rotation"
	tensorPieces  = "rest.pieces"
	tensorMeaning = "rest.sense"
)

// Save adds the rest to a section of a container, coarsely.
func (r *Rest) Save(b *bundle.Builder, to string) {
	b.AddTensor(to, tensorTurn, bundle.F16, []int{r.Width, r.Width}, r.Rotation)
	addMatrix(b, to, tensorPieces, bundle.I8, r.Width-r.Kept, r.Pieces)
	if r.Sense != nil {
		addMatrix(b, to, tensorMeaning, bundle.I8, r.Width-r.Kept, r.Sense)
	}
}

// ReadRest reads what Save wrote beside a reduced index.
func ReadRest(ctx context.Context, c *bundle.Container, y *dual.Index) (*Rest, error) {
	info, _ := c.Tensor(tensorTurn)
	if len(info.Shape) != 2 || info.Shape[0] <= y.Width {
		return nil, fmt.Errorf("tensor %s of shape %v for vectors of width %d", tensorTurn, info.Shape, y.Width)
	}
	r := &Rest{Width: info.Shape[0], Kept: y.Width}
	var err error
	if r.Rotation, err = readMatrix(ctx, c, tensorTurn, r.Width, r.Width); err != nil {
		return nil, err
	}
	if r.Pieces, err = readMatrix(ctx, c, tensorPieces, len(y.Pieces)/y.Width, r.Width-r.Kept); err != nil {
		return nil, err
	}
	if y.Sense != nil {
		r.Sense, err = readMatrix(ctx, c, tensorMeaning, len(y.Sense)/y.Width, r.Width-r.Kept)
	}
	return r, err
}
