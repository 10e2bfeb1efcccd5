package identify

import (
	"context"
	"fmt"
	"math"
	"slices"

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
	b.SetMeta(section, stored{q.Sizes, q.Counter, q.Collisions, q.D, q.Latent, q.Config})
	levels := len(q.Sizes)
	tokens := make([]uint16, 0, len(q.IDs)*levels)
	for _, id := range q.IDs {
		for _, t := range id {
			tokens = append(tokens, uint16(t))
		}
	}
	floats := func(name string, x []float32, shape ...int) {
		b.AddTensor(section, section+"."+name, bundle.F32, shape, x)
	}
	b.AddTensor(section, section+".ids", bundle.U16, []int{len(q.IDs), levels}, tokens)
	floats("centres", q.Centres, q.Sizes[0], q.D)
	floats("scales", q.Scales, q.Sizes[0])
	for l, book := range q.Codebooks {
		floats(codebookName(l), book, q.Sizes[1+l], q.Latent)
	}
	if q.encoder != nil {
		floats("encoder", q.encoder.theta, len(q.encoder.theta))
		floats("decoder", q.decoder.theta, len(q.decoder.theta))
	}
}

func codebookName(l int) string { return fmt.Sprintf("codebook.%d", l+1) }

// Load reads what Save wrote.
func Load(ctx context.Context, c *bundle.Container) (*Identifiers, error) {
	var s stored
	if err := c.Meta(section, &s); err != nil {
		return nil, err
	}
	fine := len(s.Sizes) - 1
	if s.Counter {
		fine--
	}
	if fine < 1 || s.D < 1 || s.Latent < 1 {
		return nil, fmt.Errorf("identifiers: %d levels, vectors of %d values and codes of %d do not make identifiers", len(s.Sizes), s.D, s.Latent)
	}
	if err := s.Config.check(); err != nil {
		return nil, err
	}
	q := &Identifiers{Sizes: s.Sizes, Counter: s.Counter, Collisions: s.Collisions, D: s.D, Latent: s.Latent, Config: s.Config}
	var failed error
	floats := func(name string, shape ...int) []float32 {
		x, have, err := c.Float32s(ctx, section+"."+name)
		if err == nil && !slices.Equal(have, shape) {
			err = fmt.Errorf("identifiers: the shape of %s is %v, want %v", name, have, shape)
		}
		for _, v := range x {
			if v := float64(v); err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
				err = fmt.Errorf("identifiers: %s holds a value that is not finite", name)
			}
		}
		if err != nil && failed == nil {
			failed = err
		}
		return x
	}
	q.Centres = floats("centres", s.Sizes[0], s.D)
	q.Scales = floats("scales", s.Sizes[0])
	for l := range fine {
		q.Codebooks = append(q.Codebooks, floats(codebookName(l), s.Sizes[1+l], s.Latent))
	}
	if c.Has(section + ".encoder") {
		out, back := s.Config.widths(s.D), s.Config.widths(s.D)
		slices.Reverse(back)
		q.encoder = &mlp[float32]{out, floats("encoder", mlpSize(out))}
		q.decoder = &mlp[float32]{back, floats("decoder", mlpSize(back))}
		if failed == nil && s.Latent != s.Config.Latent {
			failed = fmt.Errorf("identifiers: the codes have %d values, the encoder makes %d", s.Latent, s.Config.Latent)
		}
	} else if s.Latent != s.D && failed == nil {
		failed = fmt.Errorf("identifiers: codes of %d values for vectors of %d, and no encoder", s.Latent, s.D)
	}
	if failed != nil {
		return nil, failed
	}
	if err := q.loadIDs(ctx, c); err != nil {
		return nil, err
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
		q.IDs[i] = all[i*levels:][:levels:levels]
	}
	return nil
}
