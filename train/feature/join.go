package feature

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"ace/core"
)

// textBlock returns the vectors of the words [N, Text], each of length 1 or,
// where nothing is known, 0. An item without words gets those that its medium
// suggests, by a regression on the items of its kind that have some. nil: nobody has.
func (f *Features) textBlock(block []shown, o Options) *mat.Dense {
	texts := make([][]string, f.N)
	wordless := make([]bool, f.N)
	for i := range f.Items {
		texts[i] = itemWords(&f.Items[i])
	}
	model, words := fitText(texts, o.TextDims, o.Threads, rand.New(rand.NewPCG(o.Seed, textStream)))
	f.Report.Terms = len(model.idf)
	if words == nil {
		f.Report.Wordless = f.N
		return nil
	}
	for i := range f.N {
		if wordless[i] = unit(words.RawRowView(i)) == 0; wordless[i] {
			f.Report.Wordless++
		}
	}
	for kind := range core.Kind(core.Kinds) {
		f.predict(words, wordless, block, kind)
	}
	return words
}

// predict gives the items of a kind that have no words the vectors that their media
// suggest.
func (f *Features) predict(words *mat.Dense, wordless []bool, block []shown, kind core.Kind) {
	var with, without, at []int // numbers of the kind; at: places of these
	for i := range f.Items {
		if f.Items[i].Kind != kind {
			continue
		}
		if r := len(at); wordless[i] {
			without = append(without, r)
		} else {
			with = append(with, r)
		}
		at = append(at, i)
	}
	if len(with) < 2 || len(without) == 0 {
		return
	}
	x := pairs{n: len(with), p: inputWidth(block, kind), d: words.RawMatrix().Cols,
		z: func(i int, row []float64) { inputRow(row, block, kind, with[i]) },
		y: func(i int, row []float64) { copy(row, words.RawRowView(at[with[i]])) }}
	if x.p == 0 {
		return
	}
	r := fitRidge(x)
	z, guess := make([]float64, x.p), make([]float64, x.d)
	for _, n := range without {
		inputRow(z, block, kind, n)
		if r.apply(z, guess); unit(guess) > 0 {
			words.SetRow(at[n], guess)
			f.Report.Predicted++
		}
	}
}

// join writes X: the two blocks, weighed, and the rows brought to length 1.
func (f *Features) join(words *mat.Dense, block []shown, o Options) {
	if words != nil {
		_, f.Text = words.Dims()
	}
	f.Media = blockWidth(block)
	f.D = f.Text + f.Media
	f.X = make([]float32, 0, f.N*f.D)
	row := make([]float64, f.D)
	var next [core.Kinds]int
	for i := range f.N {
		if words != nil {
			for j, v := range words.RawRowView(i) {
				row[j] = o.TextWeight * v
			}
		}
		kind, seen := f.Items[i].Kind, row[f.Text:]
		blockRow(seen, block, kind, next[kind])
		next[kind]++
		for j, v := range seen {
			seen[j] = o.MediaWeight * v
		}
		unit(row)
		for _, v := range row {
			f.X = append(f.X, float32(v))
		}
	}
}
