package feature

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"ace/core"
	"ace/core/text"
)

// maxTerms bounds the vocabulary; the terms of most items are kept.
const maxTerms = 1 << 16

// textModel turns an item's words into a vector: TF-IDF over terms, projected
// on the leading singular vectors of the collection (latent semantic analysis,
// Deerwester et al. 1990).
type textModel struct {
	terms map[string]int32
	idf   []float32  // [terms], squared: the words of all items say little
	basis *mat.Dense // [terms, dims]
}

// itemWords are all the texts of an item.
func itemWords(it *core.Item) []string {
	texts := make([]string, 0, 1+len(it.Captions)+len(it.Keywords))
	if it.Title != "" {
		texts = append(texts, it.Title)
	}
	return append(append(texts, it.Captions...), it.Keywords...)
}

// countTerms calls add for every term of the texts.
func countTerms(texts []string, add func(term string)) {
	for _, t := range texts {
		for _, w := range text.Words(t) {
			add(w)
		}
	}
}

// fitText learns the model from the texts of N items and returns their TF-IDF
// rows projected: [N, dims], zero where there are no words; nil if there are none at all.
func fitText(texts [][]string, dims, threads int, rng *rand.Rand) (*textModel, *mat.Dense) {
	n := len(texts)
	df := map[string]int{}
	for _, t := range texts {
		seen := map[string]bool{}
		countTerms(t, func(w string) {
			if !seen[w] {
				seen[w] = true
				df[w]++
			}
		})
	}
	vocabulary := make([]string, 0, len(df))
	for w := range df {
		vocabulary = append(vocabulary, w)
	}
	slices.SortFunc(vocabulary, func(a, b string) int { return cmp.Or(df[b]-df[a], cmp.Compare(a, b)) })
	vocabulary = vocabulary[:min(len(vocabulary), maxTerms)]
	m := &textModel{terms: make(map[string]int32, len(vocabulary)), idf: make([]float32, len(vocabulary))}
	for i, w := range vocabulary {
		m.terms[w] = int32(i)
		idf := math.Log(float64(1+n)/float64(1+df[w])) + 1
		m.idf[i] = float32(idf * idf)
	}
	rows := m.tfidf(texts)
	if len(vocabulary) == 0 {
		return m, nil
	}
	m.basis = rightSingular(rows, dims, threads, rng)
	return m, rows.mul(m.basis, threads)
}

// tfidf returns one row of unit length for each list of texts: (1 + log tf)·idf².
func (m *textModel) tfidf(texts [][]string) *sparse {
	s := &sparse{rows: len(texts), cols: len(m.idf), start: make([]int, 1, len(texts)+1)}
	for _, t := range texts {
		count := map[int32]int{}
		countTerms(t, func(w string) {
			if c, ok := m.terms[w]; ok {
				count[c]++
			}
		})
		from := len(s.col)
		for c := range count {
			s.col = append(s.col, c)
		}
		slices.Sort(s.col[from:])
		var sum float64
		for _, c := range s.col[from:] {
			v := (1 + math.Log(float64(count[c]))) * float64(m.idf[c])
			s.val = append(s.val, float32(v))
			sum += v * v
		}
		for i := range s.val[from:] {
			s.val[from+i] /= float32(math.Sqrt(sum))
		}
		s.start = append(s.start, len(s.col))
	}
	return s
}
