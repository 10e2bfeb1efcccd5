package search

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core"
	"ace/core/beam"
	"ace/core/trie"
)

// dice gives every prefix random log-probabilities of its own.
type dice struct {
	levels []int
	seed   uint64
	beams  []core.ID
}

func (d *dice) at(prefix core.ID, t int) float32 {
	h := fnv.New64a()
	fmt.Fprint(h, d.seed, prefix, t)
	return float32(-rand.New(rand.NewPCG(h.Sum64(), 1)).ExpFloat64())
}

func (d *dice) Step(_ context.Context, level int, parents []int, tokens []core.Token) ([]float32, error) {
	next, out := make([]core.ID, len(parents)), []float32{}
	for b, p := range parents {
		if level > 0 {
			next[b] = append(slices.Clone(d.beams[p]), tokens[b])
		}
		for t := range d.levels[level] {
			out = append(out, d.at(next[b], t))
		}
	}
	d.beams = next
	return out, nil
}

// TestWithinAnySet: over random tries and random sets a beam within the set leads to
// as many allowed items as are asked for, if there are so many, and to no others; with
// a beam for each of them, to those that the brute force finds, in its order.
func TestWithinAnySet(t *testing.T) {
	shapes := [][]int{{3}, {40}, {4, 3, 5}, {2, 300, 4}, {6, 1, 2, 9}, {1, 1, 30}}
	for seed := range uint64(150) {
		rng := rand.New(rand.NewPCG(seed, 21))
		levels := shapes[rng.IntN(len(shapes))]
		ids := make([]core.ID, 1+rng.IntN(300))
		for i := range ids {
			for _, v := range levels {
				ids[i] = append(ids[i], core.Token(rng.IntN(v)))
			}
		}
		slices.SortFunc(ids, core.ID.Compare)
		tr, err := trie.Build(levels, ids)
		if err != nil {
			t.Fatal(err)
		}
		in, every := make([]bool, len(ids)), 1+rng.IntN(1+rng.IntN(60))
		for i := range in {
			in[i] = rng.IntN(every) == 0
		}
		set := &Set{trie.NewFilter(len(ids), func(i int) bool { return in[i] })}

		// By brute force: all items that are allowed, the likeliest first.
		d := &dice{levels: levels, seed: seed}
		var want []core.Hit
		for i, id := range ids {
			p := 0.0
			for l, code := range id {
				p += float64(d.at(id[:l], int(code)))
			}
			if in[i] {
				want = append(want, core.Hit{Index: i, Score: p})
			}
		}
		slices.SortStableFunc(want, func(a, b core.Hit) int { return cmp.Compare(b.Score, a.Score) })

		limit := 1 + rng.IntN(20)
		for _, width := range []int{limit, limit + 7, max(limit, len(want))} {
			paths, err := beam.Search(context.Background(), d, within{tr, set}, beam.Options{Levels: levels, Width: width})
			if err != nil {
				t.Fatal(err)
			}
			hits := likeliest(paths, set, limit)
			name := fmt.Sprintf("seed %d: %v, %d of %d items, width %d", seed, levels, len(want), len(ids), width)
			if len(hits) != min(limit, len(want)) {
				t.Fatalf("%s: %d hits, want %d", name, len(hits), min(limit, len(want)))
			}
			for i, h := range hits {
				if !in[h.Index] || slices.ContainsFunc(hits[:i], func(o core.Hit) bool { return o.Index == h.Index }) {
					t.Fatalf("%s: item %d is not allowed, or comes twice", name, h.Index)
				}
				if width >= len(want) && h.Index != want[i].Index {
					t.Fatalf("%s: hit %d is item %d, by brute force %d", name, i, h.Index, want[i].Index)
				}
			}
		}
	}
}
