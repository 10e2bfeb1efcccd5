// Package rows keeps vectors of many items, a row an item: in memory where they are
// few, else in a file, of which only the rows at hand are in memory.
package rows

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
)

// Table is vectors [N, D]. It may be read by several goroutines at once, and
// different rows written.
type Table struct {
	N, D   int
	values []float32   // [.., D]; or
	file   io.ReaderAt // the same, little endian, from at on
	at     int64
	wide   bool  // the file holds float64
	pick   []int // places of the rows among those; nil: as they lie
	failed *atomic.Pointer[error]
}

// New makes a table of zeros that lies in a file, which is empty and open for reading
// and writing; nil: in memory.
func New(n, d int, file *os.File) (*Table, error) {
	if file == nil {
		return Of(make([]float32, n*d), d), nil
	}
	if err := file.Truncate(4 * int64(n) * int64(d)); err != nil {
		return nil, fmt.Errorf("vectors that lie in a file: %w", err)
	}
	return In(file, 0, n, d, false), nil
}

// Of is vectors [len(values)/d, d] that are in memory; they are not copied.
func Of(values []float32, d int) *Table {
	return &Table{N: len(values) / max(d, 1), D: d, values: values, failed: new(atomic.Pointer[error])}
}

// In is vectors that lie in a file from a byte on: float32, or with wide float64,
// little endian, row by row.
func In(file io.ReaderAt, at int64, n, d int, wide bool) *Table {
	return &Table{N: n, D: d, file: file, at: at, wide: wide, failed: new(atomic.Pointer[error])}
}

// Pick is these rows, in this order. What is written to the one is in the other.
func (t *Table) Pick(places []int) *Table {
	p := *t
	p.N, p.pick = len(places), places
	if t.pick != nil {
		p.pick = make([]int, len(places))
		for i, n := range places {
			p.pick[i] = t.pick[n]
		}
	}
	return &p
}

// Read copies len(into)/D rows, the first of which is row from. Where the file
// cannot be read they are 0, and Err says why.
func (t *Table) Read(from int, into []float32) {
	if t.pick == nil {
		t.read(from, into)
		return
	}
	for n := 0; len(into) > 0; n, into = n+1, into[t.D:] {
		t.read(t.pick[from+n], into[:t.D])
	}
}

func (t *Table) read(place int, into []float32) {
	if t.file == nil {
		copy(into, t.values[place*t.D:])
		return
	}
	if err := t.load(place, into); err != nil {
		clear(into)
		err = fmt.Errorf("vectors that lie in a file: %w", err)
		t.failed.CompareAndSwap(nil, &err)
	}
}

// Write puts row i in its place.
func (t *Table) Write(i int, row []float32) error {
	if t.pick != nil {
		i = t.pick[i]
	}
	if t.file == nil {
		copy(t.values[i*t.D:(i+1)*t.D], row)
		return nil
	}
	if err := t.store(i, row); err != nil {
		return fmt.Errorf("vectors that lie in a file: %w", err)
	}
	return nil
}

// Err is the first error of Read, of this table or of one that it is picked from.
func (t *Table) Err() error {
	if err := t.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// Close lets go of the file, for all tables that lie in it.
func (t *Table) Close() {
	if c, ok := t.file.(io.Closer); ok {
		c.Close()
	}
}
