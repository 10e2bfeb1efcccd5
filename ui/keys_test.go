package ui

import (
	"slices"
	"strings"
	"testing"
)

// squares lays out n squares in rows of columns.
func squares(n, columns int) *layout {
	return arrange(slices.Repeat([]float64{1}, n), measures{width: columns * 112, caption: 50})
}

func TestMoved(t *testing.T) {
	for _, c := range []struct {
		key           string
		i, n, columns int
		to            int
		ok            bool
	}{
		{"ArrowRight", 0, 10, 4, 1, true},
		{"ArrowRight", 9, 10, 4, 9, true},
		{"ArrowLeft", 1, 10, 4, 0, true},
		{"ArrowLeft", 0, 10, 4, -1, true},
		{"ArrowDown", 1, 10, 4, 5, true},
		{"ArrowDown", 7, 10, 4, 9, true}, // the last row has two
		{"ArrowDown", 8, 10, 4, 8, true},
		{"ArrowDown", 0, 1, 4, 0, true},
		{"ArrowUp", 5, 10, 4, 1, true},
		{"ArrowUp", 3, 10, 4, -1, true},
		{"Home", 7, 10, 4, 0, true},
		{"End", 7, 10, 4, 9, true},
		{"Escape", 7, 10, 4, -1, true},
		{"a", 7, 10, 4, 0, false},
		{"Tab", 7, 10, 4, 0, false},
	} {
		if to, ok := moved(c.key, c.i, squares(c.n, c.columns), false); to != c.to || ok != c.ok {
			t.Errorf("%s from %d of %d in %d columns: %d, %v, want %d, %v", c.key, c.i, c.n, c.columns, to, ok, c.to, c.ok)
		}
	}
}

// Among rows of different cards the way leads to what stands above or below.
func TestMovedAmongProportions(t *testing.T) {
	l := arrange([]float64{2.4, 2.4, 1, 1, 1, 1, 1, 2.4, 2.4}, measures{width: 600, gap: 10, caption: 50})
	if len(l.rows) != 3 || l.rows[1].first != 2 || l.rows[2].first != 7 {
		t.Fatalf("%+v", l.rows)
	}
	for _, c := range []struct {
		key   string
		i, to int
	}{{"ArrowDown", 0, 3}, {"ArrowDown", 1, 5}, {"ArrowUp", 2, 0}, {"ArrowUp", 6, 1}, {"ArrowDown", 6, 8}} {
		if to, _ := moved(c.key, c.i, l, false); to != c.to {
			t.Errorf("%s from %d leads to %d, want %d", c.key, c.i, to, c.to)
		}
	}
}

func TestKeysOfTheBox(t *testing.T) {
	s := newStage(t, newShelf("a", "b"))
	s.until("card-0")
	for _, key := range []string{"ArrowDown", "Enter"} {
		s.root.screen.pending = ""
		if p := s.press("q", key); !p.prevented || s.root.screen.pending != "card-0" {
			t.Errorf("%s leads to %q", key, s.root.screen.pending)
		}
	}
	s.typeText("a")
	s.until("Best matches")
	s.press("q", "Escape")
	s.until("card-1")
	if s.root.query.Text != "" {
		t.Error("Escape does not clear the query")
	}
	if p := s.press("q", "x"); p.prevented {
		t.Error("a letter is taken from the box")
	}
}

func TestKeysOfACard(t *testing.T) {
	s := newStage(t, newShelf("a", "b", "c"))
	s.until("card-2")
	for _, c := range []struct{ card, key, focus string }{
		{"card-0", "ArrowRight", "card-1"},
		{"card-1", "Escape", "q"},
		{"card-0", "ArrowUp", "q"},
		{"card-1", "k", "q"},
		{"card-1", "Backspace", "q"},
		{"card-1", "Enter", ""},
		{"card-1", " ", ""},
		{"card-1", "Tab", ""},
	} {
		s.root.screen.pending = ""
		s.press(c.card, c.key)
		if got := s.root.screen.pending; got != c.focus {
			t.Errorf("%q on %s leads to %q, want %q", c.key, c.card, got, c.focus)
		}
	}
	s.root.screen.pending = ""
	s.fire("card-0", "keydown", map[string]any{"key": "c", "ctrlKey": true})
	if s.root.screen.pending != "" {
		t.Error("a shortcut of the browser is taken for typing")
	}
}

func TestDetail(t *testing.T) {
	e := newShelf("red a", "red b", "red c")
	e.items[1].Captions = []string{"red b", "a longer caption"}
	e.items[1].Keywords = []string{"crimson"}
	e.items[1].Meta = map[string]string{"year": "1999", "author": "someone"}
	e.items[1].URL = "https://example.org/b"
	s := newStage(t, e)
	s.until("card-2")
	s.typeText("red")
	s.until("Best matches")
	s.fire("card-1", "click", nil)
	h := s.until(`role="dialog"`)
	for _, want := range []string{`inert="inert"`, "a longer caption", "crimson", "<dt>author</dt>", "1999", `href="https://example.org/b"`,
		`href="./media/1.png"`, "Identifier 1 · 2 · 1, 50 % sure"} {
		if !strings.Contains(h, want) {
			t.Errorf("the detail view lacks %q", want)
		}
	}
	if strings.Index(h, "<dt>author") > strings.Index(h, "<dt>year") {
		t.Error("the facts are not in order")
	}
	s.press("detail", "ArrowRight")
	if h = s.html(); !strings.Contains(h, `<h2 id="detail-name" dir="auto">red c</h2>`) || !strings.Contains(h, `aria-label="Next" disabled="disabled"`) {
		t.Errorf("the next item is not shown: %s", h[strings.Index(h, "sheet"):])
	}
	s.press("detail", "ArrowRight") // there is none
	s.press("detail", "Escape")
	if h = s.html(); strings.Contains(h, "dialog") || strings.Contains(h, "inert") {
		t.Error("Escape does not close the view")
	}
	if s.root.screen.pending != "card-2" {
		t.Errorf("the focus goes to %q", s.root.screen.pending)
	}
}

func TestKeywordSearches(t *testing.T) {
	e := newShelf("red a", "crimson b")
	e.items[0].Keywords = []string{"crimson"}
	s := newStage(t, e)
	s.until("card-0")
	s.fire("card-0", "click", nil)
	s.until("dialog")
	s.lock.Lock()
	(&Detail{Page: s.root, Hit: s.root.detail.Hit}).search("crimson")
	s.lock.UnlockRender()
	if h := s.until("Best matches for “crimson”"); strings.Contains(h, "dialog") {
		t.Error("the view stays over the results")
	}
}

func TestSoundGoesOn(t *testing.T) {
	s := newStage(t, newShelf("rain", "thunder", "cloud", "x", "wind"))
	s.until("card-4")
	s.fire("Play thunder", "click", nil)
	h := s.until("Pause thunder")
	if !strings.Contains(h, `class="dock playing"`) || !strings.Contains(h, `class="card audio playing"`) {
		t.Error("the player does not show what plays")
	}
	s.typeText("cloud")
	if h = s.until("Best matches"); !strings.Contains(h, `class="dock playing"`) {
		t.Error("new results stop the sound")
	}
	s.fire("Pause", "click", nil)
	if h = s.html(); strings.Contains(h, "dock playing") || !strings.Contains(h, `class="dock"`) {
		t.Error("the player does not pause")
	}
	s.fire("Close the player", "click", nil)
	if h = s.html(); strings.Contains(h, "dock") {
		t.Error("the player does not close")
	}
}
