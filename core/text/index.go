package text

import "fmt"

// Index finds words in a list of different ones. It is a map from the words to their
// rows, but one that is made of a hundred thousand words in some milliseconds, in a
// browser too: a table is read whole before the first question.
type Index struct {
	words []string
	slots []uint32 // by hash, then onwards: 1 + row, or 0
}

// NewIndex makes an index of words and fails where two are the same. It keeps the
// list.
func NewIndex(words []string) (*Index, error) {
	size := 16
	for size < 2*len(words) {
		size *= 2
	}
	x := &Index{words, make([]uint32, size)}
	for row, w := range words {
		at, found := x.slot(w)
		if found {
			return nil, fmt.Errorf("%q stands in rows %d and %d", w, x.slots[at]-1, row)
		}
		x.slots[at] = uint32(row + 1)
	}
	return x, nil
}

// Row is where a word stands in the list.
func (x *Index) Row(word string) (row int, ok bool) {
	at, ok := x.slot(word)
	return int(x.slots[at]) - 1, ok
}

// slot is where a word is, or would be.
func (x *Index) slot(word string) (at uint32, found bool) {
	h := fnv(0, word)
	for at = h ^ h>>15; ; at++ {
		at &= uint32(len(x.slots) - 1)
		if n := x.slots[at]; n == 0 || x.words[n-1] == word {
			return at, n != 0
		}
	}
}

// fnv is FNV-1a (RFC 9923) in 32 bits, begun with a byte.
func fnv(first byte, s string) uint32 {
	h := (uint32(2166136261) ^ uint32(first)) * 16777619
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Lines cuts a text at its line ends; an empty one has no lines.
func Lines(s string) []string {
	if s == "" {
		return nil
	}
	n := 1
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' {
			n++
		}
	}
	lines, from := make([]string, 0, n), 0
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' {
			lines, from = append(lines, s[from:i]), i+1
		}
	}
	return append(lines, s[from:])
}
