package cpu

import (
	"cmp"
	"slices"
)

// MaxCodes is the most codes a level may have for Expand, whose work grows with
// their square.
const MaxCodes = 2048

// ExpandParams: Rows beams at a level of Codes codes, of each the best Keep
// children. Bits is the width of a code in the trie's column, 8 or 16, or 0 at
// the coarse level. Path weighs the log-probability.
type ExpandParams struct {
	Rows, Codes, Keep, Bits uint32
	Path                    float32
	Allowed                 uint32 // where the ranks of the set begin, in words; 0: all items are allowed
	Prior                   uint32 // where the maxima of the prior begin; 0: there is none
}

// Scratch is how many elements the kernel keeps ranks in, and codes.
func (p *ExpandParams) Scratch() int { return int(p.Rows) * 2 * (int(p.Codes+63) &^ 63) }

// Expand lists for each beam the prefixes that continue it by one code and have
// items, the highest rank first, equal ones by their code: constrained decoding
// (arXiv 2010.00904, section 3) by a trie that is a sorted list of identifiers.
// The rank is Path times the log-probability, plus the highest prior of its items.
//
// Bindings: beams [Rows]; trie, at the coarse level the place of each code's
// first item, [Codes+1], else the level's column of codes, packed; allowed or
// empty, a set of items as bits and, for each 64, how many come before; prior or
// empty, of each item, then the highest of each 64; logits [Rows, Codes];
// s, of Scratch elements; children [Rows, Keep]. Where there are fewer, they do
// not exist and have the rank Worst.
func Expand[T Float](a *Args[T]) {
	p := Unpack[ExpandParams](&a.P)
	beams, trie, allowed, prior, logits, children := a.B[0].U, a.B[1].U, a.B[2].U, a.B[3].F, a.B[4].F, a.B[6].U
	codes, keep := int(p.Codes), int(p.Keep)
	for r := 0; r < int(p.Rows); r++ {
		b := LoadBeam(beams, r)
		row := logits[r*codes : (r+1)*codes]
		lse := LogSumExp(row)
		all := make([]Beam, codes)
		for i := b.Lo; i < b.Hi; i++ {
			t := CodeOf(trie, p.Bits, i)
			c := &all[t]
			if c.Hi == 0 {
				c.Lo = i
			}
			c.Hi = i + 1
		}
		for t := range all {
			c := &all[t]
			c.Parent, c.Code, c.Rank = uint32(r), uint32(t), Worst
			exists, best := false, T(Worst)
			for i := c.Lo; i < c.Hi; i++ {
				if p.Allowed == 0 || allowed[i/32]>>(i%32)&1 == 1 {
					exists = true
				}
				if p.Prior > 0 {
					best = max(best, prior[i])
				}
			}
			if !exists {
				*c = Beam{Parent: uint32(r), Rank: Worst}
				continue
			}
			logp := T(b.LogProb) + (row[t] - lse)
			rank := T(p.Path) * logp
			if p.Prior > 0 {
				rank += best
			}
			c.LogProb, c.Rank = float32(logp), float32(rank)
		}
		slices.SortStableFunc(all, func(x, y Beam) int { return cmp.Compare(y.Rank, x.Rank) })
		for i, c := range all[:keep] {
			StoreBeam(children, r*keep+i, c)
		}
	}
}

// CodeOf is the code of item i in a column of codes of that many bits, or, for
// 0, in the list of the coarse codes' first items.
func CodeOf(trie []uint32, bits, i uint32) uint32 {
	if bits == 0 {
		code := uint32(0)
		for trie[code+1] <= i {
			code++
		}
		return code
	}
	n := 32 / bits // codes in a word
	return trie[i/n] >> (i % n * bits) & (1<<bits - 1)
}
