package trie

import (
	"math/bits"

	"ace/core"
)

// Filter is a set of items with rank: how many of its items lie in a range is
// known in two look-ups, so a prefix is legal when its range holds an allowed
// item, and filtering is exact inside the beam.
type Filter struct {
	words []uint64
	rank  []uint32 // items in the set before word i
}

// NewFilter is the set of the items, of n, that allowed accepts.
func NewFilter(n int, allowed func(i int) bool) *Filter {
	f := &Filter{words: make([]uint64, n/64+1), rank: make([]uint32, n/64+2)}
	for i := range n {
		if allowed(i) {
			f.words[i/64] |= 1 << (i % 64)
		}
	}
	for i, w := range f.words {
		f.rank[i+1] = f.rank[i] + uint32(bits.OnesCount64(w))
	}
	return f
}

func (f *Filter) before(i uint32) uint32 {
	return f.rank[i/64] + uint32(bits.OnesCount64(f.words[i/64]&(1<<(i%64)-1)))
}

// Count is how many items of r are in the set.
func (f *Filter) Count(r core.Range) int { return int(f.before(r.Hi) - f.before(r.Lo)) }

// Has tells whether item i is in the set.
func (f *Filter) Has(i uint32) bool { return f.words[i/64]>>(i%64)&1 == 1 }

// Words are the set as bits, and for each word how many items come before it.
func (f *Filter) Words() (words []uint64, ranks []uint32) { return f.words, f.rank }
