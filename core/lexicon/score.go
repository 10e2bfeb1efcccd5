package lexicon

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"ace/core/gemm"
	"ace/core/query"
)

// How alike two words are: 1 for the same term; less for words that share most
// of their spelling or whose vectors point the same way.
const (
	mostAlike  = 0.6 // of two different terms
	leastGrams = 0.3 // share of common pieces
	leastSense = 0.3 // cosine
	mostTerms  = 60  // that one word of a query stands for
	common     = 1.5 // idf below which a word stands for itself alone: some fifth of the items have it
)

// match is a term that a word of a query stands for.
type match struct {
	term  uint32
	alike float32
}

// Scores says how well items fit the words of a query.
type Scores struct {
	Item  []float32 // [items] sum over the query's words that an item has
	Alike []float32 // [items] sum over those that it has words like
	Topic []float32 // [items] cosine of what the query's words mean together with the item's
	// Exact is the share of the query, weighed by rarity, whose words are the
	// collection's own, from 0 to 1.
	Exact float32
	// Full is the score of an item of mean length that has each word once.
	Full  float32
	topic []float32 // of the query
	// Of the word at hand: how well each item has it, by a term that is not its
	// own, and which items do; the cosines of what it means with all terms.
	best   []float32
	alike  []bool
	having []uint32
	cosine []float32
}

// Score writes the scores of a query into s, whose memory is used again.
func (x *Index) Score(items int, q *query.Query, s *Scores) {
	if len(s.Item) != items {
		s.Item, s.Alike, s.Topic, s.best, s.alike = make([]float32, items), make([]float32, items), make([]float32, items), make([]float32, items), make([]bool, items)
	}
	clear(s.Item)
	clear(s.Alike)
	rare := float32(math.Log(1 + float64(items))) // for words that nobody uses
	d := len(x.sense) / max(len(x.terms), 1)
	if len(s.topic) != d {
		s.topic = make([]float32, d)
	}
	clear(s.topic)
	var exact, all float32
	for i, w := range q.Words {
		v := q.Vector(i)
		matches := x.matches(w, v, s)
		idf := telling(w, rare)
		if len(matches) > 0 && matches[0].alike == 1 {
			idf = x.idf[matches[0].term]
			exact += idf
		}
		all += idf
		if len(v) == d && d > 0 {
			gemm.Axpy(idf, v, s.topic)
		}
		s.having = s.having[:0]
		for _, m := range matches {
			for p := x.first[m.term]; p < x.first[m.term+1]; p++ {
				if n, v := x.item[p], m.alike*x.weight[p]; v > s.best[n] {
					if s.best[n] == 0 {
						s.having = append(s.having, n)
					}
					s.best[n], s.alike[n] = v, m.alike < 1
				}
			}
		}
		for _, n := range s.having {
			if s.alike[n] {
				s.Alike[n] += idf * s.best[n]
			} else {
				s.Item[n] += idf * s.best[n]
			}
			s.best[n] = 0
		}
	}
	unit(s.topic)
	gemm.Mul(false, true, 1, len(s.Topic), d, s.topic, d, x.topic, d, s.Topic, len(s.Topic), false)
	s.Full, s.Exact = all, 0
	if all > 0 {
		s.Exact = exact / all
	}
}

// matches lists the terms that a word stands for, the likest first.
func (x *Index) matches(word string, sense []float32, s *Scores) []match {
	alike := map[uint32]float32{}
	exact, known := x.byStem[Stem(word)]
	if known && x.idf[exact] < common {
		return []match{{exact, 1}}
	}
	if functional[word] {
		return nil
	}
	pieces := 0
	common := map[uint32]int{}
	grams(word, func(g gram) {
		pieces++
		x.byGram.visit(g, func(t uint32) { common[t]++ })
	})
	for t, n := range common {
		other := utf8.RuneCountInString(x.terms[t]) + 2 - gramLen + 1
		if j := float32(n) / float32(pieces+other-n); j > leastGrams {
			alike[t] = mostAlike * j
		}
	}
	if d := len(sense); d > 0 {
		if len(s.cosine) != len(x.terms) {
			s.cosine = make([]float32, len(x.terms))
		}
		gemm.Mul(false, true, 1, len(x.terms), d, sense, d, x.sense, d, s.cosine, len(x.terms), false)
		for t, c := range s.cosine {
			if c > leastSense {
				alike[uint32(t)] = max(alike[uint32(t)], mostAlike*c*c)
			}
		}
	}
	if known {
		alike[exact] = 1
	}
	out := make([]match, 0, len(alike))
	for t, a := range alike {
		out = append(out, match{t, a})
	}
	slices.SortFunc(out, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.term, b.term))
	})
	return out[:min(len(out), mostTerms)]
}
