package baseline

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/train/score"
)

// world is items made of three of twelve things, a thing being said by one of
// three words that share no letters, and seen as a direction of the media
// vector. Every fifth item has no words.
func world(n int) (items []core.Item, media []float32, things [][]int) {
	rng := rand.New(rand.NewPCG(7, 7))
	const kinds = 12
	for i := range n {
		has := rng.Perm(kinds)[:3]
		it := core.Item{ID: fmt.Sprint(i)}
		for range 4 {
			it.Captions = append(it.Captions, say(has, rng))
		}
		if i%5 == 4 {
			it.Captions = nil
		}
		row := make([]float32, kinds)
		for k := range row {
			row[k] = 0.2 * float32(rng.NormFloat64())
		}
		for _, k := range has {
			row[k]++
		}
		items, media, things = append(items, it), append(media, row...), append(things, has)
	}
	return items, media, things
}

func say(has []int, rng *rand.Rand) string {
	var words []string
	for _, k := range has {
		words = append(words, strings.Repeat(string(rune('a'+k)), 3+rng.IntN(3)))
	}
	return strings.Join(words, " ")
}

// The towers learn which words mean the same, and what things look like.
func TestDense(t *testing.T) {
	items, media, things := world(300)
	last := 0
	o := DenseOptions{Media: media, Dims: 12, Seed: 1, Threads: 2, Progress: func(done, total int) {
		if done <= last || done > total {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	}}
	d, err := TrainDense(context.Background(), items, o)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(8, 8))
	same := func(a, b []int) bool {
		return !slices.ContainsFunc(a, func(k int) bool { return !slices.Contains(b, k) })
	}
	for _, wordless := range []bool{false, true} {
		var ranks []int
		for i := range items {
			if (items[i].Captions == nil) != wordless {
				continue
			}
			relevant := map[int]bool{}
			for j := range items {
				if same(things[i], things[j]) {
					relevant[j] = true
				}
			}
			ranks = append(ranks, d.Rank(say(things[i], rng), relevant, func(j int) bool { return (items[j].Captions == nil) == wordless }))
		}
		s := score.Summarise(ranks)
		t.Logf("without words %v: %+v", wordless, s)
		if s.R1 < 80 || s.R10 < 95 {
			t.Errorf("without words %v: %+v", wordless, s)
		}
	}
	if !strings.Contains(d.Setting(), "temperature") || !strings.Contains(d.Setting(), "held-out") {
		t.Errorf("setting %q", d.Setting())
	}
	if s := d.Scores(""); slices.Max(s) != 0 || slices.Min(s) != 0 {
		t.Error("no words, and yet a score")
	}
}

func TestDenseIsDeterministic(t *testing.T) {
	items, _, _ := world(60)
	var before []float32
	for range 2 {
		d, err := TrainDense(context.Background(), items, DenseOptions{Seed: 3, Threads: 2})
		if err != nil {
			t.Fatal(err)
		}
		now := slices.Clone(d.Scores("aaa bbb"))
		if before != nil && !slices.Equal(before, now) {
			t.Error("the same seed gives other scores")
		}
		before = now
	}
}

func TestDenseRefuses(t *testing.T) {
	items, media, _ := world(20)
	for i := range items {
		items[i].Captions = nil
	}
	if _, err := TrainDense(context.Background(), items, DenseOptions{Media: media, Dims: 12, Threads: 1}); err == nil || !strings.Contains(err.Error(), "no item has words") {
		t.Errorf("no words: %v", err)
	}
	items, _, _ = world(20)
	if _, err := TrainDense(context.Background(), items, DenseOptions{Media: media, Dims: 11, Threads: 1}); err == nil {
		t.Error("media of another width were taken")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := TrainDense(ctx, items, DenseOptions{Threads: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Two items and one: nothing can be held out, and it is found all the same.
func TestDenseOfFewItems(t *testing.T) {
	for n := 1; n <= 2; n++ {
		items := []core.Item{{ID: "a", Title: "red fox"}, {ID: "b", Title: "blue car"}}[:n]
		d, err := TrainDense(context.Background(), items, DenseOptions{Threads: 2})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Rank("fox", map[int]bool{0: true}, nil); got != 1 {
			t.Errorf("%d items: rank %d", n, got)
		}
	}
}
