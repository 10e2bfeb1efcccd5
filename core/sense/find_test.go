package sense

import (
	"math/rand/v2"
	"testing"

	"ace/core/text"
)

func TestFind(t *testing.T) {
	words := []string{
		"the", "box", "dog", "horse", "city", "movie", "run", "call", "stare", "star", "walk", "hope", "hop", "happy",
		"quick", "gentle", "big", "mix", "tshirt", "glass", "bus", "ring", "sing", "fish", "potato", "try", "as", "ca",
		"жизнь",
	}
	x := make([]float32, len(words))
	for i := range x {
		x[i] = 1
	}
	table, err := New(words, x, 1)
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"box": "box", "boxes": "box", "dogs": "dog", "dog's": "dog", "horses": "horse", "cities": "city", "movies": "movie",
		"running": "run", "runner": "run", "called": "call", "calling": "call", "caller": "call", "stared": "stare",
		"starred": "star", "staring": "stare", "walked": "walk", "walks": "walk", "hoping": "hope", "hopping": "hop",
		"happily": "happy", "happier": "happy", "quickly": "quick", "gently": "gentle", "bigger": "big", "mixing": "mix",
		"t-shirt": "tshirt", "t-shirts": "tshirt", "glasses": "glass", "buses": "bus", "singer": "sing", "fishes": "fish",
		"potatoes": "potato", "tried": "try", "tries": "try", "жизнь": "жизнь",
		"th": "", "bo": "", "cas": "", "ass": "", "box1": "", "ing": "", "ed": "", "": "", "mix-": "mix", "glas": "", "cased": "",
	} {
		row, ok := table.Find(word)
		if got := ""; ok != (want != "") || ok && table.Word(row) != want {
			if ok {
				got = table.Word(row)
			}
			t.Errorf("Find(%q) = %q, want %q", word, got, want)
		}
	}
}

// Find never fails on what a text holds, and never gives a row that is not there.
func FuzzFind(f *testing.F) {
	words := []string{"a", "run", "box", "city", "e", "stare", "日"}
	x := make([]float32, len(words))
	for i := range x {
		x[i] = 1
	}
	table, err := New(words, x, 1)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"running boxes", "ssssing", "--ing", "''''s", "ed er ly", "日ed", "\xffing"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, w := range append(text.Words(s), s) {
			if row, ok := table.Find(w); ok && (row < 0 || row >= table.Len()) || !ok && row != 0 {
				t.Fatalf("Find(%q) = %d, %v", w, row, ok)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	table, _ := random(b, 10000, 4)
	rng := rand.New(rand.NewPCG(1, 1))
	for b.Loop() {
		table.Find(table.Word(rng.IntN(table.Len())) + "ing")
	}
}
