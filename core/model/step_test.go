package model

import (
	"context"
	"math"
	"testing"

	"ace/core"
	"ace/core/compute"
)

// TestCompleteIsWhole: an identifier that is read to its end in one go, beside
// others of which as many are as have room, has the probabilities that the network
// gives when it sees it whole; and so has one that goes on step by step after that.
func TestCompleteIsWhole(t *testing.T) {
	ctx := context.Background()
	near := func(got, want float32) bool { return math.Abs(float64(got-want)) <= 1e-4 }
	for _, c := range []*Config{shape(true, true), shape(false, false)} {
		c.Levels = []int{5, 4, 6, 3}
		flat := random(c)
		dev := compute.NewCPU()
		r := NewReader(c, dev, dev.Adopt(flat), limits)
		const beams = 30 // of which tailRows/2 are completed at level 1
		r.Reserve(beams)
		id := func(b int) core.ID {
			return core.ID{core.Token(b % 5), core.Token(b % 4), core.Token(b % 6), core.Token(b % 3)}
		}
		if err := r.Begin(ctx, pieces, starts, senses); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Step(ctx, 0, []int{0}, []core.Token{0}); err != nil {
			t.Fatal(err)
		}
		parents, tokens, rest := make([]int, beams), make([]core.Token, beams), make([]core.ID, beams)
		for b := range beams {
			tokens[b] = id(b)[0]
			if b != 1 && b != 3 {
				rest[b] = id(b)[1:]
			}
		}
		logp, ahead, err := r.Complete(ctx, 1, parents, tokens, rest)
		if err != nil {
			t.Fatal(err)
		}
		completed := 0
		for b := range beams {
			want := whole(t, c, flat, id(b), false)
			for i, w := range want[1] {
				if g := logp[b*4+i]; !near(g, w) {
					t.Fatalf("beam %d, code %d of level 1: %v, want %v", b, i, g, w)
				}
			}
			if ahead[b] == nil {
				continue
			}
			completed++
			for i, g := range ahead[b] {
				if w := want[2+i][id(b)[2+i]]; !near(g, w) || len(ahead[b]) != 2 {
					t.Fatalf("beam %d, level %d: %v, want %v", b, 2+i, ahead[b], w)
				}
			}
		}
		if completed != tailRows/2 || ahead[1] != nil || ahead[3] != nil {
			t.Errorf("%d beams are completed, want %d", completed, tailRows/2)
		}
		// Beams 3 and 1 go on.
		steps := []struct {
			parents []int
			tokens  []core.Token
		}{{[]int{3, 1}, []core.Token{id(3)[1], id(1)[1]}}, {[]int{1, 0}, []core.Token{id(1)[2], id(3)[2]}}}
		order := [][]int{{3, 1}, {1, 3}}
		for i, s := range steps {
			level := 2 + i
			got, err := r.Step(ctx, level, s.parents, s.tokens)
			if err != nil {
				t.Fatal(err)
			}
			for row, b := range order[i] {
				for code, w := range whole(t, c, flat, id(b), false)[level] {
					if g := got[row*c.Levels[level]+code]; !near(g, w) {
						t.Fatalf("beam %d, code %d of level %d: %v, want %v", b, code, level, g, w)
					}
				}
			}
		}
	}
}

// TestCompleteTheFirst: where there is one item, the first step reads all of it.
func TestCompleteTheFirst(t *testing.T) {
	c := shape(true, true)
	flat, id := random(c), core.ID{4, 2, 5}
	dev := compute.NewCPU()
	r := NewReader(c, dev, dev.Adopt(flat), limits)
	if err := r.Begin(context.Background(), pieces, starts, senses); err != nil {
		t.Fatal(err)
	}
	_, ahead, err := r.Complete(context.Background(), 0, []int{0}, []core.Token{0}, []core.ID{id})
	if err != nil || len(ahead[0]) != 2 {
		t.Fatal(err, ahead)
	}
	want := whole(t, c, flat, id, false)
	for i, g := range ahead[0] {
		if w := want[1+i][id[1+i]]; math.Abs(float64(g-w)) > 1e-4 {
			t.Errorf("level %d: %v, want %v", 1+i, g, w)
		}
	}
}
