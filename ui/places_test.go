package ui

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"ace/core"
)

func TestAddressReadsWhatItWrote(t *testing.T) {
	audio := &kinds[core.Audio]
	for _, a := range []address{{}, {text: "a b"}, {text: "x&y=z", kind: audio, item: "id/1"},
		{kind: audio, filter: map[string]string{"group": "a=b", "source": "c"}}} {
		values := map[string][]string{}
		for _, p := range a.params() {
			if p[1] != "" {
				values[p[0]] = append(values[p[0]], p[1])
			}
		}
		b := readAddress(func(name string) []string { return values[name] })
		if a.text != b.text || a.kind != b.kind || a.item != b.item || !maps.Equal(a.filter, b.filter) {
			t.Errorf("%+v is read as %+v", a, b)
		}
	}
	odd := map[string][]string{"q": {"  a   b "}, "kind": {"smell"}, "filter": {"novalue", "=x", "k="}}
	if a := readAddress(func(name string) []string { return odd[name] }); a.text != "a b" || a.kind != nil || !maps.Equal(a.filter, map[string]string{"k": ""}) {
		t.Errorf("an odd address is read as %+v", a)
	}
}

func TestRecentQueries(t *testing.T) {
	s := newStage(t, newShelf("red a", "blue b", "green c"))
	s.until("card-2")
	for _, text := range []string{"red", "blue", "nothing", "red"} {
		s.typeText(text)
		s.until("“" + text + "”")
		for range 200 {
			if s.html(); len(s.root.recent) > 0 && s.root.recent[0] == text || text == "nothing" {
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
	s.typeText("")
	h := s.until(`<p>Recent</p>`)
	if !strings.Contains(h, `>red</button><button type="button" class="chip" dir="auto">blue</button>`) || strings.Contains(h, ">nothing<") {
		t.Error("not the queries that found something, the last first")
	}
	s.fire("Forget recent searches", "click", nil)
	if h = s.html(); strings.Contains(h, ">red</button>") {
		t.Error("they are not forgotten")
	}
	for i := range 10 {
		s.root.shown.Text, s.root.hits = strings.Repeat("x", i+1), make([]core.Hit, 1)
		s.root.remember()
	}
	if len(s.root.recent) != recentKept || s.root.recent[0] != strings.Repeat("x", 10) {
		t.Errorf("kept: %q", s.root.recent)
	}
}

func TestFacets(t *testing.T) {
	e := newShelf(titles(30, "")...)
	for i := range e.items {
		e.items[i].Meta = map[string]string{"shelf": []string{"low", "high"}[min(i%5, 1)]}
	}
	s := newStage(t, e)
	h := s.until("low (6)")
	for _, want := range []string{`Shelf: all</option>`, `high (24)`} {
		if !strings.Contains(h, want) {
			t.Errorf("the filter lacks %q", want)
		}
	}
	s.fire("facet-0", "change", map[string]any{"target": map[string]any{"value": "low"}})
	h = s.until(`All</span><span class="count">6<`)
	for range 200 {
		if h = s.html(); strings.Count(h, `id="card-`) == 6 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if n := strings.Count(h, `id="card-`); n != 6 || !strings.Contains(h, `class="facet on"`) {
		t.Errorf("%d cards, want 6", n)
	}
	s.fire("card-0", "click", nil)
	if h = s.until("dialog"); !strings.Contains(h, ">low</button>") {
		t.Error("the fact is no filter")
	}
	s.lock.Lock()
	(&Detail{Page: s.root}).filter(Fact{"shelf", "high", true})
	s.lock.UnlockRender()
	s.until("card-23")
	if got := s.root.query.Filter; !maps.Equal(got, map[string]string{"shelf": "high"}) {
		t.Errorf("filtered by %v", got)
	}

	// Before the counts, which wait until nothing hurries, stand the lists.
	e.info.Fields, e.calm = []string{"shelf"}, make(chan struct{})
	s = newStage(t, e)
	if h = s.until("card-0"); !strings.Contains(h, `Shelf: all</option>`) || strings.Contains(h, "low (") {
		t.Error("no list, or counts, with the first answer")
	}
	close(e.calm)
	s.until("low (6)")

	e = newShelf(titles(fewItems+1, "")...)
	for i := range e.items {
		e.items[i].Meta = map[string]string{"shelf": []string{"low", "high"}[i%2]}
	}
	s = newStage(t, e)
	if h = s.until("card-0"); strings.Contains(h, "low (") {
		t.Error("all of a large collection is counted unasked")
	}
	s.fire("more-filters", "click", nil)
	s.until("low (1,025)")
}

func TestLessLikely(t *testing.T) {
	s, e := doubtful(t, 0.9)
	e.doubt = 3
	s.typeText("thing")
	h := s.until("Best matches")
	if n := strings.Count(h, `id="card-`); n != 3 || strings.Contains(h, `id="more"`) || s.root.status() != "3 results for “thing”" {
		t.Errorf("%d cards, announced %q", n, s.root.status())
	}
	if to, _ := moved("End", 0, s.root.layout(), false); to != 2 {
		t.Errorf("End leads to %d", to)
	}
	s.fire("less", "click", nil)
	if h = s.html(); strings.Count(h, " less\"") != step-3 || s.root.screen.pending != "card-3" || !strings.Contains(h, `id="more"`) {
		t.Errorf("%d cards are less likely", strings.Count(h, " less\""))
	}
	s.typeText("thin")
	s.until("“thin”")
	if h = s.html(); strings.Count(h, `id="card-`) != 3 {
		t.Error("the next answer is not folded")
	}
	s.choose("All")
	for range 200 {
		if h = s.html(); strings.Count(h, `id="card-`) == step {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if strings.Contains(h, `id="less"`) {
		t.Error("everything was wanted")
	}
}

func TestNearWords(t *testing.T) {
	s, e := doubtful(t, 0.2)
	e.near = []string{"truck", "bus"}
	s.typeText("thing")
	if h := s.until(">truck</button>"); !strings.Contains(h, "Words near it that the collection has:") {
		t.Error("the words are not explained")
	}
	s.lock.Lock()
	s.root.try("bus")
	s.lock.UnlockRender()
	s.until("“bus”")
}

func TestSimilar(t *testing.T) {
	s := newStage(t, newShelf(titles(40, "")...))
	s.until("card-0")
	s.fire("card-3", "click", nil)
	h := s.until("More like this")
	if n := strings.Count(h, `id="like-`) - 1; n != similarShown {
		t.Errorf("%d are like it", n)
	}
	s.fire("like-1", "click", nil) // item 5
	s.until("More like this")
	if s.root.detail.Hit.Index != 5 || s.root.depth != 2 {
		t.Errorf("item %d, %d entries of the history", s.root.detail.Hit.Index, s.root.depth)
	}
	s.press("detail", "ArrowRight") // it has no place in the grid
	if s.root.detail.Hit.Index != 5 {
		t.Error("there is something next to it")
	}
	s.press("detail", "Escape")
	if s.root.screen.pending != "card-3" {
		t.Errorf("the focus goes to %q", s.root.screen.pending)
	}
}

func TestExtended(t *testing.T) {
	hit := func(i int) core.Hit { return core.Hit{Index: i} }
	got := extended([]core.Hit{hit(3), hit(1)}, []core.Hit{hit(7), hit(1), hit(3), hit(2)})
	if !slices.EqualFunc(got, []int{3, 1, 7, 2}, func(h core.Hit, i int) bool { return h.Index == i }) {
		t.Errorf("%v", got)
	}
}
