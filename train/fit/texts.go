package fit

import (
	"math/rand/v2"
	"slices"

	"ace/core"
	"ace/core/text"
)

// known is what is said of one item, in words.
type known struct {
	captions [][]string // sentences and titles
	keywords [][]string
}

// learn splits the items' texts into words. A title that is also a caption
// counts once.
func learn(items []core.Item) []known {
	out := make([]known, len(items))
	for i := range items {
		seen := map[string]bool{}
		add := func(to *[][]string, s string) {
			if w := text.Words(s); len(w) > 0 && !seen[s] {
				seen[s] = true
				*to = append(*to, w)
			}
		}
		for _, c := range items[i].Captions {
			add(&out[i].captions, c)
		}
		add(&out[i].captions, items[i].Title)
		for _, k := range items[i].Keywords {
			add(&out[i].keywords, k)
		}
	}
	return out
}

// pair is one text to learn from: the words and the item's number.
type pair struct {
	words []string
	item  int
}

// epoch lists the pairs of one pass: every caption and every keyword, and for
// each item mixes of what it has, each then noised as a visitor's question
// would be.
func epoch(items []known, rng *rand.Rand) []pair {
	var out []pair
	for i, k := range items {
		add := func(w []string) { out = append(out, pair{noise(w, rng), i}) }
		for _, c := range k.captions {
			add(c)
		}
		for _, w := range k.keywords {
			add(w)
		}
		if n := len(k.keywords); n > 1 {
			add(mix(k.keywords, 2+rng.IntN(min(n, 4)-1), rng))
		}
		if n := len(k.captions); n > 0 && len(k.keywords) > 0 {
			add(slices.Concat(k.captions[rng.IntN(n)], k.keywords[rng.IntN(len(k.keywords))]))
		}
		if n := len(k.captions); n > 1 {
			a, b := k.captions[rng.IntN(n)], k.captions[rng.IntN(n)]
			add(slices.Concat(drop(a, 0.5, rng), drop(b, 0.5, rng)))
		}
	}
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func mix(texts [][]string, n int, rng *rand.Rand) []string {
	var out []string
	for _, i := range rng.Perm(len(texts))[:n] {
		out = append(out, texts[i]...)
	}
	return out
}

// Shares of the noises.
const (
	noisyShare = 0.5 // of the texts lose words,
	wordDrop   = 0.2 // each of these;
	typedShare = 0.1 // end in the middle of a word, as while it is typed;
	typoShare  = 0.1 // have one letter wrong
)

func noise(words []string, rng *rand.Rand) []string {
	if rng.Float64() < noisyShare {
		words = drop(words, wordDrop, rng)
	}
	switch x := rng.Float64(); {
	case x < typedShare:
		last := []rune(words[len(words)-1])
		if n := len(last); n > 3 {
			words = append(slices.Clone(words[:len(words)-1]), string(last[:2+rng.IntN(n-2)]))
		}
	case x < typedShare+typoShare:
		i := rng.IntN(len(words))
		if w := []rune(words[i]); len(w) > 3 {
			words = slices.Clone(words)
			words[i] = typo(w, rng)
		}
	}
	return words
}

// drop leaves out each word with probability p, and keeps at least one.
func drop(words []string, p float64, rng *rand.Rand) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		if rng.Float64() >= p {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		out = append(out, words[rng.IntN(len(words))])
	}
	return out
}

// typo leaves out, doubles or swaps one letter after the first.
func typo(w []rune, rng *rand.Rand) string {
	i := 1 + rng.IntN(len(w)-2)
	switch rng.IntN(3) {
	case 0:
		return string(slices.Delete(slices.Clone(w), i, i+1))
	case 1:
		return string(slices.Insert(slices.Clone(w), i, w[i]))
	}
	w = slices.Clone(w)
	w[i], w[i+1] = w[i+1], w[i]
	return string(w)
}
