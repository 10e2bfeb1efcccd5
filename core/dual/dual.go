// Package dual is the query's side of a contrastive dual encoder (CLIP, arXiv
// 2103.00020), and the items' vectors that the other side left: a text becomes
// the sum of what it is spelt of and what it means, brought to length 1, and fits
// an item by their inner product. In a hybrid search it stands beside what the
// network writes: "stored vectors re-rank" (GENIUS, arXiv 2503.19868).
package dual

import (
	"context"
	"fmt"
	"math"

	"ace/core/bundle"
	"ace/core/gemm"
	"ace/core/query"
)

// Index is the items' vectors and what a query's is made of.
type Index struct {
	Width  int
	Pieces []float32 // [V, Width], V the size of the vocabulary
	Sense  []float32 // [D, Width], D the width of the word vectors; nil without
	Items  []float32 // [N, Width], rows of length 1, or 0 where nothing is known
}

// Temperature divides cosines before they are compared as evidence.
const Temperature = 0.1

// Query writes the unit vector [Width] of a query: for each word its pieces'
// vectors over the root of their number, and its word vector through Sense.
func (x *Index) Query(q *query.Query, dst []float32) {
	dst = dst[:x.Width]
	clear(dst)
	if q.Strange { // hashes alone would point anywhere
		return
	}
	for w := range q.Len() {
		pieces := q.Pieces[q.Start[w]:q.Start[w+1]]
		weight := float32(1 / math.Sqrt(float64(max(len(pieces), 1))))
		for _, p := range pieces {
			gemm.Axpy(weight, x.Pieces[int(p)*x.Width:][:x.Width], dst)
		}
		if x.Sense != nil {
			for k, v := range q.Vector(w) {
				gemm.Axpy(v, x.Sense[k*x.Width:][:x.Width], dst)
			}
		}
	}
	unit(dst)
}

// Score writes each item's cosine with a query's vector, over Temperature.
func (x *Index) Score(q, scores []float32) {
	gemm.Mul(false, true, 1, len(scores), x.Width, q, x.Width, x.Items, x.Width, scores, len(scores), false)
	for i := range scores {
		scores[i] /= Temperature
	}
}

func unit(v []float32) {
	if n := math.Sqrt(float64(gemm.Dot(v, v))); n > 1e-12 {
		for i := range v {
			v[i] = float32(float64(v[i]) / n)
		}
	}
}

// Section is the name of the index's section of a bundle.
const Section = "dual"

// Write adds the index to a container, as bundle.F32 or, coarsely, as bundle.I8.
func (x *Index) Write(b *bundle.Builder, dtype bundle.DType) {
	add := func(name string, values []float32) {
		if shape := []int{len(values) / x.Width, x.Width}; dtype == bundle.I8 {
			b.AddCoarse(Section, name, shape, values, bundle.Coarse)
		} else {
			b.AddTensor(Section, name, dtype, shape, values)
		}
	}
	add("dual.items", x.Items)
	add("dual.pieces", x.Pieces)
	if x.Sense != nil {
		add("dual.sense", x.Sense)
	}
	b.Compress(Section)
}

// Read reads what Write wrote, for a vocabulary of so many ids, word vectors of a
// width and so many items; nil from a container without it.
func Read(ctx context.Context, c *bundle.Container, vocabulary, sense, items int) (*Index, error) {
	if !c.Has("dual.items") {
		return nil, nil
	}
	x := &Index{}
	for _, t := range []struct {
		name string
		rows int
		into *[]float32
	}{{"dual.items", items, &x.Items}, {"dual.pieces", vocabulary, &x.Pieces}, {"dual.sense", sense, &x.Sense}} {
		if t.rows == 0 || t.name == "dual.sense" && !c.Has(t.name) {
			continue
		}
		info, _ := c.Tensor(t.name)
		if len(info.Shape) != 2 || info.Shape[0] != t.rows || x.Width > 0 && info.Shape[1] != x.Width {
			return nil, fmt.Errorf("tensor %s of shape %v, want [%d, %d]", t.name, info.Shape, t.rows, x.Width)
		}
		x.Width = info.Shape[1]
		var err error
		if *t.into, _, err = c.Float32s(ctx, t.name); err != nil {
			return nil, err
		}
		if !gemm.Finite(*t.into) {
			return nil, fmt.Errorf("tensor %s holds a value that is not finite", t.name)
		}
	}
	c.Release(Section)
	return x, nil
}
