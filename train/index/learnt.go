package index

import (
	"slices"
	"strings"

	"ace/core"
	"ace/core/text"
	"ace/train/corpus"
)

// LearntTexts are the texts of each item, as they stand there, but for those that
// are held out by this seed. Whoever makes vectors of texts before Understand is to
// take these: in the vector of its item a held-out text would be found all too well.
func LearntTexts(items []core.Item, seed uint64) [][]string {
	left := corpus.Read(items)
	corpus.HoldOut(left, seed)
	out := make([][]string, len(items))
	for i := range items {
		known := map[string]bool{}
		for _, words := range left[i].Texts() {
			known[strings.Join(words, " ")] = true
		}
		for _, said := range slices.Concat(items[i].Captions, []string{items[i].Title}, items[i].Keywords) {
			if key := strings.Join(text.Words(said), " "); key != "" && known[key] && !slices.Contains(out[i], said) {
				out[i] = append(out[i], said)
			}
		}
	}
	return out
}
