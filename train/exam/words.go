package exam

import (
	"ace/core"
	"ace/core/text"
	"ace/train/corpus"
	"ace/train/score"
)

// How a question's words stand to the texts of the items.
const (
	ownWords   = "own"    // a right item has all of them
	someWords  = "some"   // of the right items the best has some
	otherWords = "others" // no right item has any; others have
	newWords   = "new"    // no item has any
)

// ByWords is how a system did on the questions of one sort.
type ByWords struct {
	Words     string `json:"words"` // own, some, others or new: whose words the questions have
	Questions int    `json:"questions"`
	score.Score
}

// sorts tells of each question whose words it has.
func sorts(items []core.Item, questions []Question, relevant []map[int]bool) []string {
	having := corpus.ByStem(corpus.Read(items))
	out := make([]string, len(questions))
	for n, q := range questions {
		words, most := text.Words(q.Query), 0
		for i := range relevant[n] {
			most = max(most, having.Of(i, words))
		}
		switch {
		case most > 0 && most == len(words):
			out[n] = ownWords
		case most > 0:
			out[n] = someWords
		default:
			out[n] = newWords
			for _, w := range words {
				if having.Has(w) {
					out[n] = otherWords
				}
			}
		}
	}
	return out
}

// byWords sums the ranks up for each sort of question that there is.
func (e *Exam) byWords(ranks []int) []ByWords {
	var out []ByWords
	for _, sort := range []string{ownWords, someWords, otherWords, newWords} {
		var of []int
		for n, rank := range ranks {
			if e.sorts[n] == sort {
				of = append(of, rank)
			}
		}
		if len(of) > 0 {
			out = append(out, ByWords{sort, len(of), score.Summarise(of)})
		}
	}
	return out
}
