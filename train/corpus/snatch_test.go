package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestSnatches: they stand in the held-out text, tell something, and describe the
// items that have all their words.
func TestSnatches(t *testing.T) {
	var items []Item
	var held []Held
	for i := range 200 {
		items = append(items, Item{Captions: [][]string{{"the", "colour", fmt.Sprint("c", i%10), "of", fmt.Sprint("thing", i%50)}, {"alone"}}})
		held = append(held, Held{Words: []string{"of", "the", fmt.Sprint("c", i%10), "of", "the", fmt.Sprint("thing", i%50)}, Items: []int{i}})
	}
	held = append(held, Held{Words: []string{"too", "short"}}, Held{Words: []string{"of", "the", "of", "the"}}, Held{Words: []string{"by", "its", "medium", "c1"}, Stripped: true},
		Held{Words: []string{"nothing", "has", "these", "words"}})
	tells := func(w string) bool { return w != "of" && w != "the" }
	got := Snatches(items, held, tells, 1)
	if len(got) != 200 {
		t.Fatalf("%d snatches", len(got))
	}
	lengths := map[int]int{}
	for n, s := range got {
		lengths[len(s.Words)]++
		piece := strings.Join(s.Words, " ")
		if !strings.Contains(strings.Join(held[n].Words, " "), piece) || !slices.ContainsFunc(s.Words, tells) {
			t.Fatalf("%q of %q", piece, held[n].Words)
		}
		for i := range items {
			all := !slices.ContainsFunc(s.Words, func(w string) bool { return !slices.Contains(items[i].Captions[0], w) })
			if all != slices.Contains(s.Items, i) {
				t.Fatalf("%q of item %d: %v", piece, i, all)
			}
		}
	}
	if lengths[1] < 30 || lengths[2] < 30 || lengths[3] < 30 {
		t.Errorf("lengths %v", lengths)
	}
}

func TestSingle(t *testing.T) {
	own := Single(Read(things(20)))
	if !own("round") || !own("own3") || own("thing") {
		t.Error("words that are texts")
	}
}
