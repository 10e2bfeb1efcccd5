package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"slices"

	"ace/assets"
	"ace/core"
	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/query"
	"ace/core/search"
	"ace/core/sense"
	"ace/core/text"
	"ace/train/corpus"
	traindual "ace/train/dual"
	"ace/train/feature"
	"ace/train/fit"
)

// meaning is what the words and media of a collection say, before any
// identifier is made: the vocabulary, the word vectors, and the dual encoder whose
// vectors of the items become their identifiers and, in a search, evidence.
type meaning struct {
	seed  uint64 // that decides which texts are held out
	vocab *text.Vocabulary
	table *sense.Table
	dual  *dual.Index // Items in the order of the collection, by all that is said of them
	learn []float32   // [N, dual.Width]: the items' vectors without the held-out texts
	// borrowed are, by number, the texts that items without any learn from.
	borrowed map[int][][]string
	// What gives further items' media their vectors.
	projection *feature.Projection
	tower      *traindual.MediaTower
}

// split is the collection's texts without the held-out ones, and these.
func (m *meaning) split(col collection) ([]corpus.Item, []corpus.Held) {
	items := corpus.Read(col.items)
	held := corpus.HoldOut(items, m.seed)
	for i, texts := range m.borrowed {
		items[i].Borrowed = texts
	}
	return items, held
}

// understand trains the dual encoder on a collection, the vectors of its media
// beside the words.
func understand(ctx context.Context, t *out, col collection, f *feature.Features, size string, seed uint64) (*meaning, error) {
	m := &meaning{seed: seed, projection: f.Projection}
	media, dims := mediaOf(f)
	all := corpus.Read(col.items)
	items, held := m.split(col)
	m.vocab = fit.Vocabulary(size, all)
	var err error
	if m.table, err = chooseWords(ctx, size, corpus.Words(all)); err != nil {
		return nil, err
	}
	o := traindual.Options{Vocabulary: m.vocab, Vectors: m.table, Known: corpus.Knows(items), Media: media, Dims: dims, Width: wide,
		Seed: seed, Threads: runtime.GOMAXPROCS(0), Progress: func(done, total int) { t.progress("understand", done, total) }}
	for _, h := range held {
		o.Held = append(o.Held, traindual.Question{Words: h.Words, Items: h.Items})
	}
	d, err := learnMeaning(ctx, texts(items), o)
	t.close()
	if err != nil {
		return nil, err
	}
	if err := d.Narrow(texts(items), fit.Width(size)); err != nil {
		return nil, err
	}
	m.learn, m.tower = d.Items(texts(items)), d.MediaTower()
	m.borrowed = traindual.Borrow(d, texts(items), m.learn)
	m.dual = &dual.Index{Width: d.Width, Pieces: d.Pieces, Sense: d.Sense, Items: d.Items(texts(all))}
	return m, nil
}

// wide is the width in which the dual encoder is trained.
const wide = 384

// mediaEpochs is how long media are learnt that are to be found without words.
const mediaEpochs = 12

// learnMeaning trains the dual encoder. Where items have no words, what a word
// means besides its spelling may keep long texts from being told apart: there the
// held-out texts decide whether word vectors take part.
func learnMeaning(ctx context.Context, items []traindual.Item, o traindual.Options) (*traindual.Dual, error) {
	if o.Media == nil || !slices.ContainsFunc(items, func(i traindual.Item) bool { return len(i.Texts) == 0 }) {
		return traindual.Train(ctx, items, o)
	}
	o.Epochs = mediaEpochs
	tell := o.Progress
	var best *traindual.Dual
	for i, vectors := range []query.Vectors{o.Vectors, nil} {
		o.Vectors, o.Progress = vectors, func(done, total int) { tell(i*total+done, 2*total) }
		d, err := traindual.Train(ctx, items, o)
		if err != nil {
			return nil, err
		}
		if best == nil || d.Score.R1+d.Score.R10 > best.Score.R1+best.Score.R10 {
			best = d
		}
	}
	return best, nil
}

// texts are the items as the dual encoder reads them.
func texts(items []corpus.Item) []traindual.Item {
	out := make([]traindual.Item, len(items))
	for i := range items {
		out[i].Texts = items[i].Texts()
	}
	return out
}

// commonWords is how many of the commonest words of the language a size brings
// along beside the collection's own.
var commonWords = map[string]int{"tiny": 6000, "small": 20000, "base": 40000}

// baseWords are the built-in word vectors.
func baseWords(ctx context.Context) (*sense.Table, error) {
	c, err := bundle.OpenBytes(ctx, assets.Base())
	if err != nil {
		return nil, fmt.Errorf("the built-in word vectors: %w", err)
	}
	t, err := sense.Read(ctx, c, assets.BaseSection)
	if err != nil {
		return nil, fmt.Errorf("the built-in word vectors: %w", err)
	}
	return t, nil
}

// chooseWords takes from the built-in word vectors those that a bundle needs.
func chooseWords(ctx context.Context, size string, words [][]lexicon.Word) (*sense.Table, error) {
	t, err := baseWords(ctx)
	if err != nil {
		return nil, err
	}
	wanted := make([]bool, t.Len())
	for i := range min(commonWords[size], len(wanted)) {
		wanted[i] = true
	}
	for _, item := range words {
		for _, w := range item {
			if row, ok := t.Find(w.Word); ok {
				wanted[row] = true
			}
		}
	}
	var rows []int
	for i, ok := range wanted {
		if ok {
			rows = append(rows, i)
		}
	}
	return t.Subset(rows), nil
}

// mediaOf is the vectors of the media: those that were given, or the media's
// block of the features, rows of length 1.
func mediaOf(f *feature.Features) ([]float32, int) {
	if f.Given != nil {
		return f.Given, f.Dims
	}
	out := make([]float32, 0, f.N*f.Media)
	for i := range f.N {
		row := f.X[i*f.D+f.Text : (i+1)*f.D]
		sum := 0.0
		for _, v := range row {
			sum += float64(v) * float64(v)
		}
		scale := 0.0
		if sum > 0 {
			scale = 1 / math.Sqrt(sum)
		}
		for _, v := range row {
			out = append(out, float32(float64(v)*scale))
		}
	}
	return out, f.Media
}

// Names in containers between the steps.
const (
	metaSplit   = "split"   // the seed of the held-out texts
	sectVectors = "vectors" // the items' vectors without these
	sectBorrow  = "borrowed"
)

// write adds all but the vocabulary, which a model's weights bring along.
func (m *meaning) write(b *bundle.Builder) error {
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

func readMeaning(ctx context.Context, c *bundle.Container, items []core.Item) (*meaning, error) {
	m := &meaning{}
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
