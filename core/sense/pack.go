package sense

import (
	"fmt"
	"math"
)

// The codes of a dimension lie within a reach of zero, and most are small. Two
// dimensions in a row share a column, a byte a word, where all pairs of their
// codes have a byte of their own: gzip, which spends whole bits on a byte, comes
// nearer to what the codes are worth, a tenth less at 2.7 bits a code. Columns
// lie one behind the other, as each has a spread of its own.

// pack makes columns of codes [n, dim]; reach is the largest size of a code in
// each dimension.
func pack(codes []int8, dim int) (packed, reach []uint8) {
	n := len(codes) / dim
	reach = make([]uint8, dim)
	for i, q := range codes {
		reach[i%dim] = max(reach[i%dim], uint8(max(q, -q)))
	}
	packed = make([]uint8, 0, len(codes))
	for _, c := range columns(reach) {
		for r := range n {
			row := codes[r*dim:][:dim]
			v := int(row[c.dim]) + c.reach
			if c.paired {
				v = v*c.base + int(row[c.dim+1]) + c.base/2
			}
			packed = append(packed, uint8(v))
		}
	}
	return packed, reach
}

// unpackRows is how many words are unpacked together, so few that their codes stay in
// the nearest cache.
const unpackRows = 128

// unpack is the inverse of pack, for n words. It fails where there are not as
// many columns as the reach asks for, a byte stands for no codes, or all codes
// of a word are zero.
func unpack(packed, reach []uint8, n int) ([]int8, error) {
	cols, dim := columns(reach), len(reach)
	for d, r := range reach {
		if r > math.MaxInt8 {
			return nil, fmt.Errorf("dimension %d reaches to %d, want at most %d", d, r, math.MaxInt8)
		}
	}
	if len(packed) != len(cols)*n {
		return nil, fmt.Errorf("%d packed codes for %d words in %d columns", len(packed), n, len(cols))
	}
	tables := make([][256][2]int8, len(cols))
	for i, c := range cols {
		tables[i] = c.table()
	}
	codes := make([]int8, n*dim)
	for from := 0; from < n; from += unpackRows {
		rows := min(unpackRows, n-from)
		var some [unpackRows]int8 // not 0 for a word with a code that is not
		for i, c := range cols {
			table, size, at := &tables[i], c.size(), from*dim+c.dim
			for r, v := range packed[i*n+from:][:rows] {
				if int(v) >= size {
					return nil, fmt.Errorf("column %d, word %d: no codes are packed as %d", i, from+r, v)
				}
				first, second := table[v][0], table[v][1]
				codes[at] = first
				if c.paired {
					codes[at+1] = second
				}
				some[r] |= first | second
				at += dim
			}
		}
		for r, s := range some[:rows] {
			if s == 0 {
				return nil, fmt.Errorf("the vector of word %d is zero", from+r)
			}
		}
	}
	return codes, nil
}

// column is the place of one dimension, or of two in a row.
type column struct {
	dim    int
	reach  int // of the first
	paired bool
	base   int // how many codes the second may have
}

// size is how many bytes stand for codes.
func (c column) size() int {
	if c.paired {
		return (2*c.reach + 1) * c.base
	}
	return 2*c.reach + 1
}

// table is the codes of each byte, the second 0 where there is one.
func (c column) table() (t [256][2]int8) {
	for v := range min(c.size(), len(t)) {
		first := v
		if c.paired {
			first = v / c.base
			t[v][1] = int8(v%c.base - c.base/2)
		}
		t[v][0] = int8(first - c.reach)
	}
	return t
}

// columns pairs dimensions from the first on.
func columns(reach []uint8) []column {
	var all []column
	for d := 0; d < len(reach); d++ {
		c := column{dim: d, reach: int(reach[d])}
		if d+1 < len(reach) {
			if base := 2*int(reach[d+1]) + 1; (2*c.reach+1)*base <= 256 {
				c.paired, c.base = true, base
				d++
			}
		}
		all = append(all, c)
	}
	return all
}
