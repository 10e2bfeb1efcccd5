package identify

import (
	"context"
	"fmt"
	"math"
	"slices"

	"ace/core/bundle"
)

// reader reads the tensors of a container and keeps the first error.
type reader struct {
	ctx context.Context
	c   *bundle.Container
	err error
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// floats reads a tensor of this shape, every value of which is finite.
func (r *reader) floats(name string, shape ...int) []float32 {
	x, have, err := r.c.Float32s(r.ctx, section+"."+name)
	switch {
	case err != nil:
		r.fail(err)
	case !slices.Equal(have, shape):
		r.fail(fmt.Errorf("identifiers: the shape of %s is %v, want %v", name, have, shape))
	case slices.ContainsFunc(x, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }):
		r.fail(fmt.Errorf("identifiers: %s holds a value that is not finite", name))
	}
	return x
}

// books reads what RQVAE and ResidualKMeans have beside the centres.
func (r *reader) books(q *Identifiers) {
	q.Scales = r.floats("scales", q.Sizes[0])
	for l := range q.fine() {
		q.Codebooks = append(q.Codebooks, r.floats(codebookName(l), q.Sizes[1+l], q.Latent))
	}
	if r.c.Has(section + ".encoder") {
		width := q.Config.widths(q.D)
		q.encoder = &mlp[float32]{width, r.floats("encoder", mlpSize(width))}
		if q.Latent != q.Config.Latent {
			r.fail(fmt.Errorf("identifiers: the codes have %d values, the encoder makes %d", q.Latent, q.Config.Latent))
		}
	} else if q.Latent != q.D {
		r.fail(fmt.Errorf("identifiers: codes of %d values for vectors of %d, and no encoder", q.Latent, q.D))
	}
}

// decoder reads the other half of an autoencoder.
func (r *reader) decoder(q *Identifiers) {
	width := q.Config.widths(q.D)
	slices.Reverse(width)
	q.decoder = &mlp[float32]{width, r.floats("decoder", mlpSize(width))}
}

// tree reads the nodes of so many fine levels below the coarse clusters.
func (r *reader) tree(levels, parents, d int) *tree {
	t := &tree{}
	for l := range levels {
		begin, _, err := r.c.Uint32s(r.ctx, section+"."+childrenName(l))
		if err != nil {
			r.fail(err)
			return nil
		}
		good := len(begin) == parents+1 && begin[0] == 0 && begin[parents] <= math.MaxInt32
		first := make([]int32, len(begin))
		for i, at := range begin {
			first[i] = int32(at)
			good = good && (i == 0 || at > begin[i-1]) // no node is without children
		}
		if !good {
			r.fail(fmt.Errorf("identifiers: %s does not cut a level into the children of %d nodes", childrenName(l), parents))
			return nil
		}
		parents = int(begin[parents])
		t.first = append(t.first, first)
		t.centres = append(t.centres, r.floats(nodesName(l), parents, d))
	}
	return t
}
