package index

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/core/text"
	"ace/train/corpus"
	"ace/train/feature"
	"ace/train/identify"
	"ace/train/rows"
)

// The held-out texts are those that LearntTexts leaves away, and no others.
func TestLearntTexts(t *testing.T) {
	var items []core.Item
	for i := range 40 {
		name := strings.Repeat(string(rune('a'+i%26)), 2+i/26)
		items = append(items, core.Item{ID: name, Title: "The " + name, Keywords: []string{name, "", name},
			Captions: []string{name + " one", name + " two!", name + " three", name + " four"}})
	}
	held := map[string]bool{}
	for _, h := range corpus.HoldOut(corpus.Read(items), 3) {
		held[strings.Join(h.Words, " ")] = true
	}
	if len(held) == 0 {
		t.Fatal("nothing is held out")
	}
	left := 0
	for i, texts := range LearntTexts(items, 3) {
		var want []string
		for _, s := range []string{items[i].Captions[0], items[i].Captions[1], items[i].Captions[2], items[i].Captions[3], items[i].Title, items[i].ID} {
			if held[strings.Join(text.Words(s), " ")] {
				left++
			} else {
				want = append(want, s)
			}
		}
		if !slices.Equal(texts, want) {
			t.Errorf("%q, want %q", texts, want)
		}
	}
	if left != len(held) {
		t.Errorf("%d texts were left away, %d are held out", left, len(held))
	}
}

// The vectors of media are those that were given, as they are, or the media's block
// in rows of length 1; 0 stays 0.
func TestMediaOf(t *testing.T) {
	f := &feature.Features{N: 3, D: 4, Text: 1, Media: 3, X: []float32{9, 3, 0, 4, 9, 0, 0, 0, 9, 0, -2, 0}}
	x, got := mediaOf(f), make([]float32, 9)
	want := []float32{0.6, 0, 0.8, 0, 0, 0, 0, -1, 0}
	if x.Read(0, got); x.N != 3 || x.D != 3 || !slices.EqualFunc(got, want, func(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-6 }) {
		t.Errorf("%v of width %d, want %v", got, x.D, want)
	}
	if f.Given = rows.Of([]float32{5, 6, 7}, 1); mediaOf(f) != f.Given {
		t.Error("not what was given")
	}
}

// Same collection and seed, same meaning; items learn without their held-out texts.
func TestUnderstand(t *testing.T) {
	trained(t)
	n, d := len(made.seen.Items), made.m.Width()
	if len(made.m.learn) != n*d || len(made.m.dual.Items) != n*d {
		t.Fatalf("%d and %d values for %d items of %d", len(made.m.learn), len(made.m.dual.Items), n, d)
	}
	known, held := made.m.split(made.seen.Items)
	if len(held) == 0 {
		t.Fatal("nothing is held out")
	}
	for _, h := range held {
		i := h.Items[0]
		if slices.ContainsFunc(known[i].Texts(), func(w []string) bool { return slices.Equal(w, h.Words) }) {
			t.Errorf("item %d learns %q, which is held out", i, h.Words)
		}
		if slices.Equal(made.m.learn[i*d:(i+1)*d], made.m.dual.Items[i*d:(i+1)*d]) {
			t.Errorf("item %d has the same vector with and without %q", i, h.Words)
		}
	}
}

// Identifiers that mean nothing cannot be given to further items.
func TestFixed(t *testing.T) {
	ctx, x := context.Background(), *trained(t)
	n := len(made.seen.Items)
	c := identify.Default(n, made.m.Width())
	c.Method = identify.Random
	var err error
	if x.ids, _, err = made.m.Identify(ctx, made.seen.Items, c, nil); err != nil {
		t.Fatal(err)
	}
	b, err := x.Bundle(made.seen.Items)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := catalogueOf(t, fileOf(t, b)).Frozen(ctx); !errors.Is(err, ErrFixed) {
		t.Errorf("error %v, want %v", err, ErrFixed)
	}
	if _, err := catalogueOf(t, bundleOf(t, trained(t))).Frozen(ctx); err != nil {
		t.Error(err)
	}
}
