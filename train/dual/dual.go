// Package dual trains a contrastive dual encoder on the words and the media of
// items: a text becomes a vector of length 1, an item another, and their inner
// product is how well they fit, in the manner of CLIP (arXiv 2103.00020).
package dual

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"ace/core/gemm"
	"ace/core/query"
	"ace/core/text"
	"ace/train/rows"
	"ace/train/score"
)

// Item is what is known of an item in words.
type Item struct {
	Texts [][]string // each as text.Words gives it; those without words are left out
}

// Question asks for items in words that are none of theirs.
type Question struct {
	Words []string
	Items []int // the right ones
}

// Options says what the towers learn from and how.
type Options struct {
	Vocabulary  *text.Vocabulary
	Vectors     query.Vectors          // may be nil
	Known       func(word string) bool // see query.Encoder
	Media       *rows.Table            // [N, Dims], a row an item, all 0 where it has no media vector; nil: none has
	Width       int                    // of the vectors that are learnt
	Temperature float64                // of the cosines; 0: 0.1
	// Epochs is how long to train. 0: at most 10, and the towers are kept as they
	// were after the epoch that answered Held best; without Held 6.
	Epochs int
	// Held are questions that decide when to stop and what the media weigh beside
	// words. One for an item without words is put among such items alone, any
	// other among all; both sorts count alike.
	Held     []Question
	Seed     uint64
	Threads  int                   // the result depends on it by rounding alone
	Progress func(done, total int) // of epochs; may be nil
}

// Dual is a trained encoder. The vector of a word is the sum of its pieces' rows
// over the root of their number, plus its word vector, where it has one, times
// Sense; that of a text is the sum of its words', brought to length 1.
type Dual struct {
	Width       int
	Pieces      []float32 // [V, Width], V ids of the vocabulary
	Sense       []float32 // [Vectors.Dim(), Width]; nil without Vectors
	MediaWeight float32   // of an item's media vector beside its words'
	Epochs      int
	Score       score.Score // of Held, the mean of both sorts; 0 without

	encoder query.Encoder
	towers  *towers[float32]
	media   media
}

// single is the towers' products in single precision.
var single = kernels[float32]{gemm.Mul, gemm.Axpy, gemm.Dot, gemm.ExpSum}

// Train trains a dual encoder. It is an error if no item has words or if sizes
// do not fit.
func Train(ctx context.Context, items []Item, o Options) (*Dual, error) {
	if err := o.check(len(items)); err != nil {
		return nil, err
	}
	if o.Temperature == 0 {
		o.Temperature = usualTemperature
	}
	o.Threads = max(o.Threads, 1)
	d := &Dual{Width: o.Width, encoder: query.Encoder{Vocabulary: o.Vocabulary, Vectors: o.Vectors, Known: o.Known}, media: newMedia(o.Media)}
	c := newCorpus(items, &d.encoder, &d.media)
	if c.pairs == 0 {
		return nil, errors.New("no item has words to learn from")
	}
	if err := cmp.Or(d.fit(ctx, c, &o), d.media.err()); err != nil {
		return nil, err
	}
	d.Pieces, d.Sense = d.towers.parts()
	return d, nil
}

func (o *Options) check(n int) error {
	switch {
	case o.Vocabulary == nil:
		return errors.New("no vocabulary to encode by")
	case o.Width < 1:
		return fmt.Errorf("vectors of width %d, want at least 1", o.Width)
	case o.Temperature < 0:
		return fmt.Errorf("temperature %g, want more than 0", o.Temperature)
	case o.Epochs < 0:
		return fmt.Errorf("%d epochs, want at least 0", o.Epochs)
	case o.Media != nil && o.Media.N != n:
		return fmt.Errorf("media vectors of %d items for %d", o.Media.N, n)
	}
	for k, q := range o.Held {
		for _, i := range q.Items {
			if i < 0 || i >= n {
				return fmt.Errorf("held-out question %d asks for item %d of %d", k, i, n)
			}
		}
	}
	return nil
}

// Items returns the vectors [N, Width] of the items that were trained on, in
// their order, which may have other texts now: of length 1, by words and media,
// or by the one that an item has; 0 where neither is known.
func (d *Dual) Items(items []Item) []float32 {
	c := newCorpus(items, &d.encoder, &d.media)
	out := make([]float32, 0, len(items)*d.Width)
	eachPart(c, d.towers, func(v vectors) {
		v.join(d.towers, d.MediaWeight)
		out = append(out, v.words...)
	})
	return out
}

// Query returns the vector [Width] of a question as text.Words gives it, of
// length 1, or 0 where nothing is known of its words.
func (d *Dual) Query(words []string) []float32 {
	sum, out := make([]float32, d.Width), make([]float32, d.Width)
	d.towers.encode(read(&d.encoder, words), sum, out)
	return out
}
