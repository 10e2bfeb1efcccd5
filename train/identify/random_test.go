package identify

import (
	"context"
	"math"
	"strings"
	"testing"
)

func TestRandomIdentifiersSayNothing(t *testing.T) {
	const n, d = 3000, 5
	x := cloud(18, n, d, 20)
	cfg := quick(n, d)
	cfg.Method, cfg.Coarse, cfg.Fine = Random, 8, []int{16, 50}
	q := train(t, x, n, d, cfg)
	checkIDs(t, q, n)
	r, err := Assess(q, x, 1)
	if err != nil {
		t.Fatal(err)
	}
	for l, v := range []int{8, 16, 50} {
		// Uniform: the entropy falls short of log V by about (V-1)/2N.
		g := r.Levels[l]
		if least := float64(v) * (1 - 2*float64(v)/n); g.Size != v || g.Used != v || g.Perplexity < least || g.Error != 100 {
			t.Errorf("level %d: %+v, want %d codes used alike (perplexity above %g) and all error left", l, g, v, least)
		}
		if q.CodeVectors(l) != nil {
			t.Errorf("codes of level %d have vectors", l)
		}
	}
	if r.Queries != 0 || r.Recall != 0 || q.Reconstruct(q.IDs) != nil {
		t.Errorf("random identifiers are reconstructed: %+v", r)
	}
	if _, err := q.Assign(x, n); err == nil || !strings.Contains(err.Error(), "random ones say nothing") {
		t.Errorf("random identifiers are assigned: %v", err)
	}
	// Neighbours in space are no neighbours in the tree: 1 in 8 share the first token.
	same := 0
	for i := range n - 1 {
		if q.IDs[i][0] == q.IDs[i+1][0] {
			same++
		}
	}
	if f := float64(same) / (n - 1); math.Abs(f-1.0/8) > 0.03 {
		t.Errorf("%.3f of the neighbours share their first token", f)
	}
}

func TestRandomNeedsRoom(t *testing.T) {
	cfg := quick(20, 2)
	cfg.Method, cfg.Coarse, cfg.Fine = Random, 4, []int{9}
	if _, err := Train(context.Background(), cloud(1, 20, 2, 3), 20, 2, cfg, nil); err == nil || !strings.Contains(err.Error(), "too few to draw 20") {
		t.Errorf("20 of 36 identifiers: %v", err)
	}
	cfg.Fine = []int{10}
	checkIDs(t, train(t, cloud(1, 20, 2, 3), 20, 2, cfg), 20)
}
