package corpus

import (
	"math/rand/v2"
	"slices"
)

const (
	longestSnatch = 3 // words
	leastSnatched = 4 // words of a text that a snatch comes from
)

// Snatches are a few words in a row of each held-out text that is longer, one of
// them telling: what a visitor in a hurry types where the texts are sentences. They
// describe every item that has all their words.
func Snatches(items []Item, held []Held, telling func(word string) bool, seed uint64) []Held {
	rng := rand.New(rand.NewPCG(seed, 0x5a7c))
	having := ByStem(items)
	var out []Held
	for _, h := range held {
		n := 1 + rng.IntN(longestSnatch)
		if h.Stripped || len(h.Words) < leastSnatched {
			continue
		}
		var pieces [][]string
		for at := range len(h.Words) - n + 1 {
			if w := h.Words[at : at+n]; slices.ContainsFunc(w, telling) {
				pieces = append(pieces, w)
			}
		}
		if len(pieces) == 0 {
			continue
		}
		w := pieces[rng.IntN(len(pieces))]
		if all := having.All(w); len(all) > 0 {
			out = append(out, Held{Words: w, Items: all})
		}
	}
	return out
}
