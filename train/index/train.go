package index

import (
	"context"
	"runtime"
	"strings"

	"ace/core"
	"ace/core/bundle"
	"ace/core/search"
	"ace/train/corpus"
	"ace/train/fit"
	"ace/train/fuse"
	"ace/train/identify"
)

// Train fits the network to the texts of the items and their identifiers, but for
// the held-out ones, and on these the weights of a hybrid search and how far a hit
// can be trusted. Of the options Warm, Vocabulary, Vectors and Threads are filled
// in here.
func Train(ctx context.Context, items []core.Item, m *Meaning, ids *identify.Identifiers, o fit.Options) (*Index, *fit.Result, error) {
	known, held := m.split(items)
	o.Vocabulary, o.Vectors, o.Threads = m.vocab, m.table, runtime.GOMAXPROCS(0)
	o.Warm = fit.Warm{}
	if m.dual.Width == fit.Width(o.Size) {
		o.Warm.Pieces, o.Warm.Sense = m.dual.Pieces, m.dual.Sense
		for l := range ids.Sizes {
			o.Warm.Codes = append(o.Warm.Codes, ids.CodeVectors(l))
		}
	}
	res, err := fit.Train(ctx, fit.Data{Items: known, Held: held, IDs: ids.IDs, Levels: ids.Sizes}, o)
	if err != nil {
		return nil, nil, err
	}
	x := &Index{Mix: fuse.Start, meaning: m, ids: ids, config: res.Config, params: res.Params}
	if err := x.fuse(ctx, items, o.Seed); err != nil {
		return nil, nil, err
	}
	return x, res, nil
}

// fuse fits mix and trust on the texts that the training left out, over a bundle
// that does not hold them.
func (x *Index) fuse(ctx context.Context, items []core.Item, seed uint64) error {
	known, held := x.meaning.split(items)
	b, _, err := x.bundle(items, corpus.Words(known), x.meaning.learn)
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
	questions, err := x.questions(ctx, r, items, known, held)
	if err != nil {
		return err
	}
	if x.Mix, err = fuse.Fit(ctx, r, questions); err != nil {
		return err
	}
	snatches, err := x.questions(ctx, r, items, known, corpus.Snatches(known, held, fuse.Telling(x.meaning.table), seed))
	if err != nil {
		return err
	}
	own := corpus.Single(corpus.Read(items))
	x.trust, err = fuse.Trust(ctx, r, x.Mix, questions, snatches, fuse.Strangers(x.meaning.table, own, questions, seed))
	return err
}

// questions are the held-out texts, with the items by their places in a bundle. A
// text of an item that was stripped of all its words asks among those without any.
func (x *Index) questions(ctx context.Context, r *search.Retriever, items []core.Item, known []corpus.Item, held []corpus.Held) ([]fuse.Question, error) {
	place := make([]int, len(items))
	s := search.Collection{Items: items, IDs: x.ids.IDs}
	for at, n := range s.Order() {
		place[n] = at
	}
	bare := map[string]bool{}
	for i := range known {
		if len(known[i].Texts()) == 0 {
			bare[items[i].ID] = true
		}
	}
	wordless, err := r.Select(ctx, search.Selection{IDs: bare})
	if err != nil {
		return nil, err
	}
	questions := make([]fuse.Question, len(held))
	for i, h := range held {
		q := &questions[i]
		q.Text = strings.Join(h.Words, " ")
		if h.Stripped {
			q.Among = wordless
		}
		for _, n := range h.Items {
			q.Relevant = append(q.Relevant, place[n])
		}
		for _, n := range h.Others {
			q.Open = append(q.Open, place[n])
		}
	}
	return questions, nil
}
