// Package corpus is what is said of the items of a collection, as words: what
// the trainings learn from, and what they leave out to be judged by.
package corpus

import (
	"slices"

	"ace/core"
	"ace/core/lexicon"
	"ace/core/text"
)

// Item is what is said of one item, in words as text.Words gives them.
type Item struct {
	Captions [][]string // sentences and titles
	Keywords [][]string
	Borrowed [][]string // of an item that has neither: texts of others that might be its own
}

// Texts are the captions and the keywords.
func (i *Item) Texts() [][]string { return slices.Concat(i.Captions, i.Keywords) }

// Read splits the items' texts into words. A text that stands twice, as a title
// that is also a caption, counts once.
func Read(items []core.Item) []Item {
	out := make([]Item, len(items))
	for i := range items {
		seen := map[string]bool{}
		add := func(to *[][]string, s string) {
			if w := text.Words(s); len(w) > 0 && !seen[s] {
				seen[s] = true
				*to = append(*to, w)
			}
		}
		for _, c := range items[i].Captions {
			add(&out[i].Captions, c)
		}
		add(&out[i].Captions, items[i].Title)
		for _, k := range items[i].Keywords {
			add(&out[i].Keywords, k)
		}
	}
	return out
}

// Words lists the words of each item, and how often they are said of it.
func Words(items []Item) [][]lexicon.Word {
	out := make([][]lexicon.Word, len(items))
	for i := range items {
		for _, t := range items[i].Texts() {
			for _, w := range t {
				out[i] = append(out[i], lexicon.Word{Word: w, Weight: 1})
			}
		}
	}
	return out
}

// Knows tells whether a word, whatever its ending, is one of the items'.
func Knows(items []Item) func(word string) bool {
	return ByStem(items).Has
}

// Single tells the words that are a text by themselves.
func Single(items []Item) func(word string) bool {
	single := map[string]bool{}
	for i := range items {
		for _, t := range items[i].Texts() {
			if len(t) == 1 {
				single[t[0]] = true
			}
		}
	}
	return func(word string) bool { return single[word] }
}
