package feature

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/sbinet/npyio/npy"
)

// Given is vectors that somebody else has made: one row for each entry of the
// collection's source, whether or not its file can be read.
type Given struct {
	Rows, Dims int
	Values     []float32 // [Rows, Dims]
}

func (g *Given) row(i int) []float32 { return g.Values[i*g.Dims : (i+1)*g.Dims] }

// ReadGiven reads a matrix from a .npy file: float32 or float64, [N, D], in C
// order (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
func ReadGiven(path string) (g *Given, err error) {
	defer func() {
		if r := recover(); r != nil { // the reader does not expect a damaged heading
			err = errors.New("it is damaged")
		}
		if err != nil {
			g, err = nil, fmt.Errorf("%s: %w", path, err)
		}
	}()
	f, err := os.Open(path)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	r, err := npy.NewReader(f)
	if err != nil {
		return nil, err
	}
	h := r.Header.Descr
	if len(h.Shape) != 2 || h.Shape[0] < 1 || h.Shape[1] < 1 {
		return nil, fmt.Errorf("want a matrix of one row an item, found shape %v", h.Shape)
	}
	if h.Fortran {
		return nil, errors.New("the matrix is in Fortran order: save np.ascontiguousarray of it")
	}
	width := map[string]int{"<f4": 4, "<f8": 8}[h.Type]
	if width == 0 {
		return nil, fmt.Errorf("want float32, found %s", h.Type)
	}
	g = &Given{Rows: h.Shape[0], Dims: h.Shape[1]}
	at, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	if most := (info.Size() - at) / int64(width); int64(g.Rows) > most || int64(g.Dims) > most/int64(g.Rows) {
		return nil, fmt.Errorf("the file is too short for shape %v", h.Shape)
	}
	if width == 4 {
		err = r.Read(&g.Values)
	} else {
		var x []float64
		err = r.Read(&x)
		for _, v := range x {
			g.Values = append(g.Values, float32(v))
		}
	}
	if err != nil {
		return nil, err
	}
	for i, v := range g.Values {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return nil, fmt.Errorf("row %d holds %v", i/g.Dims, v)
		}
	}
	return g, nil
}
