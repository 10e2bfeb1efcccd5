package main

import (
	"context"
	"strings"

	"ace/core"
	"ace/core/bundle"
	"ace/core/lexicon"
	"ace/core/model"
	"ace/core/search"
	"ace/train/corpus"
	traindual "ace/train/dual"
	"ace/train/fuse"
	"ace/train/identify"
)

// index is all that a bundle searches by.
type index struct {
	meaning
	ids    *identify.Identifiers
	config *model.Config
	params []float32
	mix    search.Mix
	trust  search.Trust
}

// bundle makes a bundle of items, their words and their vectors; of these it also
// gives what the bundle leaves away.
func (x *index) bundle(items []core.Item, words [][]lexicon.Word, vectors []float32) (*bundle.Builder, *traindual.Rest, error) {
	c := search.Collection{Items: items, IDs: x.ids.IDs, Levels: x.ids.Sizes}
	order := c.Order()
	sorted := make([][]lexicon.Word, len(order))
	whole := *x.dual
	whole.Items = make([]float32, 0, len(vectors))
	for i, n := range order {
		sorted[i] = words[n]
		whole.Items = append(whole.Items, vectors[n*whole.Width:(n+1)*whole.Width]...)
	}
	d, rest, err := traindual.Reduce(&whole, whole.Width*2/3)
	if err != nil {
		return nil, nil, err
	}
	b := bundle.NewBuilder(bundle.Bundle)
	if err := search.WriteModel(b, x.config, x.params, x.vocab, bundle.I8); err != nil {
		return nil, nil, err
	}
	if err := search.WriteItems(b, c); err != nil {
		return nil, nil, err
	}
	search.WriteWords(b, lexicon.Collect(sorted), x.table, d, x.mix, x.trust)
	return b, rest, nil
}

// fuse fits the mix on the texts that the training left out, over a bundle that
// does not hold them.
func (x *index) fuse(ctx context.Context, col collection, seed uint64) error {
	x.mix = fuse.Start
	items, held := x.split(col)
	b, _, err := x.bundle(col.items, corpus.Words(items), x.learn)
	if err != nil {
		return err
	}
	file, err := b.File()
	if err != nil {
		return err
	}
	c, err := bundle.OpenBytes(ctx, file)
	if err != nil {
		return err
	}
	r, err := search.Open(ctx, c)
	if err != nil {
		return err
	}
	place := make([]int, len(col.items))
	s := search.Collection{Items: col.items, IDs: x.ids.IDs}
	for at, n := range s.Order() {
		place[n] = at
	}
	questions := make([]fuse.Question, len(held))
	bare := map[string]bool{}
	for i := range items {
		if len(items[i].Texts()) == 0 {
			bare[col.items[i].ID] = true
		}
	}
	wordless, err := r.Select(ctx, search.Selection{IDs: bare})
	if err != nil {
		return err
	}
	for i, h := range held {
		questions[i].Text = strings.Join(h.Words, " ")
		if h.Stripped {
			questions[i].Among = wordless
		}
		for _, n := range h.Items {
			questions[i].Relevant = append(questions[i].Relevant, place[n])
		}
		for _, n := range h.Others {
			questions[i].Open = append(questions[i].Open, place[n])
		}
	}
	if x.mix, err = fuse.Fit(ctx, r, questions); err != nil {
		return err
	}
	x.trust, err = fuse.Trust(ctx, r, x.mix, questions, fuse.Strangers(x.table, questions, seed))
	return err
}
