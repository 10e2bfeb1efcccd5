package index

import (
	"ace/core/lexicon"
	"ace/core/sense"
)

// commonWords is how many of the commonest words of the language a size brings
// along beside the collection's own.
var commonWords = map[string]int{"tiny": 6000, "small": 20000, "base": 40000}

// chooseWords takes from the word vectors of the language those that a bundle needs.
func chooseWords(t *sense.Table, size string, words [][]lexicon.Word) *sense.Table {
	wanted := make([]bool, t.Len())
	for i := range min(commonWords[size], len(wanted)) {
		wanted[i] = true
	}
	for _, item := range words {
		for _, w := range item {
			if row, ok := t.Find(w.Word); ok {
				wanted[row] = true
			}
		}
	}
	var rows []int
	for i, ok := range wanted {
		if ok {
			rows = append(rows, i)
		}
	}
	return t.Subset(rows)
}
