package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"testing"

	"ace/core/bundle"
	"ace/core/trie"
)

// shopWith is a shop of which every third item came after the training, and which
// those are, in identifier order.
func shopWith(n, questions int, levels []int) (s shop, added []bool) {
	s = shopOf(n, questions, levels)
	s.Added = make([]bool, n)
	for i := range s.Added {
		s.Added[i] = i%3 == 0
	}
	for _, i := range s.Order() {
		added = append(added, s.Added[i])
	}
	return s, added
}

// TestAdded: items that were added are weighed by words and vectors, as if they had
// the path that a right answer is expected to have; the others are found and weighed as
// if there were no added ones.
func TestAdded(t *testing.T) {
	ctx := context.Background()
	s, added := shopWith(90, 30, []int{5, 4, 6})
	r := s.open(t)
	plain := s
	plain.Added = nil
	all := plain.open(t)
	m := Mix{Path: 0.7, Words: 0.4, Alike: 0.2, Topic: 0.1, Dense: 0.3}
	learnt := &Set{trie.NewFilter(len(added), func(i int) bool { return !added[i] })}
	half := &Set{trie.NewFilter(len(added), func(i int) bool { return i%2 == 0 })}
	both := &Set{trie.NewFilter(len(added), func(i int) bool { return !added[i] && i%2 == 0 })}
	for _, q := range s.questions {
		for name, c := range map[string]struct{ set, others *Set }{"all": {nil, learnt}, "half": {half, both}} {
			const width = 7
			got, err := r.Candidates(ctx, q, m, width, c.set)
			if err != nil {
				t.Fatal(err)
			}
			want, err := all.Candidates(ctx, q, m, width, c.others)
			if err != nil {
				t.Fatal(err)
			}
			path := 0.0
			for _, w := range want {
				path += w.share * w.Path
			}
			everything, err := all.Candidates(ctx, q, m, len(added), c.set) // all evidence of all items
			if err != nil {
				t.Fatal(err)
			}
			var came []Candidate
			for _, w := range everything {
				if added[w.Index] {
					w.Path = path
					w.score = m.Score(w.Evidence)
					came = append(came, w)
				}
			}
			slices.SortFunc(came, func(a, b Candidate) int { return cmp.Compare(b.score, a.score) })
			want = append(want, came[:width]...)
			slices.SortStableFunc(want, func(a, b Candidate) int { return cmp.Compare(b.score, a.score) })
			if len(got) != len(want) {
				t.Fatalf("%s, %s: %d candidates, want %d", q, name, len(got), len(want))
			}
			for i := range want {
				if got[i].Index != want[i].Index || math.Abs(got[i].score-want[i].score) > 1e-4 || !slices.Equal(got[i].id, r.trie.ID(got[i].Index)) {
					t.Fatalf("%s, %s: candidate %d is item %d of %v, %v, want %d of %v", q, name, i, got[i].Index, got[i].score, got[i].id, want[i].Index, want[i].score)
				}
			}
		}
	}
}

// TestAddedFill: a search gives as many hits as there are items, whichever were added,
// and explains each of them.
func TestAddedFill(t *testing.T) {
	ctx := context.Background()
	s, added := shopWith(60, 3, []int{5, 4, 6})
	r := s.open(t)
	only := &Set{trie.NewFilter(len(added), func(i int) bool { return added[i] })}
	for _, q := range s.questions {
		for _, c := range []struct {
			within *Set
			want   int
		}{{nil, 60}, {only, 20}} {
			o := Options{Limit: 100, Within: c.within}
			a, err := r.Search(ctx, q, o)
			if err != nil || len(a.Hits) != c.want {
				t.Fatalf("%s: %d hits, want %d, %v", q, len(a.Hits), c.want, err)
			}
			seen := map[int]bool{}
			for _, h := range a.Hits[:10] {
				w, err := r.Explain(ctx, q, h.Index, Options{Within: c.within, Beam: 100})
				sum := w.Parts.Path + w.Parts.Words + w.Parts.Alike + w.Parts.Topic + w.Parts.Dense
				if err != nil || !w.Found || math.Abs(sum-h.Score) > 1e-6 || seen[h.Index] {
					t.Fatalf("%s: item %d is worth %v, explained as %+v, %v", q, h.Index, h.Score, w.Parts, err)
				}
				seen[h.Index] = true
			}
		}
	}
}

// Numbers that are out of range or not ascending are refused.
func TestReadAdded(t *testing.T) {
	for _, numbers := range [][]uint32{{7}, {3, 3}, {3, 2}, {1 << 31}} {
		b := bundle.NewBuilder(bundle.Bundle)
		b.AddTensor(sectAdded, sectAdded, bundle.U32, []int{len(numbers)}, numbers)
		file, err := b.File()
		if err != nil {
			t.Fatal(err)
		}
		c, err := bundle.OpenBytes(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		if x, err := readAdded(context.Background(), c, 7); err == nil {
			t.Errorf("%v was read as %v", numbers, x)
		}
	}
}
