package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"ace/assets"
	"ace/core"
	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/search"
)

// picture is what every item shows.
const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3" fill="#789"/></svg>`

// itemWords is how many words are said of an item of a hybrid site.
const itemWords = 8

// mixed are weights as training finds them: the two that say most, above all.
var mixed = search.Mix{Path: 0.5, Words: 0.6, Alike: 0.3, Topic: 0.1, Dense: 0.4}

// kind is what a site has: words and vectors of its items, weights in float32.
type kind struct{ hybrid, single bool }

// site makes the site of n items at place.
func (p *plan) site(ctx context.Context, place string, n int, k kind) error {
	l, err := p.speak(ctx)
	if err != nil {
		return err
	}
	b, err := p.bundle(l, n, k)
	if err != nil {
		return err
	}
	files, err := b.Dir()
	if err != nil {
		return err
	}
	asked, err := json.Marshal(p.ask(l))
	if err != nil {
		return err
	}
	page, err := assets.Page()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(place), ".bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := os.CopyFS(temp, page); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(temp, "README")); err != nil { // of the folder that the page was built in
		return err
	}
	write := func(name string, data []byte) {
		if err == nil {
			err = os.WriteFile(filepath.Join(temp, name), data, 0o644)
		}
	}
	for _, dir := range []string{"media", "bundle"} {
		if err := os.Mkdir(filepath.Join(temp, dir), 0o755); err != nil {
			return err
		}
	}
	write("media/item.svg", []byte(picture))
	write("queries.json", asked)
	for name, data := range files {
		write(filepath.Join("bundle", name), data)
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(place, "queries.json")); err == nil { // one of ours
		if err := os.RemoveAll(place); err != nil {
			return err
		}
	}
	if err := os.Chmod(temp, 0o755); err != nil {
		return err
	}
	return os.Rename(temp, place)
}

// bundle is all that a search of n items needs, as `ace pack` writes it.
func (p *plan) bundle(l *language, n int, k kind) (*bundle.Builder, error) {
	c, err := p.config(l.vocabulary.Size(), l.table.Dim())
	if err != nil {
		return nil, err
	}
	b := bundle.NewBuilder(bundle.Bundle)
	b.SetMeta("title", fmt.Sprintf("%d items", n))
	dtype := bundle.I8
	if k.single {
		dtype = bundle.F32
	}
	if err := search.WriteModel(b, c, p.weights(c), l.vocabulary, dtype); err != nil {
		return nil, err
	}
	items, said := p.items(l, n, k.hybrid)
	col := search.Collection{Items: items, IDs: p.identifiers(n), Levels: c.Levels}
	if err := search.WriteItems(b, col); err != nil {
		return nil, err
	}
	if !k.hybrid {
		search.WriteSense(b, l.table)
		return b, nil
	}
	words := make([][]lexicon.Word, n)
	for i, from := range col.Order() {
		words[i] = said[from]
	}
	search.WriteWords(b, lexicon.Collect(words), l.table, p.vectors(l, n), mixed, search.Trust{})
	return b, nil
}

// items are as small as an item can be; where words is set, some words are said
// of each.
func (p *plan) items(l *language, n int, words bool) ([]core.Item, [][]lexicon.Word) {
	items, said := make([]core.Item, n), make([][]lexicon.Word, n)
	rng := p.random(ofItems)
	for i := range items {
		items[i] = core.Item{ID: fmt.Sprintf("%07d", i), File: "media/item.svg", Kind: core.Image}
		if words {
			for _, w := range l.phrase(rng, itemWords) {
				said[i] = append(said[i], lexicon.Word{Word: w, Weight: 1})
				items[i].Keywords = append(items[i].Keywords, w)
			}
		}
	}
	return items, said
}

// identifiers are uniform: prefixes as bushy as they can be.
func (p *plan) identifiers(n int) []core.ID {
	rng := p.random(ofItems + 1<<32)
	ids := make([]core.ID, n)
	for i := range ids {
		ids[i] = make(core.ID, p.levels)
		for l := range ids[i] {
			ids[i][l] = core.Token(rng.IntN(codes))
		}
	}
	return ids
}

// vectors are random directions of items, pieces and word vectors.
func (p *plan) vectors(l *language, n int) *dual.Index {
	rng := p.random(ofVectors)
	rows := func(n int) []float32 {
		x := make([]float32, n*p.width)
		for i := range x {
			x[i] = float32(rng.NormFloat64() / math.Sqrt(float64(p.width)))
		}
		return x
	}
	return &dual.Index{Width: p.width, Items: rows(n), Pieces: rows(l.vocabulary.Size()), Sense: rows(l.table.Dim())}
}
