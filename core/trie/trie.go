// Package trie holds the identifiers that exist. Items are sorted by
// identifier, so a prefix is a range of items and the trie needs no nodes: for
// the coarse level the start of each code's range, for each finer level one
// column with the items' codes. At 1 M items and three fine levels of at most
// 256 codes that is 3 bytes an item, used as it lies in the file.
package trie

import (
	"fmt"

	"ace/core"
)

// Trie answers which codes may follow a prefix.
type Trie struct {
	levels []int
	first  []uint32 // [V_0 + 1]: items with coarse code k are first[k] : first[k+1]
	fine   []Column // levels 1 .. L-1, each [N]
}

// Column is the code of every item at one level, in bytes where they suffice:
// one of the two is set.
type Column struct {
	Bytes []uint8
	Words []uint16
}

// Len is the number of items.
func (c Column) Len() int { return len(c.Bytes) + len(c.Words) }

func (c Column) at(i uint32) core.Token {
	if c.Words != nil {
		return core.Token(c.Words[i])
	}
	return core.Token(c.Bytes[i])
}

// Build makes the trie of sorted identifiers, each with one code for every
// level. levels holds V of each level.
func Build(levels []int, ids []core.ID) (*Trie, error) {
	first := make([]uint32, levels[0]+1)
	fine := make([]Column, len(levels)-1)
	for i := range fine {
		if levels[i+1] <= 256 {
			fine[i].Bytes = make([]uint8, len(ids))
		} else {
			fine[i].Words = make([]uint16, len(ids))
		}
	}
	for i, id := range ids {
		if len(id) != len(levels) {
			return nil, fmt.Errorf("identifier %d has %d codes, want %d", i, len(id), len(levels))
		}
		for l, t := range id {
			if int(t) >= levels[l] {
				return nil, fmt.Errorf("identifier %d has code %d at level %d of %d codes", i, t, l, levels[l])
			}
			switch {
			case l == 0:
				first[t+1]++
			case fine[l-1].Bytes != nil:
				fine[l-1].Bytes[i] = uint8(t)
			default:
				fine[l-1].Words[i] = uint16(t)
			}
		}
		if i > 0 && ids[i-1].Compare(id) > 0 {
			return nil, fmt.Errorf("identifier %d is out of order", i)
		}
	}
	for k := range levels[0] {
		first[k+1] += first[k]
	}
	return New(levels, first, fine)
}

// New checks the arrays of a stored trie and wraps them without a copy: lengths,
// codes within their level, items in identifier order.
func New(levels []int, first []uint32, fine []Column) (*Trie, error) {
	if len(levels) == 0 || len(first) != levels[0]+1 || len(fine) != len(levels)-1 || first[0] != 0 {
		return nil, fmt.Errorf("trie of %d levels has %d starts and %d columns", len(levels), len(first), len(fine))
	}
	n := first[levels[0]]
	for k := range levels[0] {
		if first[k] > first[k+1] || first[k+1] > n {
			return nil, fmt.Errorf("trie: items of coarse code %d end before they begin", k)
		}
	}
	for l, c := range fine {
		if (c.Bytes != nil) == (c.Words != nil) && n > 0 || uint32(c.Len()) != n {
			return nil, fmt.Errorf("trie: level %d has codes for %d items of %d", l+1, c.Len(), n)
		}
		for i := range n {
			if int(c.at(i)) >= levels[l+1] {
				return nil, fmt.Errorf("trie: item %d has code %d at level %d of %d codes", i, c.at(i), l+1, levels[l+1])
			}
		}
	}
	t := &Trie{levels, first, fine}
	for k := range levels[0] {
		for i := first[k] + 1; i < first[k+1]; i++ {
			for _, c := range fine {
				if a, b := c.at(i-1), c.at(i); a < b {
					break
				} else if a > b {
					return nil, fmt.Errorf("trie: item %d is out of order", i)
				}
			}
		}
	}
	return t, nil
}

// Items is N; Levels holds V of each level.
func (t *Trie) Items() int    { return int(t.first[len(t.first)-1]) }
func (t *Trie) Levels() []int { return t.levels }

// First and Fine are the arrays as they are stored.
func (t *Trie) First() []uint32 { return t.first }
func (t *Trie) Fine() []Column  { return t.fine }

// Root is the range of all items.
func (t *Trie) Root() core.Range { return core.Range{Lo: 0, Hi: uint32(t.Items())} }

// ID is the identifier of item i.
func (t *Trie) ID(i int) core.ID {
	id := make(core.ID, 1, len(t.levels))
	for lo, hi := 0, t.levels[0]; lo < hi; { // the last code whose range begins at or before i
		if mid := (lo + hi) / 2; int(t.first[mid+1]) <= i {
			lo = mid + 1
			id[0] = core.Token(lo)
		} else {
			hi = mid
		}
	}
	for _, c := range t.fine {
		id = append(id, c.at(uint32(i)))
	}
	return id
}

// Children calls visit for each code that continues a prefix of level codes
// whose items are r, in the order of the codes, with the items below it.
func (t *Trie) Children(level int, r core.Range, visit func(core.Token, core.Range)) {
	if level == 0 {
		for k := range t.levels[0] {
			if lo, hi := max(t.first[k], r.Lo), min(t.first[k+1], r.Hi); lo < hi {
				visit(core.Token(k), core.Range{Lo: lo, Hi: hi})
			}
		}
		return
	}
	if c := t.fine[level-1]; c.Words != nil {
		runs(c.Words, r, visit)
	} else {
		runs(c.Bytes, r, visit)
	}
}

// runs visits the runs of equal codes within r.
func runs[C uint8 | uint16](codes []C, r core.Range, visit func(core.Token, core.Range)) {
	for lo := r.Lo; lo < r.Hi; {
		hi := end(codes[:r.Hi], lo)
		visit(core.Token(codes[lo]), core.Range{Lo: lo, Hi: hi})
		lo = hi
	}
}

// end finds, by doubling steps and then halving, where the run that begins at lo
// ends.
func end[C uint8 | uint16](codes []C, lo uint32) uint32 {
	code, hi, step := codes[lo], uint32(len(codes)), uint32(1)
	for lo+step < hi && codes[lo+step] == code {
		lo += step
		step *= 2
	}
	a, b := lo+1, min(lo+step, hi)
	for a < b {
		if mid := a + (b-a)/2; codes[mid] == code {
			a = mid + 1
		} else {
			b = mid
		}
	}
	return a
}
