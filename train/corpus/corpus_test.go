package corpus

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/core/lexicon"
)

// things are items with captions and keywords; some texts stand with several.
func things(n int) []core.Item {
	out := make([]core.Item, n)
	for i := range out {
		out[i] = core.Item{ID: fmt.Sprint(i), Title: fmt.Sprint("thing ", i%7), Captions: []string{fmt.Sprint("thing ", i%7), fmt.Sprint("big round ", i%5), fmt.Sprint("own", i)},
			Keywords: []string{"round", fmt.Sprint("kind", i%3), fmt.Sprint("sort", i%4), "big"}}
	}
	return out
}

func TestReadKeepsEachTextOnce(t *testing.T) {
	items := Read(things(3))
	if got := items[1].Captions; len(got) != 3 || len(items[1].Keywords) != 4 || len(items[1].Texts()) != 7 {
		t.Errorf("captions %v, keywords %v", got, items[1].Keywords)
	}
	if words := Words(items); len(words[0]) != 10 || words[0][0] != (lexicon.Word{Word: "thing", Weight: 1}) {
		t.Errorf("words %v", words[0])
	}
	know := Knows(items)
	for w, want := range map[string]bool{"things": true, "own2": true, "elephant": false} {
		if know(w) != want {
			t.Errorf("knows %q: %v", w, know(w))
		}
	}
}

// TestHeldOutTextsAreGone: a held-out text is its items' no more, its items are
// those that had it, and the open ones have all its words otherwise.
func TestHeldOutTextsAreGone(t *testing.T) {
	all := Read(things(300))
	items := Read(things(300))
	held := HoldOut(items, 1)
	if len(held) < 5 || len(held) > len(items)/heldPart {
		t.Fatalf("%d texts held out", len(held))
	}
	for _, h := range held {
		text := strings.Join(h.Words, " ")
		has := func(it Item) bool {
			return slices.ContainsFunc(it.Texts(), func(w []string) bool { return strings.Join(w, " ") == text })
		}
		var want []int
		for i := range all {
			if has(all[i]) {
				want = append(want, i)
			}
		}
		got := slices.Clone(h.Items)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q: items %v, want %v", text, got, want)
		}
		if has(items[h.Items[0]]) {
			t.Errorf("%q still stands with item %d", text, h.Items[0])
		}
		for _, i := range h.Others {
			said := fmt.Sprint(items[i].Texts())
			for _, w := range h.Words {
				if slices.Contains(h.Items, i) || !strings.Contains(said, lexicon.Stem(w)) {
					t.Errorf("%q is open for item %d: %s", text, i, said)
				}
			}
		}
	}
	again := Read(things(300))
	if !reflect.DeepEqual(HoldOut(again, 1), held) || !reflect.DeepEqual(again, items) {
		t.Error("another choice the second time")
	}
	if few := Read(things(8)); len(HoldOut(few, 1)) != 0 || !reflect.DeepEqual(few, Read(things(8))) {
		t.Error("a small collection lost texts")
	}
}

// TestStrippedItems: where items have no words, others lose all of theirs and are
// asked for by what they were.
func TestStrippedItems(t *testing.T) {
	all := Read(things(300))
	for i := range 60 {
		all[5*i] = Item{}
	}
	items := slices.Clone(all)
	held := HoldOut(items, 1)
	stripped := map[int]int{}
	for _, h := range held {
		if !h.Stripped {
			continue
		}
		i := h.Items[0]
		stripped[i]++
		if len(items[i].Texts()) != 0 || !slices.ContainsFunc(all[i].Texts(), func(w []string) bool { return slices.Equal(w, h.Words) }) {
			t.Errorf("item %d is asked for by %v and still has %v", i, h.Words, items[i].Texts())
		}
	}
	if len(stripped) == 0 || len(stripped) > 300/strippedPart {
		t.Errorf("%d items are stripped", len(stripped))
	}
	for i := range items {
		if gone := len(items[i].Texts()) == 0 && len(all[i].Texts()) > 0; gone && stripped[i] == 0 && !slices.ContainsFunc(held, func(h Held) bool { return slices.Contains(h.Items, i) }) {
			t.Errorf("item %d lost its texts and nobody asks for it", i)
		}
	}
	for _, h := range HoldOut(Read(things(300)), 1) {
		if h.Stripped {
			t.Fatal("an item is stripped where all have words")
		}
	}
}
