package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/core/bundle"
	tests "ace/core/bundle/testdata/vectors"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/model"
	"ace/core/search"
	"ace/core/sense"
	"ace/core/text"
)

var newGolden = flag.String("golden", "", "write a golden bundle of the present version to this file")

// TestGoldenBundle: bundles of former versions are read for ever, and find what
// they found.
func TestGoldenBundle(t *testing.T) {
	if *newGolden != "" {
		if err := os.WriteFile(*newGolden, goldenBundle(t), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	ctx := context.Background()
	in, err := bundle.OpenBytes(ctx, tests.Golden)
	if err != nil {
		t.Fatal(err)
	}
	if err := verifyContent(ctx, in, &verdict{}); err != nil {
		t.Fatal(err)
	}
	r, err := search.Open(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]struct {
		pure   bool
		ids    string
		scores []float64
	}{
		goldenQueries[0]: {false, goldenHits[0], goldenScores[0]},
		goldenQueries[1]: {true, goldenHits[1], goldenScores[1]},
	} {
		a, err := r.Search(ctx, query, search.Options{Limit: 3, Pure: want.pure})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		var scores []float64
		for _, h := range a.Hits {
			ids, scores = append(ids, h.Item.ID), append(scores, h.Score)
		}
		near := func(a, b float64) bool { return math.Abs(a-b) < 0.01 }
		if strings.Join(ids, " ") != want.ids || !slices.EqualFunc(scores, want.scores, near) {
			t.Errorf("%q: %v %.3f, want %s %.3f", query, ids, scores, want.ids, want.scores)
		}
	}
}

var (
	goldenQueries = []string{"red dog", "the sound of rain"}
	goldenHits    = []string{"item-0 item-2 item-4", "item-6 item-2 item-3"}
	goldenScores  = [][]float64{{-4.549, -4.989, -5.679}, {-8.380, -9.833, -13.043}}
)

// goldenBundle writes seven items with all that a bundle can
// hold, behind a network of random weights.
func goldenBundle(t *testing.T) []byte {
	rng := rand.New(rand.NewPCG(17, 4))
	random := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(rng.NormFloat64())
		}
		return x
	}
	c := search.Collection{Levels: []int{3, 4, 300}}
	for i, title := range []string{"red dog", "green dog", "blue dog", "rain", "red train", "old house", "élan, 鸭子 <b>"} {
		it := core.Item{ID: fmt.Sprintf("item-%d", i), File: fmt.Sprintf("media/%d.png", i), Kind: core.Kind(i % 3), Title: title,
			Captions: []string{"a " + title + " by the sea"}, Keywords: strings.Fields(title), URL: "https://example.org/", Meta: map[string]string{"n": fmt.Sprint(i)}}
		c.Items = append(c.Items, it)
		c.IDs = append(c.IDs, core.ID{core.Token(i % 3), core.Token(i % 4), core.Token(40 * i)})
	}
	var texts []string
	var words [][]lexicon.Word
	for _, n := range c.Order() {
		says := c.Items[n].Title + " " + c.Items[n].Captions[0]
		texts = append(texts, says)
		var of []lexicon.Word
		for _, w := range text.Words(says) {
			of = append(of, lexicon.Word{Word: w, Weight: 1})
		}
		words = append(words, of)
	}
	v := text.Learn(texts, 1060)
	const width, dense = 4, 4
	cfg := &model.Config{Width: 8, Heads: 2, FFN: 8, Encoder: 1, Decoder: 1, Vocabulary: v.Size(), Places: 4, Levels: c.Levels, Coarse: true, Fine: true, Sense: width}
	_, n := cfg.Layout()
	params := random(n)
	table, err := sense.New([]string{"dog", "hound", "rain", "red", "sea"}, random(5*width), width)
	if err != nil {
		t.Fatal(err)
	}
	d := &dual.Index{Width: dense, Items: random(len(c.Items) * dense), Pieces: random(v.Size() * dense), Sense: random(width * dense)}
	b := bundle.NewBuilder(bundle.Bundle)
	if err := search.WriteModel(b, cfg, params, v, bundle.I8); err != nil {
		t.Fatal(err)
	}
	if err := search.WriteItems(b, c); err != nil {
		t.Fatal(err)
	}
	search.WriteWords(b, lexicon.Collect(words), table, d, search.Mix{Path: 0.5, Words: 1, Alike: 0.5, Topic: 0.1, Dense: 0.2},
		search.Trust{Hit: search.Signals{0.1, 1}, Fits: search.Signals{0.2, 1, 1}, Cutoff: 0.01})
	b.SetMeta("title", "golden")
	b.SetMeta("credits", []map[string]string{{"text": "nobody", "url": "https://example.org/"}})
	b.SetMeta("examples", []string{"red dog"})
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	return file
}
