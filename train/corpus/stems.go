package corpus

import (
	"slices"

	"ace/core/lexicon"
)

// Stems lists by the stem of a word the items that have it, ascending.
type Stems map[string][]int

// ByStem reads the items' own texts.
func ByStem(items []Item) Stems {
	having := Stems{}
	for i := range items {
		for _, t := range items[i].Texts() {
			for _, w := range t {
				s := lexicon.Stem(w)
				if l := having[s]; len(l) == 0 || l[len(l)-1] != i {
					having[s] = append(l, i)
				}
			}
		}
	}
	return having
}

// Has tells whether any item has the word.
func (s Stems) Has(word string) bool { return len(s[lexicon.Stem(word)]) > 0 }

// Of counts the words that item i has.
func (s Stems) Of(i int, words []string) (n int) {
	for _, w := range words {
		if _, ok := slices.BinarySearch(s[lexicon.Stem(w)], i); ok {
			n++
		}
	}
	return n
}

// All lists the items that have every one of the words, ascending.
func (s Stems) All(words []string) []int {
	times, distinct := map[int]int{}, map[string]bool{}
	for _, w := range words {
		if stem := lexicon.Stem(w); !distinct[stem] {
			distinct[stem] = true
			for _, i := range s[stem] {
				times[i]++
			}
		}
	}
	var out []int
	for _, i := range s[lexicon.Stem(words[0])] {
		if times[i] == len(distinct) {
			out = append(out, i)
		}
	}
	return out
}
