package beam

import (
	"cmp"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core"
)

// table scores by a random table over whole prefixes.
type table struct {
	rng    uint64
	levels []int
	beams  []core.ID
}

func (s *table) prob(prefix core.ID, t core.Token) float64 {
	seed := s.rng
	for _, c := range append(slices.Clone(prefix), t) {
		seed = seed*6364136223846793005 + uint64(c) + 1
	}
	return -rand.New(rand.NewPCG(seed, 1)).ExpFloat64()
}

// far is a table that completes identifiers, but no more than `most` at once.
type far struct {
	table
	most  int
	steps int // beams that were scored
}

func (s *far) Complete(ctx context.Context, level int, parents []int, tokens []core.Token, rest []core.ID) ([]float32, [][]float32, error) {
	out, err := s.Step(ctx, level, parents, tokens)
	s.steps += len(parents)
	ahead := make([][]float32, len(parents))
	left := s.most
	for b, codes := range rest {
		if len(codes) == 0 || left == 0 {
			continue
		}
		left--
		ahead[b] = []float32{}
		for i := 1; i < len(codes); i++ {
			ahead[b] = append(ahead[b], float32(s.prob(append(slices.Clone(s.beams[b]), codes[:i]...), codes[i])))
		}
	}
	return out, ahead, err
}

func (s *table) Step(_ context.Context, level int, parents []int, tokens []core.Token) ([]float32, error) {
	next := make([]core.ID, len(parents))
	var out []float32
	for b := range parents {
		if level > 0 {
			next[b] = append(slices.Clone(s.beams[parents[b]]), tokens[b])
		}
		for t := range s.levels[level] {
			out = append(out, float32(s.prob(next[b], core.Token(t))))
		}
	}
	s.beams = next
	return out, nil
}

// list is a constraint by a plain list.
type list []core.ID

func (l list) Root() core.Range { return core.Range{Hi: uint32(len(l))} }
func (l list) Children(level int, r core.Range, visit func(core.Token, core.Range)) {
	for i := r.Lo; i < r.Hi; {
		j := i
		for j < r.Hi && l[j][level] == l[i][level] {
			j++
		}
		visit(l[i][level], core.Range{Lo: i, Hi: j})
		i = j
	}
}

// TestWideBeamIsExhaustive: with as many beams as identifiers, the search finds
// all of them in the order of their probability.
func TestWideBeamIsExhaustive(t *testing.T) {
	levels := []int{4, 3, 5}
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 2))
		var ids list
		for range 1 + rng.IntN(40) {
			ids = append(ids, core.ID{core.Token(rng.IntN(4)), core.Token(rng.IntN(3)), core.Token(rng.IntN(5))})
		}
		slices.SortFunc(ids, core.ID.Compare)
		s := &table{rng: seed, levels: levels}
		type scored struct {
			id core.ID
			p  float64
		}
		var want []scored
		for i, id := range ids {
			if i > 0 && slices.Equal(ids[i-1], id) {
				continue
			}
			p := 0.0
			for l, c := range id {
				p += float64(float32(s.prob(id[:l], c)))
			}
			want = append(want, scored{id, p})
		}
		slices.SortStableFunc(want, func(a, b scored) int { return cmp.Compare(b.p, a.p) })
		got, err := Search(context.Background(), s, ids, Options{Levels: levels, Width: len(ids)})
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("seed %d: %d paths, want %d", seed, len(got), len(want))
		}
		for i, p := range got {
			if !slices.Equal(p.ID, want[i].id) || math.Abs(p.LogProb-want[i].p) > 1e-9 {
				t.Fatalf("seed %d: path %d is %v %v, want %v", seed, i, p.ID, p.LogProb, want[i])
			}
			for j := p.Items.Lo; j < p.Items.Hi; j++ {
				if !slices.Equal(ids[j], p.ID) {
					t.Fatalf("seed %d: item %d is not %v", seed, j, p.ID)
				}
			}
		}
	}
}

// TestCompletedIsTheSame: a search whose scorer completes identifiers finds the same
// beams at every level, of fewer that are scored.
func TestCompletedIsTheSame(t *testing.T) {
	levels := []int{4, 3, 5, 4, 6}
	all, scored := 0, 0 // beams of all searches, and those that a step scored
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 3))
		var ids list
		for range 1 + rng.IntN(60) {
			var id core.ID
			for _, v := range levels {
				id = append(id, core.Token(rng.IntN(v)))
			}
			ids = append(ids, id)
			if rng.IntN(4) == 0 {
				ids = append(ids, id) // two items of one identifier
			}
		}
		slices.SortFunc(ids, core.ID.Compare)
		trace := func(s Scorer, width int) (levelwise [][]Path) {
			o := Options{Levels: levels, Width: width, Trace: func(_ int, b []Path) { levelwise = append(levelwise, b) }}
			if seed%2 == 1 {
				o.Rank = func(p *Path) float64 { return p.LogProb + math.Sin(float64(p.Items.Lo)) }
			}
			if _, err := Search(context.Background(), s, ids, o); err != nil {
				t.Fatal(err)
			}
			return levelwise
		}
		for _, width := range []int{1, 3, 8, 100} {
			want := trace(&table{rng: seed, levels: levels}, width)
			for _, most := range []int{0, 1, 100} {
				s := &far{table: table{rng: seed, levels: levels}, most: most}
				got := trace(s, width)
				if most == 100 {
					scored += s.steps
				}
				for l := range want {
					if l > 0 && most == 100 {
						all += len(want[l-1])
					}
					for i, w := range want[l] {
						if g := got[l][i]; len(got[l]) != len(want[l]) || !slices.Equal(g.ID, w.ID) || g.Items != w.Items || g.LogProb != w.LogProb || g.Rank != w.Rank {
							t.Fatalf("seed %d, width %d, level %d, beam %d: %+v, want %+v", seed, width, l, i, g, w)
						}
					}
				}
			}
		}
	}
	if scored > all*9/10 {
		t.Errorf("%d of %d beams were scored in steps", scored, all)
	}
}

// TestNarrowBeam: every answer exists, beams never exceed the width, and the
// trace tells them.
func TestNarrowBeam(t *testing.T) {
	ids := list{{0, 0}, {0, 1}, {1, 0}, {2, 2}}
	for width := 1; width < 4; width++ {
		levels := 0
		got, err := Search(context.Background(), &table{levels: []int{3, 3}}, ids, Options{Levels: []int{3, 3}, Width: width, Trace: func(l int, b []Path) {
			if l != levels || len(b) > width {
				t.Errorf("level %d with %d beams of %d", l, len(b), width)
			}
			levels++
		}})
		if err != nil || levels != 2 {
			t.Fatal(err, levels)
		}
		for _, p := range got {
			if !slices.ContainsFunc(ids, func(id core.ID) bool { return slices.Equal(id, p.ID) }) {
				t.Errorf("%v does not exist", p.ID)
			}
		}
	}
}

type broken struct{}

func (broken) Step(context.Context, int, []int, []core.Token) ([]float32, error) {
	return nil, errors.New("lost device")
}

func TestSearchPassesErrorsOn(t *testing.T) {
	if _, err := Search(context.Background(), broken{}, list{{0}}, Options{Levels: []int{1}, Width: 1}); err == nil {
		t.Error("the scorer's error is lost")
	}
	if p, err := Search(context.Background(), broken{}, list{}, Options{Levels: []int{1}, Width: 1}); err != nil || p != nil {
		t.Error("an empty collection has answers")
	}
}
