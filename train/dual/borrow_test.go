package dual

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core/text"
	"ace/train/rows"
)

// TestBorrow: an item without texts borrows those of items whose media are like
// its own.
func TestBorrow(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	topics := [][]string{{"dog", "runs", "grass", "barks"}, {"ship", "sails", "sea", "harbour"}, {"violin", "plays", "tune", "strings"}}
	var items []Item
	var all []string
	var media []float32
	const dims = 6
	for i := range 120 {
		k := i % len(topics)
		for j := range dims {
			v := rng.NormFloat64() * 0.2
			if j == k {
				v++
			}
			media = append(media, float32(v))
		}
		var it Item
		for range 3 {
			w := slices.Clone(topics[k])
			rng.Shuffle(len(w), func(a, b int) { w[a], w[b] = w[b], w[a] })
			it.Texts = append(it.Texts, w[:2+rng.IntN(2)])
			all = append(all, w...)
		}
		if i < 9 {
			it.Texts = nil
		}
		items = append(items, it)
	}
	d, err := Train(context.Background(), items, Options{Vocabulary: text.Learn(all, 1200), Media: rows.Of(media, dims), Width: 16, Epochs: 20, Seed: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	borrowed := Borrow(d, items, d.Items(items))
	if len(borrowed) != 9 {
		t.Fatalf("%d items borrow", len(borrowed))
	}
	right, n := 0, 0
	for i, texts := range borrowed {
		if len(texts) != lent {
			t.Errorf("item %d borrows %d texts", i, len(texts))
		}
		for _, w := range texts {
			n++
			if slices.Contains(topics[i%len(topics)], w[0]) {
				right++
			}
		}
	}
	if right < n*9/10 {
		t.Errorf("%d of %d borrowed texts are about the same", right, n)
	}
	if Borrow(d, items[9:], d.Items(items)[9*16:]) != nil {
		t.Error("items with texts borrow")
	}
}
