package feature

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"ace/core"
)

// The streams of random numbers, one a purpose, so that none disturbs another.
const (
	textStream = iota + 1
	mediaStream
)

const (
	kindOffset = 0.5 // how far apart the kinds lie, against media vectors of length 1
	// A component is divided by this power of its variance, so that the first
	// few, which tell dark from light and loud from soft, do not decide alone.
	flatten = 0.25
	// A component of less than this share of the first one's variance is what rounding left.
	noise     = 1e-6
	inputDims = 256 // principal components that words are predicted from
)

// view is one way in which media are seen: for each kind the items that have a
// vector and the vectors themselves.
type view struct {
	items    [core.Kinds][]int     // places among the kept items
	x        [core.Kinds][]float32 // [len(items), D of the kind]
	centre   [core.Kinds][]float64 // what was taken from the vectors; nil: nothing
	standard bool                  // each dimension is brought to deviation 1
}

// kindVectors are the principal components of the items of one kind.
type kindVectors struct {
	items []int
	z     *mat.Dense // [len(items), P], of all views side by side; nil: none
}

// mediaBlock returns the media vectors [N, Media]: for each view the principal
// components of each kind, in columns that the kinds share, brought to length 1;
// then one column a kind, which keeps the kinds apart. With them come the longer
// vectors that words are predicted from, and what gives further media theirs.
func mediaBlock(views []view, items []core.Item, o Options) (*mat.Dense, [core.Kinds]kindVectors, *Projection) {
	var inputs [core.Kinds]kindVectors
	var parts []*mat.Dense
	fit := &Projection{}
	for _, v := range views {
		var f fitted
		part := mat.NewDense(len(items), o.MediaDims, nil)
		used := 1
		for kind := range core.Kinds {
			n := len(v.items[kind])
			if n == 0 {
				continue
			}
			rng := rand.New(rand.NewPCG(o.Seed, mediaStream+uint64(kind)))
			p := fitPCA(v.x[kind], n, max(inputDims, o.MediaDims), v.standard, o.Threads, rng)
			k := len(p.variance)
			z := doubles(p.apply(v.x[kind], o.Threads), n, k)
			for r, i := range v.items[kind] {
				p.spread(part.RawRowView(i), z.RawRowView(r))
			}
			used = max(used, min(k, o.MediaDims))
			f.kinds[kind] = &seen{p.leading(o.MediaDims), v.centre[kind]}
			in := &inputs[kind]
			in.items = v.items[kind]
			if in.z == nil {
				in.z = z
			} else {
				var both mat.Dense
				both.Augment(in.z, z)
				in.z = &both
			}
		}
		f.columns = used
		fit.views = append(fit.views, f)
		parts = append(parts, part.Slice(0, len(items), 0, used).(*mat.Dense))
	}
	return join(parts, items), inputs, fit
}

// spread writes the components z, as apply gives them, as a row of a view.
func (p *pca) spread(row, z []float64) {
	for j := range min(len(row), len(p.variance)) {
		if p.variance[j] > max(1e-9, noise*p.variance[0]) {
			row[j] = z[j] / math.Pow(p.variance[j], flatten)
		}
	}
	unit(row)
}

// join puts the rows of all views side by side, and behind them the kinds.
func join(parts []*mat.Dense, items []core.Item) *mat.Dense {
	width := core.Kinds
	for _, p := range parts {
		_, c := p.Dims()
		width += c
	}
	out := mat.NewDense(len(items), width, nil)
	for i := range items {
		row := out.RawRowView(i)
		at := 0
		for _, p := range parts {
			at += copy(row[at:], p.RawRowView(i))
		}
		unit(row)
		row[at+int(items[i].Kind)] = kindOffset
		unit(row)
	}
	return out
}

// givenView sorts given vectors by kind and brings them to mean 0, within the
// kind, and length 1.
func givenView(g *Given, items []core.Item, rows []int) view {
	v := view{}
	var count [core.Kinds]float64
	for i := range items {
		k := items[i].Kind
		count[k]++
		if v.centre[k] == nil {
			v.centre[k] = make([]float64, g.Dims)
		}
		for j, x := range g.row(rows[i]) {
			v.centre[k][j] += float64(x)
		}
	}
	for k := range v.centre {
		for j := range v.centre[k] {
			v.centre[k][j] /= count[k]
		}
	}
	v.place(g, items, rows)
	return v
}

// place fills a view with given vectors about its centres.
func (v *view) place(g *Given, items []core.Item, rows []int) {
	row := make([]float64, g.Dims)
	var count [core.Kinds]int
	for i := range items {
		count[items[i].Kind]++
	}
	for k, n := range count {
		v.x[k] = make([]float32, 0, n*g.Dims) // as much as is needed: they are large
	}
	for i := range items {
		k := items[i].Kind
		if v.centre[k] == nil { // of a kind that was not there when the centres were found
			continue
		}
		v.items[k] = append(v.items[k], i)
		for j, x := range g.row(rows[i]) {
			row[j] = float64(x) - v.centre[k][j]
		}
		unit(row)
		for _, x := range row {
			v.x[k] = append(v.x[k], float32(x))
		}
	}
}

// unit brings a vector to length 1, unless it is too short to have a
// direction: then it is made zero. It returns the length that it had.
func unit(x []float64) float64 {
	var s float64
	for _, v := range x {
		s += v * v
	}
	s = math.Sqrt(s)
	if s < 1e-9 {
		clear(x)
		return 0
	}
	for i := range x {
		x[i] /= s
	}
	return s
}

// pick returns the listed rows of a matrix.
func pick(m *mat.Dense, rows []int) *mat.Dense {
	_, c := m.Dims()
	out := mat.NewDense(len(rows), c, nil)
	for k, r := range rows {
		out.SetRow(k, m.RawRowView(r))
	}
	return out
}
