package ui

import (
	"strings"
	"testing"
)

// doubtful is a page over a collection that shows what fits by a half or more,
// and whose answers fit by a given share.
func doubtful(t *testing.T, fits float64) (*stage, *shelf) {
	e := newShelf(titles(60, "")...)
	e.info.Cutoff, e.sure = 0.5, fits
	s := newStage(t, e)
	s.until("card-0")
	return s, e
}

func (s *stage) choose(name string) {
	s.t.Helper()
	s.fire("strictness", "change", map[string]any{"target": map[string]any{"value": name}})
}

func TestNothingFits(t *testing.T) {
	s, e := doubtful(t, 0.2)
	s.typeText("thing")
	h := s.until("Nothing here fits “thing”.")
	if strings.Contains(h, "card-0") || s.root.status() != "Nothing here fits “thing”." {
		t.Errorf("cards are shown, or it is not said: %q", s.root.status())
	}
	s.press("q", "Enter")
	if s.root.screen.pending != nearestID {
		t.Errorf("Enter leads to %q", s.root.screen.pending)
	}
	s.fire(nearestID, "click", nil)
	h = s.until("Only the nearest: nothing fits “thing”")
	if n := strings.Count(h, `id="card-`); n != step || !strings.Contains(h, `class="grid far"`) || strings.Contains(h, nearestID+`"`) {
		t.Errorf("%d cards, marked as the nearest: %v", n, strings.Contains(h, "grid far"))
	}
	if got := s.root.status(); got != "24 nearest results, as nothing fits “thing”" {
		t.Errorf("announced: %q", got)
	}
	s.fire("more", "click", nil)
	if h = s.until("card-47"); !strings.Contains(h, "grid far") {
		t.Error("more of the nearest are taken for matches")
	}
	s.typeText("thin")
	s.until("Nothing here fits “thin”.") // the next question is held to the cut-off again
	e.mu.Lock()
	defer e.mu.Unlock()
	if last := e.asked[len(e.asked)-1]; last.Cutoff != nil {
		t.Errorf("asked with cut-off %v", *last.Cutoff)
	}
}

func TestNothingNear(t *testing.T) {
	s, _ := doubtful(t, 0) // as of a question without words
	s.typeText("!")
	if h := s.until("Nothing found for “!”"); strings.Contains(h, `id="nearest"`) {
		t.Error("offers what does not exist")
	}
}

func TestStrictness(t *testing.T) {
	s, _ := doubtful(t, 0.6)
	if h := s.html(); !strings.Contains(h, `<option value="All">All</option><option selected="selected" value="Usual">Usual</option><option value="Strict">Strict</option>`) {
		t.Error("the choice is not the usual")
	}
	s.typeText("thing")
	if h := s.until("Best matches for “thing”"); strings.Contains(h, "far") {
		t.Error("matches are marked as the nearest")
	}
	s.choose("Strict") // three quarters
	if h := s.until("Nothing here fits “thing”."); !strings.Contains(h, `<option selected="selected" value="Strict">Strict</option>`) {
		t.Error("the choice is not kept")
	}
	s.choose("Usual")
	s.until("Best matches for “thing”")
	s.choose("Strict")
	s.until("Nothing here fits “thing”.")
	s.choose("All")
	s.until("Best matches for “thing”")

	s, _ = doubtful(t, 0.2)
	s.choose("All")
	s.typeText("thing")
	s.until("Only the nearest: nothing fits “thing”") // shown unasked, and still said
}

func TestCollectionThatCannotTell(t *testing.T) {
	s := newStage(t, newShelf(titles(9, "")...))
	if h := s.until("card-0"); strings.Contains(h, "Strictness") {
		t.Error("a choice without an effect is offered")
	}
	s.typeText("thing")
	if h := s.until("Best matches"); strings.Contains(h, "far") {
		t.Error("everything is taken for the nearest")
	}
	for _, c := range []struct {
		mode               string
		cutoff, confidence float64
		want               string
	}{
		{"pure", 0, 0.5, ", 50 % sure"}, {Hybrid, 0.3, 0.824, ", 82 % sure"}, {Hybrid, 0.3, 0.9999, ", 99 % sure"},
		{Hybrid, 0.3, 0.001, ""}, {Hybrid, 0, 0.5, ""},
	} {
		s.root.tried.Mode, s.root.info.Cutoff = c.mode, c.cutoff
		d := &Detail{Page: s.root, Hit: s.root.hits[0]}
		d.Hit.Confidence = c.confidence
		if got := d.found(); got != "Identifier 1 · 2 · 0"+c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
