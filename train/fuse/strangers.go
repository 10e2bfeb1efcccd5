package fuse

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"ace/core/text"
)

// Lexicon of a language, the commonest words first, such as sense.Table.
type Lexicon interface {
	Len() int
	Word(row int) string
	Find(word string) (row int, ok bool)
}

// telling is the part of the scale of the words' ranks, by their logarithm, beyond
// which words have a meaning of their own.
const telling = 0.4

// Telling tells words that mean something by themselves, other than "of" and "the".
func Telling(words Lexicon) func(word string) bool {
	common := int(math.Pow(float64(words.Len()), telling))
	return func(w string) bool {
		row, ok := words.Find(w)
		return !ok || row >= common
	}
}

// leastStrangers are made up of each sort, however few questions there are.
const leastStrangers = 200

// Strangers makes up texts that belong to no collection: as many as there are
// questions, and as long, of words of the language drawn by their rank (Zipf's law);
// as many of one or two such words that mean something; and half as many of no
// words at all. One whose words all are texts of the collection, as own tells, is no
// stranger.
func Strangers(words Lexicon, own func(word string) bool, questions []Question, seed uint64) []string {
	if len(questions) == 0 {
		return nil
	}
	rng := rand.New(rand.NewPCG(seed, 0x57a6))
	n := max(len(questions), leastStrangers)
	draw := func(length int) []string {
		least := 0.0
		if length <= 2 { // short questions are made of words with a meaning
			least = telling
		}
		out := make([]string, length)
		for i := range out {
			u := least + (1-least)*rng.Float64()
			row := int(math.Exp(u*math.Log(float64(words.Len())))) - 1
			out[i] = words.Word(min(row, words.Len()-1))
		}
		return out
	}
	var out []string
	add := func(t []string) {
		if slices.ContainsFunc(t, func(w string) bool { return !own(w) }) {
			out = append(out, strings.Join(t, " "))
		}
	}
	for range n {
		add(draw(max(len(text.Words(questions[rng.IntN(len(questions))].Text)), 1)))
		add(draw(1 + rng.IntN(2)))
	}
	for range n / 2 {
		t := make([]string, 1+rng.IntN(3))
		for i := range t {
			t[i] = nonsense(rng)
		}
		add(t)
	}
	return out
}

// nonsense is letters as they come.
func nonsense(rng *rand.Rand) string {
	w := make([]byte, 3+rng.IntN(6))
	for i := range w {
		w[i] = byte('a' + rng.IntN(26))
	}
	return string(w)
}
