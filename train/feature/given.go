package feature

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/sbinet/npyio/npy"

	"ace/train/rows"
)

// ReadGiven opens a matrix in a .npy file: float32 or float64, [N, D], in C
// order (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html),
// one row for each entry of a collection's source, whether or not its file can be
// read. The values stay in the file, which is open until Close.
func ReadGiven(path string) (g *rows.Table, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, errors.Unwrap(err))
	}
	defer func() {
		if r := recover(); r != nil { // the reader does not expect a damaged heading
			err = errors.New("it is damaged")
		}
		if err != nil {
			f.Close()
			g, err = nil, fmt.Errorf("%s: %w", path, err)
		}
	}()
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
	n, d := h.Shape[0], h.Shape[1]
	at, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	if most := (info.Size() - at) / int64(width); int64(n) > most || int64(d) > most/int64(n) {
		return nil, fmt.Errorf("the file is too short for shape %v", h.Shape)
	}
	g = rows.In(f, at, n, d, width == 8)
	row := make([]float32, d)
	for i := range n {
		g.Read(i, row)
		if k := slices.IndexFunc(row, notFinite); k >= 0 {
			return nil, fmt.Errorf("row %d holds %v", i, row[k])
		}
	}
	return g, g.Err()
}
