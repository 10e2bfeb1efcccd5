package search

import (
	"context"
	"fmt"
	"math"

	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/query"
	"ace/core/sense"
)

// sectSense is the section of the word vectors, and the beginning of its
// neighbour's name.
const sectSense = "sense"

// WriteWords adds what a hybrid search needs to a bundle: the items' words,
// counted in identifier order, the word vectors (nil: none), the items' vectors in
// identifier order (nil: none) and the weights.
func WriteWords(b *bundle.Builder, c *lexicon.Count, t *sense.Table, d *dual.Index, m Mix, trust Trust) {
	c.Write(b)
	WriteSense(b, t)
	if d != nil {
		d.Write(b, bundle.I8)
	}
	b.SetMeta(MetaMix, m)
	b.SetMeta(MetaTrust, trust)
}

// WriteSense adds word vectors to a container; nil adds none.
func WriteSense(b *bundle.Builder, t *sense.Table) {
	if t != nil {
		t.Write(b, sectSense)
	}
}

// ReadSense reads the word vectors of a container, nil where it has none.
func ReadSense(ctx context.Context, c *bundle.Container) (*sense.Table, error) {
	if !sense.Has(c, sectSense) {
		return nil, nil
	}
	return sense.Read(ctx, c, sectSense)
}

// readWords reads what WriteWords wrote.
func (r *Retriever) readWords(ctx context.Context, c *bundle.Container) error {
	t, err := ReadSense(ctx, c)
	if err != nil {
		return err
	}
	var vectors query.Vectors
	if t != nil {
		vectors = t
	}
	if r.config.Sense > 0 && (t == nil || t.Dim() != r.config.Sense) {
		return fmt.Errorf("the model reads word vectors of width %d, the bundle has none of it", r.config.Sense)
	}
	if r.config.Sense > 0 {
		r.query.Vectors = vectors
	}
	count, err := lexicon.Read(ctx, c, r.info.Items)
	if err != nil || count == nil {
		return err
	}
	if err := c.Meta(MetaMix, &r.mix); err != nil {
		return err
	}
	for _, w := range []float64{r.mix.Path, r.mix.Words, r.mix.Alike, r.mix.Topic, r.mix.Dense, r.mix.Length} {
		if math.IsNaN(w) || math.IsInf(w, 0) || w < 0 {
			return fmt.Errorf("a mix of %+v", r.mix)
		}
	}
	if r.mix.Length > 1 {
		return fmt.Errorf("a mix by the power %v of a question's length, more than 1", r.mix.Length)
	}
	if err := c.Meta(MetaTrust, &r.trust); err != nil {
		return err
	}
	if err := r.trust.check(); err != nil {
		return err
	}
	if r.dual, err = dual.Read(ctx, c, r.config.Vocabulary, r.config.Sense, r.info.Items); err != nil {
		return err
	}
	r.index = lexicon.New(count, r.query.Vectors)
	r.query.Known = r.index.Has
	return nil
}
