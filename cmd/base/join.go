package main

import (
	"ace/core/sense"

	"gonum.org/v1/gonum/mat"
)

// The recipe, chosen by the ranks of held-out pairs.
const (
	components      = 3 // principal components taken from GloVe
	rounds          = 2 // of retrofitting; a second brings in the neighbours' neighbours
	mobyStrength    = 0.5
	wordNetStrength = 1
)

// join makes the vectors: GloVe, centred, drawn to the neighbours in both
// thesauri, on its first dim principal axes. Links between held pairs are left
// out.
func (s *sources) join(dim int, held map[pair]bool) *mat.Dense {
	n := len(s.words)
	x := s.centred()
	graphs := [][]neighbourhood{
		mobyGraph(s.moby, s.index).without(held).neighbours(n),
		wordNetGraph(s.sets, s.index).without(held).neighbours(n),
	}
	for range rounds {
		x = retrofit(x, graphs, []float64{mobyStrength, wordNetStrength})
	}
	y := reduce(x, dim)
	unit(y)
	return y
}

// matrix is the vectors of GloVe, at unit length.
func (s *sources) matrix() *mat.Dense {
	x := mat.NewDense(len(s.words), gloveDim, nil)
	for r, v := range s.vectors {
		x.SetRow(r, v)
	}
	unit(x)
	return x
}

// centred is these without what all have in common.
func (s *sources) centred() *mat.Dense {
	x := s.matrix()
	centre(x, components)
	unit(x)
	return x
}

// table gives the words these vectors.
func (s *sources) table(x *mat.Dense) (*sense.Table, error) {
	n, d := x.Dims()
	vectors := make([]float32, 0, n*d)
	for _, v := range x.RawMatrix().Data {
		vectors = append(vectors, float32(v))
	}
	return sense.New(s.words, vectors, d)
}
