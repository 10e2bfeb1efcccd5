// Package index makes of a collection all that it is searched by, and changes it
// when items come and go.
//
// Understand trains the dual encoder on the words and media; Meaning.Identify
// gives the items identifiers; Train fits the network and weighs the evidence; and
// Index.Bundle is what a page searches. A Catalogue is a bundle whose items are to
// change: what was learnt stays as it is, and gives new items their vectors and
// identifiers. Files, folders and what is printed are the caller's.
package index

import (
	"ace/core"
	"ace/core/bundle"
	"ace/core/lexicon"
	"ace/core/model"
	"ace/core/search"
	"ace/train/corpus"
	traindual "ace/train/dual"
	"ace/train/identify"
)

// Index is all that a collection is searched by.
type Index struct {
	Mix search.Mix // the weights of a hybrid search

	meaning *Meaning
	ids     *identify.Identifiers
	config  *model.Config
	params  []float32
	trust   search.Trust
}

// HasWords tells whether word vectors are part of it.
func (x *Index) HasWords() bool { return x.meaning.table != nil }

// Bundle makes the bundle that a page searches and, where identifiers of their
// method can be given to further items, what these get their places by. The items
// are those of the collection in its order, with their files as the page asks for
// them.
func (x *Index) Bundle(items []core.Item) (*bundle.Builder, error) {
	b, rest, err := x.bundle(items, corpus.Words(corpus.Read(items)), x.meaning.dual.Items)
	if err != nil {
		return nil, err
	}
	x.freeze(b, rest)
	return b, nil
}

// bundle makes a bundle of items, their words and their vectors; of these it also
// gives what the bundle leaves away.
func (x *Index) bundle(items []core.Item, words [][]lexicon.Word, vectors []float32) (*bundle.Builder, *traindual.Rest, error) {
	c := search.Collection{Items: items, IDs: x.ids.IDs, Levels: x.ids.Sizes}
	order := c.Order()
	sorted := make([][]lexicon.Word, len(order))
	whole := *x.meaning.dual
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
	if err := search.WriteModel(b, x.config, x.params, x.meaning.vocab, bundle.I8); err != nil {
		return nil, nil, err
	}
	if err := search.WriteItems(b, c); err != nil {
		return nil, nil, err
	}
	search.WriteWords(b, lexicon.Collect(sorted), x.meaning.table, d, x.Mix, x.trust)
	return b, rest, nil
}
