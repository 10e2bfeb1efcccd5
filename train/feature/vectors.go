package feature

import (
	"fmt"
	"slices"

	"ace/train/rows"
)

// inMemory is how many bytes of a table of vectors stay in memory where there is a
// scratch file to be had.
var inMemory = 16 << 20

// table makes one of zeros.
func (o *Options) table(n, d int) (*rows.Table, error) {
	if o.Scratch == nil || 4*n*d <= inMemory {
		return rows.New(n, d, nil)
	}
	f, err := o.Scratch()
	if err != nil {
		return nil, fmt.Errorf("a file for vectors: %w", err)
	}
	t, err := rows.New(n, d, f)
	if err != nil {
		f.Close()
	}
	return t, err
}

// vectors are rows of a table as a view sees them. They may be read by several
// goroutines at once.
type vectors struct {
	n, d  int
	table *rows.Table // [n, d] or wider rows, the rest of which is not looked at
	// centre is taken away, and the rows brought to length 1; nil: they are as in the
	// table.
	centre []float64
}

// read copies len(into)/d rows, the first of which is row from.
func (x *vectors) read(from int, into []float32) {
	if w := x.table.D; w > x.d {
		wide := make([]float32, w)
		for n := 0; n < len(into); from, n = from+1, n+x.d {
			x.table.Read(from, wide)
			copy(into[n:n+x.d], wide)
		}
		return
	}
	x.table.Read(from, into)
	if x.centre == nil {
		return
	}
	row := make([]float64, x.d)
	for ; len(into) > 0; into = into[x.d:] {
		for j, c := range x.centre {
			row[j] = float64(into[j]) - c
		}
		unit(row)
		for j, v := range row {
			into[j] = float32(v)
		}
	}
}

// each calls f for every row in order.
func (x *vectors) each(f func(row []float32)) {
	part := make([]float32, min(block, x.n)*x.d)
	for from := 0; from < x.n; from += block {
		k := min(block, x.n-from)
		x.read(from, part[:k*x.d])
		for row := range slices.Chunk(part[:k*x.d], x.d) {
			f(row)
		}
	}
}
