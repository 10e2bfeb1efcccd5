// Package search answers queries over a bundle, in one of two modes. A pure
// search ranks items by the probability that the model gives their identifiers
// (arXiv 2406.17507). A hybrid one, the usual, also weighs their words (lexicon)
// and their vectors (dual), which guide the beam and order what it finds; it says
// how far a hit can be trusted and whether anything fits at all. The terminal and
// the browser call the same Search.
package search

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"ace/core"
	"ace/core/bundle"
	"ace/core/compute"
	"ace/core/gemm"
	"ace/core/model"
	"ace/core/text"
	"ace/core/trie"
)

// Keys of a bundle's meta values, see docs/format.md.
const (
	MetaModel  = "model"  // model.Config
	MetaItems  = "items"  // count of items, items a shard, items by kind
	MetaFields = "fields" // keys of the items' meta data that are worth to filter by
	metaLevels = "levels"
)

// Names of a bundle's sections.
const (
	sectWeights = "weights" // tensors of model.Weights
	sectText    = "text"    // pieces of the vocabulary, one a line
	sectTrie    = "trie"    // trie.first, then trie.1 .. trie.L-1, and kinds
)

// itemsMeta says how many items there are and how they are cut into shards:
// section items.NNNN holds items NNNN*Shard and on, as JSON lines.
type itemsMeta struct {
	Count int            `json:"count"`
	Shard int            `json:"shard"`
	Kinds map[string]int `json:"kinds"`
}

// shardItems is how many of n items a shard holds. An answer shows a few, of
// different shards, so small ones are fetched sooner; but each takes 170 bytes of
// the manifest, which comes before all else.
func shardItems(n int) int {
	size := leastShard
	for size < mostShard && n > size*manyShards {
		size *= 2
	}
	return size
}

const (
	leastShard = 64 // some 10 kB of compressed JSON
	mostShard  = 512
	manyShards = 512
)

func shardName(i int) string { return fmt.Sprintf("items.%04d", i) }

// WriteModel adds a network and its vocabulary to a container: matrices as
// dtype (bundle.F32, F16 or I8), vectors as f32.
func WriteModel(b *bundle.Builder, c *model.Config, params []float32, v *text.Vocabulary, dtype bundle.DType) error {
	if err := WriteVocabulary(b, v); err != nil {
		return err
	}
	b.SetMeta(MetaModel, c)
	tensors, n := c.Layout()
	if len(params) != n {
		return fmt.Errorf("%d parameters do not fit a network of %d", len(params), n)
	}
	for _, t := range tensors {
		d := dtype
		if len(t.Shape) < 2 {
			d = bundle.F32
		}
		values := params[t.Offset : t.Offset+t.Len]
		if d == bundle.I8 {
			steps := float64(bundle.Medium)
			if t.Name == "pieces" {
				steps = bundle.Coarse
			}
			b.AddCoarse(sectWeights, t.Name, t.Shape, values, steps)
			continue
		}
		b.AddTensor(sectWeights, t.Name, d, t.Shape, values)
	}
	b.Compress(sectWeights)
	return nil
}

// WriteVocabulary adds a vocabulary to a container, as WriteModel does.
func WriteVocabulary(b *bundle.Builder, v *text.Vocabulary) error {
	pieces, err := v.MarshalText()
	if err == nil {
		b.AddBlob(sectText, pieces, true)
	}
	return err
}

// ReadVocabulary reads a container's vocabulary.
func ReadVocabulary(ctx context.Context, c *bundle.Container) (*text.Vocabulary, error) {
	pieces, err := c.Section(ctx, sectText)
	if err != nil {
		return nil, err
	}
	v := &text.Vocabulary{}
	return v, v.UnmarshalText(pieces)
}

// ReadModel is the inverse of WriteModel: the flat vector is laid out as
// model.Config.Layout says.
func ReadModel(ctx context.Context, c *bundle.Container) (*model.Config, []float32, *text.Vocabulary, error) {
	cfg, params, v, err := readPacked(ctx, c)
	if err != nil {
		return nil, nil, nil, err
	}
	return cfg, params.Flat(), v, nil
}

// readPacked is ReadModel, but that matrices of int8 stay as they lie in the
// container.
func readPacked(ctx context.Context, c *bundle.Container) (*model.Config, *compute.Packed, *text.Vocabulary, error) {
	fail := func(err error) (*model.Config, *compute.Packed, *text.Vocabulary, error) { return nil, nil, nil, err }
	var cfg model.Config
	if err := c.Meta(MetaModel, &cfg); err != nil {
		return fail(err)
	}
	if err := cfg.Check(); err != nil {
		return fail(err)
	}
	v, err := ReadVocabulary(ctx, c)
	if err != nil {
		return fail(err)
	}
	if v.Size() != cfg.Vocabulary {
		return fail(fmt.Errorf("vocabulary of %d pieces for a model of %d", v.Size(), cfg.Vocabulary))
	}
	tensors, n := cfg.Layout()
	for _, t := range tensors { // before anything is allocated by n
		if info, ok := c.Tensor(t.Name); !ok || !slices.Equal(info.Shape, t.Shape) {
			return fail(fmt.Errorf("tensor %s is missing or has another shape than %v", t.Name, t.Shape))
		}
	}
	params := compute.NewPacked(n)
	for _, t := range tensors {
		if err := readTensor(ctx, c, t, params); err != nil {
			return fail(err)
		}
	}
	c.Release(sectWeights)
	return &cfg, params, v, nil
}

// readTensor adds a tensor of the network to its parameters. Values that are not
// finite are refused.
func readTensor(ctx context.Context, c *bundle.Container, t model.Tensor, params *compute.Packed) error {
	infinite := func() error { return fmt.Errorf("tensor %s holds a value that is not finite", t.Name) }
	if info, _ := c.Tensor(t.Name); info.DType == bundle.I8 && len(t.Shape) == 2 && c.Has(t.Name+bundle.ScaleSuffix) {
		q, scale, _, err := c.Int8s(ctx, t.Name)
		if err != nil {
			return err
		}
		for _, s := range scale {
			if !(math.Abs(float64(s*-math.MinInt8)) <= math.MaxFloat32) {
				return infinite()
			}
		}
		params.AddInt8(t.Offset, q, scale)
		return nil
	}
	x, _, err := c.Float32s(ctx, t.Name)
	if err != nil {
		return err
	}
	if !gemm.Finite(x) {
		return infinite()
	}
	params.AddFloats(t.Offset, x)
	return nil
}

// Collection is what WriteItems adds: items with one identifier each.
type Collection struct {
	Items  []core.Item
	IDs    []core.ID
	Levels []int  // V of each level
	Added  []bool // which came after the training; nil: none
}

// Order lists the items' numbers in identifier order.
func (c *Collection) Order() []int {
	order := make([]int, len(c.Items))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Or(c.IDs[x].Compare(c.IDs[y]), cmp.Compare(c.Items[x].ID, c.Items[y].ID))
	})
	return order
}

// WriteItems adds the trie and the items, in identifier order, to a container.
func WriteItems(b *bundle.Builder, c Collection) error {
	order := c.Order()
	ids, kinds := make([]core.ID, len(order)), make([]uint8, len(order))
	meta := itemsMeta{Count: len(order), Shard: shardItems(len(order)), Kinds: map[string]int{}}
	var shard bytes.Buffer
	for i, n := range order {
		it := &c.Items[n]
		ids[i], kinds[i] = c.IDs[n], uint8(it.Kind)
		meta.Kinds[it.Kind.String()]++
		line, err := json.Marshal(it)
		if err != nil {
			return err
		}
		shard.Write(append(line, '\n'))
		if i%meta.Shard == meta.Shard-1 || i == len(order)-1 {
			b.AddBlob(shardName(i/meta.Shard), shard.Bytes(), true)
			shard.Reset()
		}
	}
	t, err := trie.Build(c.Levels, ids)
	if err != nil {
		return err
	}
	b.SetMeta(MetaItems, meta)
	b.SetMeta(MetaFields, fieldsOf(c.Items))
	b.SetMeta(metaLevels, c.Levels)
	b.AddTensor(sectTrie, "trie.first", bundle.U32, []int{len(t.First())}, t.First())
	for l, col := range t.Fine() {
		name, shape := fmt.Sprintf("trie.%d", l+1), []int{col.Len()}
		if col.Words != nil {
			b.AddTensor(sectTrie, name, bundle.U16, shape, col.Words)
		} else {
			b.AddTensor(sectTrie, name, bundle.U8, shape, col.Bytes)
		}
	}
	b.AddTensor(sectTrie, "kinds", bundle.U8, []int{len(kinds)}, kinds)
	b.Compress(sectTrie)
	writeAdded(b, &c, order)
	return nil
}

// readTrie reads what WriteItems wrote, but for the items themselves.
func readTrie(ctx context.Context, c *bundle.Container) (*trie.Trie, []uint8, itemsMeta, error) {
	var meta itemsMeta
	fail := func(err error) (*trie.Trie, []uint8, itemsMeta, error) { return nil, nil, meta, err }
	if err := c.Meta(MetaItems, &meta); err != nil {
		return fail(err)
	}
	var levels []int
	if err := c.Meta(metaLevels, &levels); err != nil {
		return fail(err)
	}
	if meta.Shard < 1 || meta.Count < 0 || len(levels) == 0 {
		return fail(fmt.Errorf("bundle of %d items in shards of %d, identifiers of %d levels", meta.Count, meta.Shard, len(levels)))
	}
	first, _, err := c.Uint32s(ctx, "trie.first")
	if err != nil {
		return fail(err)
	}
	fine := make([]trie.Column, len(levels)-1)
	for l := range fine {
		name := fmt.Sprintf("trie.%d", l+1)
		if info, _ := c.Tensor(name); info.DType == bundle.U16 {
			fine[l].Words, _, err = c.Uint16s(ctx, name)
		} else {
			fine[l].Bytes, _, err = c.Uint8s(ctx, name)
		}
		if err != nil {
			return fail(err)
		}
	}
	kinds, _, err := c.Uint8s(ctx, "kinds")
	if err != nil {
		return fail(err)
	}
	t, err := trie.New(levels, first, fine)
	if err != nil {
		return fail(err)
	}
	if t.Items() != meta.Count || len(kinds) != meta.Count {
		return fail(fmt.Errorf("bundle of %d items has identifiers of %d and kinds of %d", meta.Count, t.Items(), len(kinds)))
	}
	for i, k := range kinds {
		if int(k) >= core.Kinds {
			return fail(fmt.Errorf("item %d is of unknown kind %d", i, k))
		}
	}
	return t, kinds, meta, nil
}
