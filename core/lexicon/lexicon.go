// Package lexicon finds items by the words that are said of them: BM25 whose
// terms also match words that are spelt alike or mean nearly the same. It is the
// part of a hybrid search that needs no network, and its scores are the prior
// that guides the beam (a set-based prior as in PAG, arXiv 2404.14600).
package lexicon

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"ace/core/gemm"
	"ace/core/query"
)

// Parameters of BM25 (Robertson and Zaragoza 2009, section 3).
const (
	k1 = 1.2
	b  = 0.75
)

// Word is a word of an item: Weight is how often it is said of the item, or how
// probable it is that it would be.
type Word struct {
	Word   string // as text.Words gives it
	Weight float32
}

// Index is the words of a collection's items. Words that differ only by a
// common English ending are one term.
type Index struct {
	terms   []string          // the commonest spelling of each term
	byStem  map[string]uint32 // stem to term
	byGram  *gramIndex
	first   []uint32  // postings of term t are first[t]..first[t+1]-1
	item    []uint32  // ascending within a term
	weight  []float32 // BM25's saturated frequency of the term in the item
	idf     []float32
	sense   []float32 // [terms, dim], zeros where a term has no vector
	topic   []float32 // [items, dim], the direction of each item's terms together
	said    []bool    // [items] whether anything is said of an item
	vectors query.Vectors
}

// Count is what an index is made of, and what a bundle stores.
type Count struct {
	Items int
	Terms []string // in the order of their stems
	First []uint32 // [terms+1]
	Item  []uint32
	Times []uint8 // how often, in units of 1/16, at most 255
}

const timesUnit = 16

// Collect counts the words of the items.
func Collect(items [][]Word) *Count {
	type spelt struct {
		word  string
		total float32
	}
	type entry struct {
		spellings []spelt
		postings  map[uint32]float32
	}
	terms := map[string]*entry{}
	for i, words := range items {
		for _, w := range words {
			s := Stem(w.Word)
			e := terms[s]
			if e == nil {
				e = &entry{postings: map[uint32]float32{}}
				terms[s] = e
			}
			e.postings[uint32(i)] += w.Weight
			if k := slices.IndexFunc(e.spellings, func(p spelt) bool { return p.word == w.Word }); k >= 0 {
				e.spellings[k].total += w.Weight
			} else {
				e.spellings = append(e.spellings, spelt{w.Word, w.Weight})
			}
		}
	}
	c := &Count{Items: len(items), First: []uint32{0}}
	stems := make([]string, 0, len(terms))
	for s := range terms {
		stems = append(stems, s)
	}
	slices.Sort(stems)
	for _, s := range stems {
		e := terms[s]
		best := slices.MinFunc(e.spellings, func(a, b spelt) int {
			return cmp.Or(cmp.Compare(b.total, a.total), strings.Compare(a.word, b.word))
		})
		c.Terms = append(c.Terms, best.word)
		at := len(c.Item)
		for i := range e.postings {
			c.Item = append(c.Item, i)
		}
		slices.Sort(c.Item[at:])
		for _, i := range c.Item[at:] {
			c.Times = append(c.Times, uint8(min(max(math.Round(float64(e.postings[i]*timesUnit)), 1), 255)))
		}
		c.First = append(c.First, uint32(len(c.Item)))
	}
	return c
}

// New makes an index of counted words. vectors says which words mean nearly the
// same; it may be nil.
func New(c *Count, vectors query.Vectors) *Index {
	x := &Index{terms: c.Terms, first: c.First, item: c.Item, vectors: vectors,
		byStem: make(map[string]uint32, len(c.Terms)), byGram: newGramIndex(c.Terms),
		weight: make([]float32, len(c.Item)), idf: make([]float32, len(c.Terms))}
	x.said = make([]bool, c.Items)
	length, mean := make([]float64, c.Items), 0.0
	for i, n := range c.Times {
		length[c.Item[i]] += float64(n) / timesUnit
		x.said[c.Item[i]] = true
		mean += float64(n) / timesUnit
	}
	mean /= float64(max(c.Items, 1))
	var idf float32
	for t, w := range c.Terms {
		from, to := c.First[t], c.First[t+1]
		x.byStem[Stem(w)] = uint32(t)
		if t == 0 || to-from != from-c.First[t-1] { // most terms are of one item, or two
			n := float64(to - from)
			idf = float32(math.Log(1 + (float64(c.Items)-n+0.5)/(n+0.5)))
		}
		x.idf[t] = telling(w, idf)
		for i := from; i < to; i++ {
			tf := float64(c.Times[i]) / timesUnit
			x.weight[i] = float32(tf * (k1 + 1) / (tf + k1*(1-b+b*length[c.Item[i]]/mean)))
		}
	}
	if vectors != nil {
		d := vectors.Dim()
		x.sense = make([]float32, len(c.Terms)*d)
		for t, w := range c.Terms {
			if row, ok := vectors.Find(w); ok {
				vectors.Vector(row, x.sense[t*d:(t+1)*d])
			}
		}
		x.topic = x.topics(c.Items, d)
	}
	return x
}

// topics sums the vectors of each item's terms, the rarer the heavier.
func (x *Index) topics(items, d int) []float32 {
	out := make([]float32, items*d)
	for t := range x.terms {
		v := x.sense[t*d : (t+1)*d]
		for p := x.first[t]; p < x.first[t+1]; p++ {
			gemm.Axpy(x.idf[t], v, out[int(x.item[p])*d:][:d])
		}
	}
	for i := range items {
		unit(out[i*d : (i+1)*d])
	}
	return out
}

// unit brings v to length 1, unless it is 0.
func unit(v []float32) {
	if n := math.Sqrt(float64(gemm.Dot(v, v))); n > 1e-9 {
		for i := range v {
			v[i] = float32(float64(v[i]) / n)
		}
	}
}

// Has tells whether the collection uses the word, whatever its ending.
func (x *Index) Has(word string) bool {
	_, ok := x.byStem[Stem(word)]
	return ok
}

// Says tells whether an item has any words.
func (x *Index) Says(item int) bool { return x.said[item] }

// Stem cuts the commonest English endings off a word: enough for a word and its
// plural to be one term.
func Stem(w string) string {
	if strings.HasSuffix(w, "ies") && len(w) > 5 {
		return w[:len(w)-3] + "y"
	}
	for _, end := range []string{"ing", "ed", "es", "s"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return w[:len(w)-len(end)]
		}
	}
	return w
}
