// Package baseline holds what a search by meaning must beat, on the same texts
// and scored by the same evaluator.
package baseline

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"ace/core"
	"ace/train/score"
)

// BM25 ranks items by the words that they share with a query (Robertson and
// Zaragoza 2009, "The Probabilistic Relevance Framework", section 3): what a
// search over captions gives without meaning.
type BM25 struct {
	K1, B    float64
	postings map[string][]posting
	lengths  []float64
	mean     float64
	scores   []float64 // [N], of the last query
}

type posting struct {
	item  int
	count float64
}

// The usual values, Lucene's among them.
const (
	usualK1 = 1.2
	usualB  = 0.75
)

// NewBM25 indexes the title, captions and keywords of the items, each as often
// as it stands there, with the usual k1 and b.
func NewBM25(items []core.Item) *BM25 {
	texts := make([][]string, len(items))
	for i := range items {
		it := &items[i]
		texts[i] = append(append([]string{it.Title}, it.Captions...), it.Keywords...)
	}
	return indexTexts(texts)
}

func indexTexts(texts [][]string) *BM25 {
	b := &BM25{K1: usualK1, B: usualB, postings: map[string][]posting{}, lengths: make([]float64, len(texts)), scores: make([]float64, len(texts))}
	for i, list := range texts {
		count := map[string]float64{}
		for _, s := range list {
			for _, w := range terms(s) {
				count[w]++
				b.lengths[i]++
			}
		}
		for w, n := range count {
			b.postings[w] = append(b.postings[w], posting{i, n})
		}
		b.mean += b.lengths[i] / float64(len(texts))
	}
	return b
}

// Scores gives every item's score, 0 for those that share no word. The slice is
// valid until the next call.
func (b *BM25) Scores(query string) []float64 {
	clear(b.scores)
	n := float64(len(b.lengths))
	for _, w := range terms(query) {
		list := b.postings[w]
		if len(list) == 0 {
			continue
		}
		idf := math.Log(1 + (n-float64(len(list))+0.5)/(float64(len(list))+0.5))
		for _, p := range list {
			norm := b.K1 * (1 - b.B + b.B*b.lengths[p.item]/b.mean)
			b.scores[p.item] += idf * p.count * (b.K1 + 1) / (p.count + norm)
		}
	}
	return b.scores
}

// Rank is the place of the best relevant item, from 1, among the items that
// allowed accepts (nil: all); 0 when no relevant item shares a word. A tie counts
// against the item.
func (b *BM25) Rank(query string, relevant map[int]bool, allowed func(i int) bool) int {
	return score.Rank(b.Scores(query), 0, relevant, allowed)
}

// Setting says what k1 and b are.
func (b *BM25) Setting() string { return fmt.Sprintf("k1 %g, b %g", b.K1, b.B) }

// terms are lower-case runs of letters and digits, without the commonest English
// endings.
func terms(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	for i, w := range words {
		for _, end := range []string{"ing", "ed", "es", "s"} {
			if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
				words[i] = w[:len(w)-len(end)]
				break
			}
		}
	}
	return words
}
