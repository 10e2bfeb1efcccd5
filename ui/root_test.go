package ui

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// titles makes n titles; those at the given positions hold a word.
func titles(n int, word string, at ...int) []string {
	t := make([]string, n)
	for i := range t {
		t[i] = "thing"
		if slices.Contains(at, i) {
			t[i] = word + " thing"
		}
	}
	return t
}

func TestFirstStateIsLoading(t *testing.T) {
	s := newStage(t, nil)
	h := s.html()
	for _, want := range []string{"Loading the collection", `id="q"`, `class="card ghost"`, `aria-busy="true"`} {
		if !strings.Contains(h, want) {
			t.Errorf("the first page lacks %q", want)
		}
	}
}

func TestItemsBeforeAnyQuery(t *testing.T) {
	e := newShelf(titles(40, "")...)
	e.info.Title, e.info.Examples = "My things", []string{"rain", "a dog"}
	e.info.Credits = []Credit{{"Someone, CC BY 4.0", "https://example.org/"}, {"Bad", "javascript:alert(1)"}}
	s := newStage(t, e)
	h := s.until("card-0")
	if n := strings.Count(h, `id="card-`); n != step {
		t.Errorf("%d cards, want %d", n, step)
	}
	for _, want := range []string{"<h1 dir=\"auto\">My things</h1>", "rain</button>", "a dog</button>", "40 items", "Someone, CC BY 4.0",
		`href="https://example.org/"`, `id="more"`, "Describe a picture, a sound or a film"} {
		if !strings.Contains(h, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"card ghost", "javascript:"} {
		if strings.Contains(h, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	if len(e.queries()) != 0 {
		t.Errorf("searched for %q before anything was typed", e.queries())
	}
}

func TestTypingShowsResults(t *testing.T) {
	s := newStage(t, newShelf(titles(30, "red", 3, 7)...))
	s.until("card-0")
	s.typeText("  red ")
	h := s.until("Best matches for “red”")
	if n := strings.Count(h, `id="card-`); n != 2 {
		t.Errorf("%d cards, want 2", n)
	}
	for _, want := range []string{"12 ms", "CPU", "30 items"} {
		if !strings.Contains(h, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if s.root.status() != "2 results for “red”" {
		t.Errorf("announced: %q", s.root.status())
	}
	s.typeText("")
	if h := s.until("card-2"); strings.Contains(h, "Best matches") {
		t.Error("an emptied box does not bring the collection back")
	}
}

func TestNewestQueryWins(t *testing.T) {
	e := newShelf(titles(30, "red", 3)...)
	s := newStage(t, e)
	s.until("card-0")
	e.hold = make(chan struct{})
	for _, text := range []string{"t", "th", "thi", "red"} {
		s.typeText(text)
	}
	e.hold <- struct{}{} // "t" is answered
	e.hold <- struct{}{} // and then the newest
	s.until("Best matches for “red”")
	if got := e.queries(); !slices.Equal(got, []string{"t", "red"}) {
		t.Errorf("asked for %q, want the first and the newest only", got)
	}
}

func TestComposedTextWaits(t *testing.T) {
	e := newShelf(titles(9, "かさ", 1)...)
	s := newStage(t, e)
	s.until("card-0")
	s.fire("q", "input", map[string]any{"isComposing": true, "target": map[string]any{"value": "か"}})
	s.fire("q", "compositionend", map[string]any{"target": map[string]any{"value": "かさ"}})
	s.until("Best matches for “かさ”")
	if got := e.queries(); !slices.Equal(got, []string{"かさ"}) {
		t.Errorf("asked for %q", got)
	}
}

func TestKindFilter(t *testing.T) {
	s := newStage(t, newShelf(titles(1000, "")...))
	h := s.until("card-0")
	for _, want := range []string{"Pictures</span><span class=\"count\">334", "Sounds</span><span class=\"count\">333", "All</span><span class=\"count\">1,000"} {
		if !strings.Contains(h, want) {
			t.Errorf("the filter lacks %q", want)
		}
	}
	s.lock.Lock()
	s.root.setKind(&kinds[1])
	s.lock.UnlockRender()
	for range 100 {
		if h = s.html(); !strings.Contains(h, `class="card image"`) {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if n := strings.Count(h, `class="card audio"`); n != step {
		t.Errorf("%d sounds, want %d", n, step)
	}
	if n := strings.Count(h, `class="play"`); n != step {
		t.Errorf("%d play buttons, want %d", n, step)
	}
	if strings.Count(h, `aria-pressed="true"`) != 1 {
		t.Error("not exactly one kind is pressed")
	}
}

func TestOneKindNeedsNoFilter(t *testing.T) {
	e := newShelf(titles(3, "")...)
	for i := range e.items {
		e.items[i].Kind = 0
	}
	e.info.Kinds = [3]int{3, 0, 0}
	if h := newStage(t, e).until("card-0"); strings.Contains(h, "aria-pressed") || !strings.Contains(h, "Describe a picture\"") {
		t.Error("a collection of pictures asks for other kinds")
	}
}

func TestShowMore(t *testing.T) {
	s := newStage(t, newShelf(titles(40, "")...))
	s.until("card-0")
	s.fire("more", "click", nil)
	h := s.until("card-39")
	if strings.Contains(h, `id="more"`) {
		t.Error("offers more than there is")
	}
	s.typeText("thing")
	h = s.until("Best matches")
	if strings.Contains(h, "card-24") {
		t.Error("a new query does not begin with few cards")
	}
}

func TestNothingFound(t *testing.T) {
	s := newStage(t, newShelf("a", "b", "c"))
	s.until("card-0")
	s.typeText("zebra")
	h := s.until("Nothing found for “zebra”")
	if strings.Contains(h, "card-0") || !strings.Contains(h, "other words") {
		t.Error("the empty page helps nobody")
	}
}

func TestFailures(t *testing.T) {
	e := newShelf("a")
	e.openErr = errNoBundle
	h := newStage(t, e).until("could not be loaded")
	for _, want := range []string{"answers 404", "Try again", `role="alert"`} {
		if !strings.Contains(h, want) {
			t.Errorf("the failed page lacks %q", want)
		}
	}
	if strings.Contains(h, "card ghost") {
		t.Error("the failed page still waits")
	}

	e = newShelf("red", "b")
	s := newStage(t, e)
	s.until("card-1")
	e.searchEr = errNoBundle
	s.typeText("red")
	if h := s.until("This search failed"); !strings.Contains(h, "card-1") {
		t.Error("a failed search takes the last results away")
	}
}

func TestHandlersSurvivePanics(t *testing.T) {
	s := newStage(t, newShelf("a", "b"))
	s.until("card-0")
	s.lock.Lock()
	s.root.hits = nil
	func() {
		defer s.root.rescue()
		_ = s.root.hits[5]
	}()
	s.lock.UnlockRender()
	s.until("Something went wrong")
}

func TestTextIsEscaped(t *testing.T) {
	const evil = `<img src=x onerror=alert(1)>"'&`
	e := newShelf(evil)
	e.items[0].Captions = []string{evil + "caption"}
	e.items[0].Keywords = []string{evil + "keyword"}
	e.items[0].URL = "javascript:alert(1)"
	e.info.Title, e.info.Examples = evil, []string{evil}
	s := newStage(t, e)
	s.until("card-0")
	s.fire("card-0", "click", nil)
	h := s.until("caption")
	s.typeText(evil)
	h += s.until("Best matches")
	if strings.Contains(h, "<img") || strings.Contains(h, `"javascript`) {
		t.Errorf("markup of the collection reaches the page:\n%s", h)
	}
}

// A missing graphics processor is told where it was asked for or has failed, and
// else left to those who point at the meter.
func TestDeviceIsTold(t *testing.T) {
	for _, lost := range []bool{false, true} {
		e := newShelf("a")
		e.info.Note, e.info.Lost = "no adapter", lost
		h := newStage(t, e).until("card-0")
		if strings.Contains(h, "CPU instead of GPU") != lost || !strings.Contains(h, `title="The graphics processor could not be used: no adapter"`) {
			t.Errorf("lost %v: %s", lost, h)
		}
	}
}
