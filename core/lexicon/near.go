package lexicon

import (
	"cmp"
	"slices"

	"ace/core/query"
)

// leastNear is how alike a word has to be to one of a query to be offered for it.
const leastNear = 0.1

// Near lists words that the collection uses and that are nearest to those of a
// query, the likest first: of each of the query's words at most two, and the word
// itself where the collection has it and the query has others too.
func (x *Index) Near(q *query.Query, most int) []string {
	var (
		found []match
		room  Scores
	)
	for i, w := range q.Words {
		taken := 0
		for _, m := range x.matches(w, q.Vector(i), &room) {
			if m.alike < leastNear || taken == 2 {
				break
			}
			if x.idf[m.term] < common || m.alike == 1 && len(q.Words) == 1 {
				continue
			}
			found = append(found, m)
			if taken++; m.alike == 1 {
				break
			}
		}
	}
	slices.SortStableFunc(found, func(a, b match) int { return cmp.Compare(b.alike, a.alike) })
	var words []string
	for _, m := range found {
		if w := x.terms[m.term]; len(words) < most && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}
