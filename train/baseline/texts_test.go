package baseline

import (
	"fmt"
	"slices"
	"testing"

	"ace/core"
)

func TestTextsOf(t *testing.T) {
	it := core.Item{Title: "Red Fox", Captions: []string{"red fox!", "a fox", " "}, Keywords: []string{"fox", "A fox."}}
	if got, want := textsOf(&it), []string{"Red Fox", "a fox", "fox"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// made is n items with up to four texts, one of them shared by item and item+1.
func made(n int) [][]string {
	texts := make([][]string, n)
	for i := range texts {
		for k := range i % 4 {
			texts[i] = append(texts[i], fmt.Sprintf("item %d text %d", i, k))
		}
		if i%4 == 3 {
			texts[i] = append(texts[i], fmt.Sprint("shared by both ", i))
			texts[i-1] = append(texts[i-1], fmt.Sprint("shared by both ", i))
		}
	}
	return texts
}

func TestHoldOne(t *testing.T) {
	texts := made(400)
	h := holdOne(texts, 150, 1)
	if len(h.queries) != 150 || h.stripped != nil {
		t.Fatalf("%d questions, want 150 among all", len(h.queries))
	}
	shared := false
	for n, q := range h.queries {
		gone := 0
		for i := range texts {
			has, left := slices.Contains(texts[i], q), slices.Contains(h.texts[i], q)
			if has != h.relevant[n][i] {
				t.Errorf("%q: item %d relevant: %v", q, i, h.relevant[n][i])
			}
			if has && !left {
				gone++
			}
		}
		if gone == 0 || gone > len(h.relevant[n]) {
			t.Errorf("%q is gone from %d items", q, gone)
		}
		shared = shared || len(h.relevant[n]) == 2
	}
	if !shared {
		t.Error("no text of two items was asked for")
	}
	for i := range texts {
		if lost := len(texts[i]) - len(h.texts[i]); lost > 1 || lost == 1 && len(texts[i]) < 2 {
			t.Errorf("item %d lost %d of %d texts", i, lost, len(texts[i]))
		}
	}
}

func TestHoldAll(t *testing.T) {
	texts := made(400)
	one := holdOne(texts, 50, 1)
	h := one.holdAll(40, 1)
	if len(h.stripped) != 40 {
		t.Fatalf("%d items stripped, want 40", len(h.stripped))
	}
	asked := 0
	for i := range texts {
		switch {
		case !h.stripped[i] && len(h.texts[i]) != len(one.texts[i]):
			t.Errorf("item %d was not stripped and lost texts", i)
		case h.stripped[i] && (h.texts[i] != nil || len(one.texts[i]) == 0):
			t.Errorf("item %d: stripped of %d texts, %d left", i, len(one.texts[i]), len(h.texts[i]))
		case h.stripped[i]:
			asked += len(one.texts[i])
		}
	}
	if len(h.queries) != asked {
		t.Errorf("%d questions, want %d", len(h.queries), asked)
	}
	for _, set := range one.relevant {
		for i := range set {
			if h.stripped[i] {
				t.Errorf("item %d is asked for by the texts that it lost", i)
			}
		}
	}
}
