package feature

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"ace/core"
	"ace/train/rows"
)

// TextEncoder turns a text into a vector: the other tower of an Encoder, learnt
// with it, so that texts lie near what they describe. It may be used by several
// goroutines at once.
type TextEncoder interface {
	Dims() int
	Key() string // names what the vectors depend on beside the text
	EncodeText(text string) ([]float32, error)
}

// pair is how the vectors of an encoder's media and of their texts are joined:
// each brought to length 1, their means taken away, since the two lie apart in
// towers of this sort (arXiv 2203.02053), and added up.
type pair struct {
	Column string  `json:"column"` // the encoder's
	Key    string  `json:"key"`
	Weight float32 `json:"weight"` // of the texts beside the media

	media, text []float32 // the means
}

// pairOf is the pair that the text encoder makes with one of the others: the one
// whose vectors are as wide, that of pictures first.
func (e *Encoders) pairOf() (*pair, error) {
	if e.Text == nil {
		return nil, nil
	}
	var widths string
	for _, c := range e.columns() {
		if c.Dims == e.Text.Dims() {
			return &pair{Column: c.Name, Key: e.Text.Key(), Weight: e.TextWeight}, nil
		}
		widths += fmt.Sprintf(", the %s encoder's of %d", c.Name, c.Dims)
	}
	if widths == "" {
		return nil, errors.New("a text encoder stands beside one for media, none is given")
	}
	return nil, fmt.Errorf("the text encoder's vectors are of %d values%s: they are no pair", e.Text.Dims(), widths)
}

// checkPair holds a text encoder against the one that a collection was made with.
func (l *encoded) checkPair(e *Encoders) error {
	switch {
	case l.pair == nil && e.Text == nil:
		return nil
	case l.pair == nil:
		return errors.New("the collection was made without a text encoder")
	case e.Text == nil:
		return errors.New("the collection was made with a text encoder, none is given")
	case l.pair.Key != e.Text.Key():
		return errors.New("the collection was made with another text encoder, or one that reads texts otherwise")
	}
	return nil
}

// joinTexts adds to the vectors of items those of their texts. With fresh the means
// are found. places are the items' rows.
func (w *encoding) joinTexts(ctx context.Context, items []core.Item, places []int, o *Options, fresh bool, r *Report) error {
	p := w.layout.pair
	if p == nil {
		return nil
	}
	texts, said, err := w.texts(ctx, items, o)
	if err != nil {
		return err
	}
	defer texts.Close()
	row, text := make([]float32, w.given.D), make([]float32, texts.D)
	part := w.layout.part(row, p.Column)
	media := w.given.Pick(places)
	// change goes once through the vectors of those that have one.
	change := func(x *rows.Table, row []float32, of []bool, f func(i int)) error {
		for i, has := range of {
			if !has {
				continue
			}
			x.Read(i, row)
			f(i)
			if err := x.Write(i, row); err != nil {
				return err
			}
		}
		return x.Err()
	}
	shown := make([]bool, len(items))
	for i := range items {
		shown[i] = slices.Contains(w.of(items[i].Kind, w.builtIn), p.Column)
	}
	if err := change(media, row, shown, func(i int) { shown[i] = direct(part) }); err != nil {
		return err
	}
	for i, ok := range shown {
		said[i] = said[i] && ok
	}
	mediaOf := func(i int) []float32 {
		media.Read(i, row)
		return part
	}
	textOf := func(i int) []float32 {
		texts.Read(i, text)
		return text
	}
	if fresh {
		p.media, p.text = meanOf(shown, texts.D, mediaOf), meanOf(said, texts.D, textOf)
	}
	if err := change(media, row, shown, func(int) { shift(part, p.media) }); err != nil {
		return err
	}
	if err := change(texts, text, said, func(int) {
		shift(text, p.text)
		r.Joined++
	}); err != nil {
		return err
	}
	r.Agree = agreement(said, mediaOf, textOf)
	return change(media, row, shown, func(i int) {
		if said[i] {
			for j, v := range textOf(i) {
				part[j] += p.Weight * v
			}
		}
		direct(part)
	})
}

// texts returns for each item the mean of its texts' vectors, each of length 1,
// brought to length 1, and whether it has one. A text that several items have is
// encoded once.
func (w *encoding) texts(ctx context.Context, items []core.Item, o *Options) (*rows.Table, []bool, error) {
	of := w.Texts
	if of == nil {
		of = func(items []core.Item) [][]string {
			out := make([][]string, len(items))
			for i := range items {
				out[i] = itemWords(&items[i])
			}
			return out
		}
	}
	texts := of(items)
	number := map[string]int{}
	var list []string
	for _, texts := range texts {
		for _, t := range texts {
			if _, ok := number[t]; !ok {
				number[t] = len(list)
				list = append(list, t)
			}
		}
	}
	vectors, err := w.encodeTexts(ctx, list, o)
	if err != nil {
		return nil, nil, err
	}
	defer vectors.Close()
	out, err := o.table(len(items), vectors.D)
	if err != nil {
		return nil, nil, err
	}
	said, sum, row := make([]bool, len(items)), make([]float32, vectors.D), make([]float32, vectors.D)
	for i, texts := range texts {
		clear(sum)
		for _, t := range texts {
			vectors.Read(number[t], row)
			for j, v := range row {
				sum[j] += v
			}
		}
		if said[i] = direct(sum); !said[i] {
			continue
		}
		if err := out.Write(i, sum); err != nil {
			return nil, nil, err
		}
	}
	return out, said, vectors.Err()
}

// encodeTexts returns the vectors of texts, of length 1, those that an earlier run
// has made from the cache.
func (w *encoding) encodeTexts(ctx context.Context, list []string, o *Options) (*rows.Table, error) {
	var kept *cache
	if w.Cache != "" {
		var err error
		if kept, err = openCache(w.Cache, w.Text.Key(), w.Text.Dims()); err != nil {
			return nil, fmt.Errorf("the vectors that are kept: %w", err)
		}
		defer kept.close()
	}
	out, err := o.table(len(list), w.Text.Dims())
	if err != nil {
		return nil, err
	}
	one := func(i int) error {
		row := make([]float32, out.D)
		digest := sha256.Sum256([]byte(list[i]))
		if kept != nil && kept.get(digest, row) {
			return out.Write(i, row)
		}
		x, err := w.Text.EncodeText(list[i])
		if err != nil {
			return fmt.Errorf("the text encoder, of %q: %w", list[i], err)
		}
		copy(row, x)
		if !finite(x) || !direct(row) {
			return fmt.Errorf("the text encoder makes nothing of %q that has a direction", list[i])
		}
		if kept != nil {
			if err := kept.put(digest, row); err != nil {
				return err
			}
		}
		return out.Write(i, row)
	}
	return out, each(ctx, len(list), o.Threads, w.TextProgress, one)
}
