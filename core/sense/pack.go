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
	codes := make([]int8, n*dim)
	for i, c := range cols {
		for r, v := range packed[i*n:][:n] {
			if int(v) >= c.size() {
				return nil, fmt.Errorf("column %d, word %d: no codes are packed as %d", i, r, v)
			}
			at, first := r*dim+c.dim, int(v)
			if c.paired {
				first = int(v) / c.base
				codes[at+1] = int8(int(v)%c.base - c.base/2)
			}
			codes[at] = int8(first - c.reach)
		}
	}
	for r := range n {
		zero := true
		for _, q := range codes[r*dim:][:dim] {
			zero = zero && q == 0
		}
		if zero {
			return nil, fmt.Errorf("the vector of word %d is zero", r)
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
