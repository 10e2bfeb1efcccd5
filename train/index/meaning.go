package index

import (
	"context"
	"runtime"
	"slices"

	"ace/core"
	"ace/core/dual"
	"ace/core/query"
	"ace/core/sense"
	"ace/core/text"
	"ace/train/corpus"
	traindual "ace/train/dual"
	"ace/train/feature"
	"ace/train/fit"
)

// Meaning is what the words and media of a collection say, before any identifier
// is made: the vocabulary, the word vectors, and the dual encoder, whose vectors of
// the items become their identifiers and, in a search, evidence.
type Meaning struct {
	seed  uint64 // that decides which texts are held out
	vocab *text.Vocabulary
	table *sense.Table
	dual  *dual.Index // Items in the order of the collection, by all that is said of them
	learn []float32   // [N, dual.Width]: the items' vectors without the held-out texts
	// borrowed are, by number, the texts that items without any learn from.
	borrowed map[int][][]string
	// What gives further items' media their vectors.
	projection *feature.Projection
	tower      *traindual.MediaTower // nil: media say nothing
}

// Vocabulary is that of the collection's words.
func (m *Meaning) Vocabulary() *text.Vocabulary { return m.vocab }

// Width is that of the items' vectors.
func (m *Meaning) Width() int { return m.dual.Width }

// Options say how a collection is understood.
type Options struct {
	Size     string                // tiny, small or base: of the vocabulary, the word vectors and the items' vectors
	Seed     uint64                // same collection and seed, same meaning
	Words    *sense.Table          // the word vectors of the language, the commonest words first; not nil
	Progress func(done, total int) // may be nil
}

// Understand trains the dual encoder on what is said of the items, the vectors of
// their media beside the words. The features are those of the same items; their X
// is let go of, as what follows needs the memory.
func Understand(ctx context.Context, items []core.Item, f *feature.Features, o Options) (*Meaning, error) {
	m := &Meaning{seed: o.Seed, projection: f.Projection}
	media := mediaOf(f)
	f.X = nil
	known, held := m.split(items)
	m.vocab = fit.Vocabulary(o.Size, corpus.Read(items))
	m.table = chooseWords(o.Words, o.Size, corpus.Words(corpus.Read(items)))
	t := traindual.Options{Vocabulary: m.vocab, Vectors: m.table, Known: corpus.Knows(known), Media: media, Width: wide,
		Seed: o.Seed, Threads: runtime.GOMAXPROCS(0), Progress: o.Progress}
	for _, h := range held {
		t.Held = append(t.Held, traindual.Question{Words: h.Words, Items: h.Items})
	}
	d, err := learn(ctx, texts(known), t)
	if err != nil {
		return nil, err
	}
	if err := d.Narrow(texts(known), fit.Width(o.Size)); err != nil {
		return nil, err
	}
	m.learn, m.tower = d.Items(texts(known)), d.MediaTower()
	m.borrowed = traindual.Borrow(d, texts(known), m.learn)
	m.dual = &dual.Index{Width: d.Width, Pieces: d.Pieces, Sense: d.Sense, Items: d.Items(texts(corpus.Read(items)))}
	return m, nil
}

const (
	wide        = 384 // the width in which the dual encoder is trained
	mediaEpochs = 12  // how long media are learnt that are to be found without words
)

// learn trains the dual encoder. Where items have no words, what a word means
// besides its spelling may keep long texts from being told apart: there the
// held-out texts decide whether word vectors take part.
func learn(ctx context.Context, items []traindual.Item, o traindual.Options) (*traindual.Dual, error) {
	if o.Media == nil || !slices.ContainsFunc(items, func(i traindual.Item) bool { return len(i.Texts) == 0 }) {
		return traindual.Train(ctx, items, o)
	}
	o.Epochs = mediaEpochs
	tell := o.Progress
	var best *traindual.Dual
	for i, vectors := range []query.Vectors{o.Vectors, nil} {
		o.Vectors = vectors
		if tell != nil {
			o.Progress = func(done, total int) { tell(i*total+done, 2*total) }
		}
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

// split is the items' texts without the held-out ones, and these.
func (m *Meaning) split(items []core.Item) ([]corpus.Item, []corpus.Held) {
	known := corpus.Read(items)
	held := corpus.HoldOut(known, m.seed)
	for i, texts := range m.borrowed {
		known[i].Borrowed = texts
	}
	return known, held
}

// texts are the items as the dual encoder reads them.
func texts(items []corpus.Item) []traindual.Item {
	out := make([]traindual.Item, len(items))
	for i := range items {
		out[i].Texts = items[i].Texts()
	}
	return out
}
