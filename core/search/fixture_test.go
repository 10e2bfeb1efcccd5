package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/model"
	"ace/core/sense"
	"ace/core/text"
)

// shop is a made-up collection with all that a hybrid search needs, and
// questions about it.
type shop struct {
	Collection
	words     []string
	questions []string
}

// shopOf makes n items of four words each, and questions of a few words.
func shopOf(n, questions int, levels []int) shop {
	rng := rand.New(rand.NewPCG(uint64(n), 11))
	s := shop{Collection: Collection{Levels: levels}}
	for len(s.words) < 150 {
		w := ""
		for range 2 + rng.IntN(3) {
			w += string("bdfgklmnprst"[rng.IntN(12)]) + string("aeiou"[rng.IntN(5)])
		}
		if !slices.Contains(s.words, w) {
			s.words = append(s.words, w)
		}
	}
	some := func(n int) string {
		var w []string
		for range n {
			w = append(w, s.words[rng.IntN(len(s.words))])
		}
		return strings.Join(w, " ")
	}
	for i := range n {
		s.Items = append(s.Items, core.Item{ID: fmt.Sprint("item", i), File: fmt.Sprint(i, ".png"), Kind: core.Kind(rng.IntN(core.Kinds)),
			Captions: []string{some(4)}, Meta: map[string]string{"shelf": fmt.Sprint(i % 7)}})
		var id core.ID
		for _, v := range levels {
			id = append(id, core.Token(rng.IntN(v)))
		}
		s.IDs = append(s.IDs, id)
	}
	for i := range questions {
		s.questions = append(s.questions, some(1+i%5))
	}
	return s
}

// bundle writes the collection with a network of random weights, which have a
// binary16 form.
func (s *shop) bundle(t testing.TB) *bundle.Container {
	t.Helper()
	rng := rand.New(rand.NewPCG(8, 8))
	draw := func(n int, scale float64) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(int(rng.NormFloat64()*scale*512)) / 512
		}
		return x
	}
	const dim = 16
	v := text.Learn(s.words, 900)
	cfg := &model.Config{Width: 32, Heads: 4, FFN: 48, Encoder: 2, Decoder: 2, Vocabulary: v.Size(), Places: 6, Levels: s.Levels, Coarse: true, Fine: true, Sense: dim}
	_, n := cfg.Layout()
	b := bundle.NewBuilder(bundle.Bundle)
	if err := WriteModel(b, cfg, draw(n, 0.3), v, bundle.F32); err != nil {
		t.Fatal(err)
	}
	if err := WriteItems(b, s.Collection); err != nil {
		t.Fatal(err)
	}
	table, err := sense.New(s.words, draw(len(s.words)*dim, 1), dim)
	if err != nil {
		t.Fatal(err)
	}
	var said [][]lexicon.Word
	for _, i := range s.Order() {
		var words []lexicon.Word
		for _, w := range text.Words(s.Items[i].Captions[0]) {
			words = append(words, lexicon.Word{Word: w, Weight: 1})
		}
		said = append(said, words)
	}
	d := &dual.Index{Width: 12, Pieces: draw(v.Size()*12, 1), Sense: draw(dim*12, 1), Items: draw(len(s.Items)*12, 0.3)}
	WriteWords(b, lexicon.Collect(said), table, d, Mix{Path: 0.7, Words: 0.4, Alike: 0.2, Topic: 0.1, Dense: 0.3}, Trust{})
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	c, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *shop) open(t testing.TB) *Retriever {
	t.Helper()
	r, err := Open(context.Background(), s.bundle(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}
