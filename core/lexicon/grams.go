package lexicon

import "unicode/utf8"

// gramLen is the runes of the pieces by which words are found to be spelt alike.
const gramLen = 3

// gram is a piece, 21 bits a rune.
type gram uint64

// grams calls f for the pieces of a word within its bounds; a short word has none.
func grams(w string, f func(gram)) {
	if utf8.RuneCountInString(w) < gramLen {
		return
	}
	g, n := gram('<'), 1
	add := func(r rune) {
		g = (g<<21 | gram(r)) & (1<<(21*gramLen) - 1)
		if n++; n >= gramLen {
			f(g)
		}
	}
	for _, r := range w {
		add(r)
	}
	add('>')
}

// gramIndex finds the terms that have a piece. Pieces lie in buckets, each one behind
// the other, in the order of the terms.
type gramIndex struct {
	first, end []uint32 // of each bucket, in grams and terms
	grams      []gram
	terms      []uint32
}

func newGramIndex(words []string) *gramIndex {
	all := 0
	for _, w := range words {
		all += len(w)
	}
	size := 16
	for size < all {
		size *= 2
	}
	x := &gramIndex{first: make([]uint32, size), end: make([]uint32, size)}
	count := uint32(0)
	for _, w := range words {
		grams(w, func(g gram) {
			x.end[x.bucket(g)]++
			count++
		})
	}
	at := uint32(0)
	for b, n := range x.end {
		x.first[b], x.end[b] = at, at
		at += n
	}
	x.grams, x.terms = make([]gram, count), make([]uint32, count)
	for t, w := range words {
		grams(w, func(g gram) {
			b := x.bucket(g)
			end := x.end[b]
			for i := end; i > x.first[b] && x.terms[i-1] == uint32(t); i-- {
				if x.grams[i-1] == g { // which the word has twice
					return
				}
			}
			x.grams[end], x.terms[end], x.end[b] = g, uint32(t), end+1
		})
	}
	return x
}

func (x *gramIndex) bucket(g gram) int {
	return int(uint64(g)*0x9e3779b97f4a7c15>>32) & (len(x.first) - 1)
}

// visit calls f for the terms that have a piece, in ascending order.
func (x *gramIndex) visit(g gram, f func(term uint32)) {
	b := x.bucket(g)
	for i := x.first[b]; i < x.end[b]; i++ {
		if x.grams[i] == g {
			f(x.terms[i])
		}
	}
}
