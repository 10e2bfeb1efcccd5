package identify

import (
	"context"
	"fmt"

	"ace/core"
	"ace/core/bundle"
)

const section = "identifiers" // of a container, and the key of the meta value

// stored is the meta value: what is not a tensor.
type stored struct {
	Sizes      []int  `json:"sizes"`
	Counter    bool   `json:"counter"`
	Collisions int    `json:"collisions"`
	D          int    `json:"d"`
	Latent     int    `json:"latent"`
	Config     Config `json:"config"`
}

// Save adds the identifiers and all that gives further items theirs to a
// container, as one section of tensors and a meta value.
func (q *Identifiers) Save(b *bundle.Builder) {
	levels := len(q.Sizes)
	tokens := make([]uint16, 0, len(q.IDs)*levels)
	for _, id := range q.IDs {
		for _, t := range id {
			tokens = append(tokens, uint16(t))
		}
	}
	b.AddTensor(section, section+".ids", bundle.U16, []int{len(q.IDs), levels}, tokens)
	q.SaveCodebooks(b, section, bundle.F32)
	if q.encoder != nil {
		b.AddTensor(section, section+".decoder", bundle.F32, []int{len(q.decoder.theta)}, q.decoder.theta)
	}
}

// SaveCodebooks adds what Extend needs to a section of a container, as bundle.F32
// or F16: all but the identifiers themselves and the decoder.
func (q *Identifiers) SaveCodebooks(b *bundle.Builder, to string, dtype bundle.DType) {
	b.SetMeta(section, stored{q.Sizes, q.Counter, q.Collisions, q.D, q.Latent, q.Config})
	floats := func(name string, x []float32, shape ...int) {
		b.AddTensor(to, section+"."+name, dtype, shape, x)
	}
	if q.Config.Method == Random {
		return
	}
	floats("centres", q.Centres, q.Sizes[0], q.D)
	if q.tree != nil {
		for l, first := range q.tree.first {
			floats(nodesName(l), q.tree.centres[l], len(q.tree.centres[l])/q.D, q.D)
			begin := make([]uint32, len(first))
			for i, at := range first {
				begin[i] = uint32(at)
			}
			b.AddTensor(to, section+"."+childrenName(l), bundle.U32, []int{len(begin)}, begin)
		}
		return
	}
	floats("scales", q.Scales, q.Sizes[0])
	for l, book := range q.Codebooks {
		floats(codebookName(l), book, q.Sizes[1+l], q.Latent)
	}
	if q.encoder != nil {
		floats("encoder", q.encoder.theta, len(q.encoder.theta))
	}
}

func codebookName(l int) string { return fmt.Sprintf("codebook.%d", l+1) }
func nodesName(l int) string    { return fmt.Sprintf("nodes.%d", l+1) }
func childrenName(l int) string { return fmt.Sprintf("children.%d", l+1) }

// Load reads what Save wrote.
func Load(ctx context.Context, c *bundle.Container) (*Identifiers, error) {
	q, err := LoadCodebooks(ctx, c)
	if err != nil {
		return nil, err
	}
	if q.encoder != nil {
		in := reader{ctx: ctx, c: c}
		if in.decoder(q); in.err != nil {
			return nil, in.err
		}
	}
	if err := q.loadIDs(ctx, c); err != nil {
		return nil, err
	}
	return q, nil
}

// LoadCodebooks reads what SaveCodebooks wrote: Assign and Extend work, there are
// no IDs, and nothing can be reconstructed.
func LoadCodebooks(ctx context.Context, c *bundle.Container) (*Identifiers, error) {
	var s stored
	if err := c.Meta(section, &s); err != nil {
		return nil, err
	}
	if err := s.Config.check(); err != nil {
		return nil, err
	}
	q := &Identifiers{Sizes: s.Sizes, Counter: s.Counter, Collisions: s.Collisions, D: s.D, Latent: s.Latent, Config: s.Config}
	coded := q.Config.Method == RQVAE || q.Config.Method == ResidualKMeans
	if q.fine() < 1 || s.D < 1 || coded != (s.Latent > 0) {
		return nil, fmt.Errorf("identifiers: %d levels, vectors of %d values and codes of %d do not make identifiers", len(s.Sizes), s.D, s.Latent)
	}
	in := reader{ctx: ctx, c: c}
	if q.Config.Method != Random {
		q.Centres = in.floats("centres", s.Sizes[0], s.D)
	}
	if q.Config.Method == HierarchicalKMeans {
		q.tree = in.tree(q.fine(), s.Sizes[0], s.D)
	}
	if coded {
		in.books(q)
	}
	if in.err != nil {
		return nil, in.err
	}
	return q, nil
}

// loadIDs reads the identifiers and checks every token.
func (q *Identifiers) loadIDs(ctx context.Context, c *bundle.Container) error {
	tokens, shape, err := c.Uint16s(ctx, section+".ids")
	if err != nil {
		return err
	}
	levels := len(q.Sizes)
	if len(shape) != 2 || shape[0] < 1 || shape[1] != levels {
		return fmt.Errorf("identifiers: the shape of ids is %v, want [N, %d]", shape, levels)
	}
	q.IDs = make([]core.ID, shape[0])
	all := make(core.ID, len(tokens))
	for i, t := range tokens {
		if size := q.Sizes[i%levels]; int(t) >= size {
			return fmt.Errorf("identifiers: item %d has token %d at level %d, which has %d codes", i/levels, t, i%levels, size)
		}
		all[i] = core.Token(t)
	}
	for i := range q.IDs {
		id := all[i*levels:][:levels:levels]
		if q.tree != nil {
			if _, ok := q.tree.node(id, q.Centres, q.D); !ok {
				return fmt.Errorf("identifiers: nothing lies under %v, the identifier of item %d", id, i)
			}
		}
		q.IDs[i] = id
	}
	return nil
}
