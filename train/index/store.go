package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"ace/core"
	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/search"
	traindual "ace/train/dual"
	"ace/train/feature"
	"ace/train/identify"
)

// Names in containers between the steps.
const (
	metaSplit   = "split"   // the seed of the held-out texts
	sectVectors = "vectors" // the items' vectors without these
	sectBorrow  = "borrowed"
)

// Write adds the meaning to a container.
func (m *Meaning) Write(b *bundle.Builder) error {
	return errors.Join(search.WriteVocabulary(b, m.vocab), m.write(b))
}

// write adds all but the vocabulary, which a model's weights bring along.
func (m *Meaning) write(b *bundle.Builder) error {
	borrowed, err := json.Marshal(m.borrowed)
	if err != nil {
		return err
	}
	b.AddBlob(sectBorrow, borrowed, true)
	b.SetMeta(metaSplit, m.seed)
	search.WriteSense(b, m.table)
	m.dual.Write(b, bundle.F32)
	b.AddTensor(sectVectors, sectVectors, bundle.F32, []int{len(m.learn) / m.dual.Width, m.dual.Width}, m.learn)
	m.projection.Save(b, search.Frozen, bundle.F32)
	if m.tower != nil {
		m.tower.Save(b, search.Frozen, bundle.F32)
	}
	return nil
}

// ReadMeaning reads what the words and media of these items say, from a container
// of identifiers or weights.
func ReadMeaning(ctx context.Context, c *bundle.Container, items []core.Item) (*Meaning, error) {
	m := &Meaning{}
	if err := c.Meta(metaSplit, &m.seed); err != nil {
		return nil, err
	}
	var err error
	if m.vocab, err = search.ReadVocabulary(ctx, c); err != nil {
		return nil, err
	}
	if m.table, err = search.ReadSense(ctx, c); err != nil {
		return nil, err
	}
	width := 0
	if m.table != nil {
		width = m.table.Dim()
	}
	if m.dual, err = dual.Read(ctx, c, m.vocab.Size(), width, len(items)); err != nil {
		return nil, err
	}
	borrowed, err := c.Section(ctx, sectBorrow)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(borrowed, &m.borrowed); err != nil {
		return nil, fmt.Errorf("borrowed texts: %w", err)
	}
	for i := range m.borrowed {
		if i < 0 || i >= len(items) {
			return nil, fmt.Errorf("borrowed texts of item %d of %d", i, len(items))
		}
	}
	var shape []int
	if m.learn, shape, err = c.Float32s(ctx, sectVectors); err != nil {
		return nil, err
	}
	if m.dual == nil || len(shape) != 2 || shape[0] != len(items) || shape[1] != m.dual.Width {
		return nil, fmt.Errorf("vectors of shape %v for %d items", shape, len(items))
	}
	if m.projection, err = feature.LoadProjection(ctx, c); err != nil {
		return nil, err
	}
	m.tower, err = traindual.ReadMediaTower(ctx, c, m.dual.Width)
	return m, err
}

// Write adds the collection and its index to a container of weights.
func (x *Index) Write(b *bundle.Builder, col Collection) error {
	if err := col.Write(b); err != nil {
		return err
	}
	x.ids.Save(b)
	b.SetMeta(search.MetaMix, x.Mix)
	b.SetMeta(search.MetaTrust, x.trust)
	if err := x.meaning.write(b); err != nil {
		return err
	}
	return search.WriteModel(b, x.config, x.params, x.meaning.vocab, bundle.F32)
}

// Read reads what Index.Write wrote.
func Read(ctx context.Context, c *bundle.Container) (Collection, *Index, error) {
	col, err := ReadCollection(ctx, c)
	if err != nil {
		return col, nil, err
	}
	x := &Index{}
	if x.ids, err = identify.Load(ctx, c); err != nil {
		return col, nil, err
	}
	if x.config, x.params, _, err = search.ReadModel(ctx, c); err != nil {
		return col, nil, err
	}
	if x.meaning, err = ReadMeaning(ctx, c, col.Items); err != nil {
		return col, nil, err
	}
	return col, x, errors.Join(c.Meta(search.MetaMix, &x.Mix), c.Meta(search.MetaTrust, &x.trust))
}
