package search

import (
	"context"
	"math"
	"slices"
	"testing"
)

func TestExplain(t *testing.T) {
	s := shopOf(400, 6, []int{6, 5, 5, 3})
	r := s.open(t)
	ctx := context.Background()
	for _, question := range s.questions {
		for _, pure := range []bool{false, true} {
			o := Options{Limit: 10, Pure: pure}
			a, err := r.Search(ctx, question, o)
			if err != nil || len(a.Hits) == 0 {
				t.Fatalf("%q: %d hits, %v", question, len(a.Hits), err)
			}
			for _, h := range a.Hits {
				w, err := r.Explain(ctx, question, h.Index, o)
				if err != nil || !w.Found || len(w.Levels) != 4 {
					t.Fatalf("%q: %+v, %v", question, w, err)
				}
				e := w.Parts
				if sum := e.Path + e.Words + e.Alike + e.Topic + e.Dense; math.Abs(sum-h.Score) > 1e-4*(1+math.Abs(sum)) {
					t.Errorf("%q: the parts %+v sum to %f, the score is %f", question, e, sum, h.Score)
				}
				for level, beams := range w.Levels {
					on := 0
					for _, p := range beams {
						if len(p.ID) != level+1 {
							t.Errorf("a prefix %v at level %d", p.ID, level)
						}
						if slices.Equal(p.ID, h.Identifier[:level+1]) {
							on++
						}
					}
					if on != 1 {
						t.Errorf("%q: %d beams of level %d lead to hit %v", question, on, level, h.Identifier)
					}
				}
			}
		}
	}
	if w, err := r.Explain(ctx, "", 0, Options{}); err != nil || w.Found || w.Levels != nil {
		t.Errorf("no words lead to %+v, %v", w, err)
	}
}
