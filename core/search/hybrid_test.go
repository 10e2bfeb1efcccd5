package search

import (
	"context"
	"math"
	"strings"
	"testing"
)

// TestLongQuestions: what words say counts less of a longer question, by the
// power that the mix names; what the network and the vectors say counts alike.
func TestLongQuestions(t *testing.T) {
	s := shopOf(60, 0, []int{5, 4, 3})
	r := s.open(t)
	question := strings.Join(s.words[:4], " ")
	find := func(m Mix) map[int]Candidate {
		found, err := r.Candidates(context.Background(), question, m, len(s.Items), nil)
		if err != nil || len(found) == 0 {
			t.Fatal(len(found), err)
		}
		out := map[int]Candidate{}
		for _, c := range found {
			out[c.Index] = c
		}
		return out
	}
	m := Mix{Path: 0.7, Words: 0.4, Alike: 0.2, Topic: 0.1, Dense: 0.3}
	plain := find(m)
	m.Length = 0.5
	said := false
	for i, c := range find(m) {
		p, ok := plain[i]
		if !ok {
			continue
		}
		said = said || p.Words > 0
		want := Evidence{p.Path, p.Words / 2, p.Alike / 2, p.Topic / 2, p.Dense}
		for k, d := range []float64{c.Path - want.Path, c.Words - want.Words, c.Alike - want.Alike, c.Topic - want.Topic, c.Dense - want.Dense} {
			if math.Abs(d) > 1e-6*(1+math.Abs(want.Path)) {
				t.Fatalf("item %d, evidence %d: %+v, want %+v", i, k, c.Evidence, want)
			}
		}
		// How much of the question an item has is a share: the same for both.
		if a, b := c.Signals[2], p.Signals[2]; math.Abs(a-b) > 1e-9 {
			t.Fatalf("item %d: share of the words %v, want %v", i, a, b)
		}
	}
	if !said {
		t.Error("no item has the question's words")
	}
}
