package baseline

import (
	"context"
	"errors"
	"fmt"
	"math"

	"ace/core"
	"ace/core/gemm"
	"ace/core/text"
	"ace/train/dual"
	"ace/train/rows"
	"ace/train/score"
)

// Dense ranks items by the inner product of two vectors of length 1, the query's
// and the item's, that a contrastive dual encoder gives: what a search in the
// manner of CLIP (arXiv 2103.00020) learns from the same texts and features.
type Dense struct {
	Recipe string // what was chosen, for people
	dual   *dual.Dual
	items  []float32 // [N, width]
	scores []float32 // [N], of the last query
}

// DenseOptions says what the towers learn from besides the items' words.
type DenseOptions struct {
	Media    []float32 // [N, Dims], a row an item, all 0 where it has no media vector; may be nil
	Dims     int
	Seed     uint64
	Threads  int                   // the result depends on it by rounding alone
	Progress func(done, total int) // may be nil
}

// vocabularySize is how many ids the pieces of the texts may take.
const vocabularySize = 1 << 15

// TrainDense trains a dual encoder on the items' titles, captions and keywords.
// Width, temperature, length of the training and the weight of the media beside
// the words are chosen by texts that are held out; then it is trained on all. It
// is an error if no item has words.
func TrainDense(ctx context.Context, items []core.Item, o DenseOptions) (*Dense, error) {
	if len(o.Media) != len(items)*o.Dims {
		return nil, fmt.Errorf("media vectors of %d values for %d items of %d", len(o.Media), len(items), o.Dims)
	}
	texts := make([][]string, len(items))
	var all []string
	known := map[string]bool{}
	for i := range items {
		texts[i] = textsOf(&items[i])
		all = append(all, texts[i]...)
		for _, s := range texts[i] {
			for _, w := range text.Words(s) {
				known[w] = true
			}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no item has words to learn from")
	}
	t := &tuning{DenseOptions: o, texts: texts}
	t.options = dual.Options{
		Vocabulary: text.Learn(all, vocabularySize), Known: func(w string) bool { return known[w] },
		Seed: o.Seed, Threads: o.Threads,
	}
	if o.Dims > 0 {
		t.options.Media = rows.Of(o.Media, o.Dims)
	}
	best, err := t.choose(ctx)
	if err != nil {
		return nil, err
	}
	last := best.options
	last.Epochs, last.Held = best.Epochs, nil
	last.Progress = func(epoch, total int) { t.tell(trials-1, epoch+epochsAtMost-total) }
	split := words(texts)
	trained, err := dual.Train(ctx, split, last)
	if err != nil {
		return nil, err
	}
	d := &Dense{dual: trained, scores: make([]float32, len(items))}
	if best.Score != (score.Score{}) {
		trained.MediaWeight = best.MediaWeight
	}
	d.items = trained.Items(split)
	d.Recipe = fmt.Sprintf("width %d, temperature %g, %d epochs, weight of media %g", last.Width, last.Temperature, trained.Epochs, trained.MediaWeight)
	if best.Score != (score.Score{}) {
		d.Recipe += fmt.Sprintf("; held-out R@1 %.1f, R@10 %.1f", best.Score.R1, best.Score.R10)
	}
	return d, nil
}

// Scores gives every item's cosine with the query. The slice is valid until the
// next call.
func (d *Dense) Scores(query string) []float32 {
	v := d.dual.Query(text.Words(query))
	for i := range d.scores {
		d.scores[i] = gemm.Dot(v, d.items[i*len(v):][:len(v)])
	}
	return d.scores
}

// Rank is the place of the best relevant item, from 1, among the items that
// allowed accepts (nil: all). A tie counts against the item.
func (d *Dense) Rank(query string, relevant map[int]bool, allowed func(i int) bool) int {
	return score.Rank(d.Scores(query), float32(math.Inf(-1)), relevant, allowed)
}

// Setting says what was chosen.
func (d *Dense) Setting() string { return d.Recipe }
