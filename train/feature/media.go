package feature

import (
	"math"
	"math/rand/v2"

	"ace/core"
	"ace/train/rows"
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
	items    [core.Kinds][]int       // places among the kept items, ascending
	x        [core.Kinds]*rows.Table // [len(items), D of the kind]
	centre   [core.Kinds][]float64   // what is taken from the vectors; nil: nothing
	standard bool                    // each dimension is brought to deviation 1
}

func (v *view) vectors(kind int) vectors {
	return vectors{n: len(v.items[kind]), d: v.x[kind].D, table: v.x[kind], centre: v.centre[kind]}
}

// err is the first of what went wrong while the vectors were read.
func (v *view) err() error {
	for k, x := range v.x {
		if len(v.items[k]) > 0 && x.Err() != nil {
			return x.Err()
		}
	}
	return nil
}

// close lets go of the vectors.
func (v *view) close() {
	for _, x := range v.x {
		x.Close()
	}
}

// shown is what a view shows of the media: of each kind the principal components.
type shown struct {
	columns int // of the block
	kinds   [core.Kinds]components
}

// components are those of the items of a kind, in their order; none: the view
// shows nothing of them.
type components struct {
	of *pca
	z  []float32 // [items, components of the pca]
}

func (c *components) row(r int) []float32 {
	k := len(c.of.variance)
	return c.z[r*k : (r+1)*k]
}

// mediaBlock finds the principal components of each kind in each view. With them
// comes what gives further media theirs.
func mediaBlock(views []view, o Options) ([]shown, *Projection, error) {
	var list []shown
	fit := &Projection{}
	for _, v := range views {
		f, s := fitted{columns: 1}, shown{columns: 1}
		for kind := range core.Kinds {
			if len(v.items[kind]) == 0 {
				continue
			}
			rng := rand.New(rand.NewPCG(o.Seed, mediaStream+uint64(kind)))
			x := v.vectors(kind)
			p := fitPCA(x, max(inputDims, o.MediaDims), v.standard, o.Threads, rng)
			s.kinds[kind] = components{p, p.apply(x, o.Threads)}
			s.columns = max(s.columns, min(len(p.variance), o.MediaDims))
			f.kinds[kind] = &seen{p.leading(o.MediaDims), v.centre[kind]}
		}
		if err := v.err(); err != nil {
			return nil, nil, err
		}
		f.columns = s.columns
		fit.views, list = append(fit.views, f), append(list, s)
	}
	return list, fit, nil
}

// inputWidth is that of what words are predicted from: the components of all views.
func inputWidth(views []shown, kind core.Kind) int {
	n := 0
	for i := range views {
		if c := &views[i].kinds[kind]; c.of != nil {
			n += len(c.of.variance)
		}
	}
	return n
}

// inputRow writes these of the item of a kind that is number r among them.
func inputRow(row []float64, views []shown, kind core.Kind, r int) {
	for i := range views {
		if c := &views[i].kinds[kind]; c.of != nil {
			for _, v := range c.row(r) {
				row[0], row = float64(v), row[1:]
			}
		}
	}
}

// blockWidth is that of the rows of the media block.
func blockWidth(views []shown) int {
	n := core.Kinds
	for _, v := range views {
		n += v.columns
	}
	return n
}

// blockRow writes the media vector of the item of a kind that is number r among
// these: for each view the components, in columns that the kinds share, brought to
// length 1; then one column a kind, which keeps the kinds apart. It is 0, and known
// false, where no view shows the kind.
func blockRow(row []float64, views []shown, kind core.Kind, r int) (known bool) {
	clear(row)
	at := 0
	for i := range views {
		if c := &views[i].kinds[kind]; c.of != nil {
			c.of.spread(row[at:at+views[i].columns], c.row(r))
			known = true
		}
		at += views[i].columns
	}
	if !known {
		return false
	}
	unit(row[:at])
	row[at+int(kind)] = kindOffset
	unit(row)
	return true
}

// spread writes the components z, as apply gives them, as a row of a view.
func (p *pca) spread(row []float64, z []float32) {
	for j := range min(len(row), len(p.variance)) {
		if p.variance[j] > max(1e-9, noise*p.variance[0]) {
			row[j] = float64(z[j]) / math.Pow(p.variance[j], flatten)
		}
	}
	unit(row)
}

// givenView sorts given vectors by kind, to be brought to mean 0, within the kind,
// and length 1.
func givenView(g *rows.Table, items []core.Item, places []int) view {
	v := view{}
	var count [core.Kinds]float64
	row := make([]float32, g.D)
	for i := range items {
		k := items[i].Kind
		count[k]++
		if v.centre[k] == nil {
			v.centre[k] = make([]float64, g.D)
		}
		g.Read(places[i], row)
		for j, x := range row {
			v.centre[k][j] += float64(x)
		}
	}
	for k := range v.centre {
		for j := range v.centre[k] {
			v.centre[k][j] /= count[k]
		}
	}
	v.place(g, items, places)
	return v
}

// place fills a view with given vectors about its centres.
func (v *view) place(g *rows.Table, items []core.Item, places []int) {
	var of [core.Kinds][]int
	for i := range items {
		k := items[i].Kind
		if v.centre[k] == nil { // of a kind that was not there when the centres were found
			continue
		}
		v.items[k], of[k] = append(v.items[k], i), append(of[k], places[i])
	}
	for k := range v.x {
		v.x[k] = g.Pick(of[k])
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
