package feature

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"ace/core"
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
// are found.
func (w *encoding) joinTexts(ctx context.Context, items []core.Item, rows []int, o *Options, fresh bool, r *Report) error {
	p := w.layout.pair
	if p == nil {
		return nil
	}
	texts, err := w.texts(ctx, items, o)
	if err != nil {
		return err
	}
	dims := w.Text.Dims()
	media := make([][]float32, len(items)) // nil: none
	for i := range items {
		part := w.layout.part(w.given.row(rows[i]), p.Column)
		if slices.Contains(w.of(items[i].Kind, w.builtIn), p.Column) && direct(part) {
			media[i] = part
		}
		if media[i] == nil {
			texts[i] = nil
		}
	}
	if fresh {
		p.media, p.text = meanOf(media, dims), meanOf(texts, dims)
	}
	for i := range items {
		shift(media[i], p.media)
		shift(texts[i], p.text)
		if texts[i] != nil {
			r.Joined++
		}
	}
	r.Agree = agreement(media, texts)
	for i, part := range media {
		for j, v := range texts[i] {
			part[j] += p.Weight * v
		}
		direct(part)
	}
	return nil
}

// texts returns for each item the mean of its texts' vectors, each of length 1,
// brought to length 1; nil: it has none. A text that several items have is encoded
// once.
func (w *encoding) texts(ctx context.Context, items []core.Item, o *Options) ([][]float32, error) {
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
	said := of(items)
	number := map[string]int{}
	var list []string
	for _, texts := range said {
		for _, t := range texts {
			if _, ok := number[t]; !ok {
				number[t] = len(list)
				list = append(list, t)
			}
		}
	}
	vectors, err := w.encodeTexts(ctx, list, o)
	if err != nil {
		return nil, err
	}
	out := make([][]float32, len(items))
	for i, texts := range said {
		for _, t := range texts {
			if out[i] == nil {
				out[i] = make([]float32, w.Text.Dims())
			}
			for j, v := range vectors[number[t]] {
				out[i][j] += v
			}
		}
		if out[i] != nil && !direct(out[i]) {
			out[i] = nil
		}
	}
	return out, nil
}

// encodeTexts returns the vectors of texts, of length 1, those that an earlier run
// has made from the cache.
func (w *encoding) encodeTexts(ctx context.Context, list []string, o *Options) ([][]float32, error) {
	out := make([][]float32, len(list))
	var kept *cache
	if w.Cache != "" {
		var err error
		if kept, err = openCache(w.Cache, w.Text.Key(), w.Text.Dims()); err != nil {
			return nil, fmt.Errorf("the vectors that are kept: %w", err)
		}
		defer kept.close()
	}
	one := func(i int) error {
		out[i] = make([]float32, w.Text.Dims())
		digest := sha256.Sum256([]byte(list[i]))
		if kept != nil && kept.get(digest, out[i]) {
			return nil
		}
		x, err := w.Text.EncodeText(list[i])
		if err != nil {
			return fmt.Errorf("the text encoder, of %q: %w", list[i], err)
		}
		copy(out[i], x)
		if !finite(x) || !direct(out[i]) {
			return fmt.Errorf("the text encoder makes nothing of %q that has a direction", list[i])
		}
		if kept != nil {
			return kept.put(digest, out[i])
		}
		return nil
	}
	return out, each(ctx, len(list), o.Threads, w.TextProgress, one)
}
