package fit

import (
	"math/rand/v2"
	"slices"

	"ace/core/query"
	"ace/core/text"
	"ace/train/corpus"
)

// pair is one text to learn from: the words and the item's number. Words in bare
// lose their spelling, so that the network learns to go by what they mean.
type pair struct {
	words []string
	item  int
	bare  bits
}

// bits is a set of places of a text.
type bits [text.MaxTokens]spelling

// spelling says what a word keeps of its pieces.
type spelling uint8

const (
	whole spelling = iota // everything
	parts                 // the n-grams alone
	none                  // nothing
)

// epoch lists the pairs of one pass: every caption and every keyword, and for
// each item mixes of what it has, each then noised as a visitor's question
// would be.
func epoch(items []corpus.Item, rng *rand.Rand) []pair {
	var out []pair
	for i, k := range items {
		add := func(w []string) { out = append(out, pair{noise(w, rng), i, bare(rng)}) }
		for _, c := range k.Captions {
			add(c)
		}
		for _, w := range k.Keywords {
			add(w)
		}
		if n := len(k.Keywords); n > 1 {
			add(mix(k.Keywords, 2+rng.IntN(min(n, 4)-1), rng))
		}
		if n := len(k.Captions); n > 0 && len(k.Keywords) > 0 {
			add(slices.Concat(k.Captions[rng.IntN(n)], k.Keywords[rng.IntN(len(k.Keywords))]))
		}
		if n := len(k.Captions); n > 1 {
			a, b := k.Captions[rng.IntN(n)], k.Captions[rng.IntN(n)]
			add(slices.Concat(drop(a, 0.5, rng), drop(b, 0.5, rng)))
		}
		for range min(len(k.Borrowed), borrowedTexts) {
			add(k.Borrowed[rng.IntN(len(k.Borrowed))])
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

// borrowedTexts is how many texts of others an item without its own learns from
// in an epoch.
const borrowedTexts = 5

// bare draws the words that lose their spelling.
func bare(rng *rand.Rand) (b bits) {
	for i := range b {
		if rng.Float64() < bareShare {
			b[i] = parts + spelling(rng.IntN(2))
		}
	}
	return b
}

// strip takes from an encoded text what the words at hand lose. A word without
// a vector keeps its pieces.
func strip(q query.Query, b bits) query.Query {
	if q.Sense == nil {
		return q
	}
	pieces, start := make([]uint32, 0, len(q.Pieces)), make([]uint32, 1, len(q.Start))
	for i := range q.Len() {
		p := q.Pieces[q.Start[i]:q.Start[i+1]]
		if b[i] != whole && q.Vector(i) != nil {
			if p = p[text.Whole(p):]; b[i] == none {
				p = nil
			}
		}
		pieces = append(pieces, p...)
		start = append(start, uint32(len(pieces)))
	}
	if len(pieces) > 0 {
		q.Pieces, q.Start = pieces, start
	}
	return q
}

// Shares of the noises.
const (
	bareShare  = 0.15 // of the words go by their meaning,
	noisyShare = 0.5  // of the texts lose words,
	wordDrop   = 0.2  // each of these;
	typedShare = 0.1  // end in the middle of a word, as while it is typed;
	typoShare  = 0.1  // have one letter wrong
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
