package dual

import (
	"math"
	"slices"

	"ace/train/rows"
)

// media are the items' vectors, read when they are needed and then standardised:
// each value is brought to mean 0 and deviation 1. Those that are 0 stay so.
type media struct {
	rows *rows.Table // [N, dims]; nil: none has any
	dims int
	spread
	has []bool // [N], whether one is left
}

// spread is the mean and the deviation of each value of vectors, over the rows
// that are not 0.
type spread struct{ mean, deviation []float64 }

// newMedia is media about their own mean.
func newMedia(x *rows.Table) media {
	if x == nil {
		return media{}
	}
	m := media{rows: x, dims: x.D, spread: newSpread(x)}
	m.look()
	return m
}

func newSpread(x *rows.Table) spread {
	s := spread{make([]float64, x.D), make([]float64, x.D)}
	row, n := make([]float32, x.D), 0.0
	each := func(f func()) {
		for i := range x.N {
			if x.Read(i, row); seen(row) {
				f()
			}
		}
	}
	each(func() { n++ })
	each(func() {
		for j, v := range row {
			s.mean[j] += float64(v) / n
		}
	})
	each(func() {
		for j, v := range row {
			s.deviation[j] += (float64(v) - s.mean[j]) * (float64(v) - s.mean[j]) / n
		}
	})
	for j, v := range s.deviation {
		if s.deviation[j] = 0; v > 1e-20 {
			s.deviation[j] = math.Sqrt(v)
		}
	}
	return s
}

// look finds out which items have a vector.
func (m *media) look() {
	m.has = make([]bool, m.rows.N)
	row := make([]float32, m.dims)
	for i := range m.has {
		m.read(i, row)
		m.has[i] = seen(row)
	}
}

// read writes the vector of item i, [dims].
func (m *media) read(i int, row []float32) {
	if m.rows == nil {
		return
	}
	if m.rows.Read(i, row); !seen(row) {
		return
	}
	for j, v := range row {
		if row[j] = 0; m.deviation[j] > 0 {
			row[j] = float32((float64(v) - m.mean[j]) / m.deviation[j])
		}
	}
}

// err is the first of what went wrong while vectors were read.
func (m *media) err() error {
	if m.rows == nil {
		return nil
	}
	return m.rows.Err()
}

// seen reports whether there is a vector.
func seen(x []float32) bool { return slices.ContainsFunc(x, func(v float32) bool { return v != 0 }) }
