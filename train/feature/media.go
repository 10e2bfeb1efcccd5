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
	flatten   = 0.25
	inputDims = 256 // principal components that words are predicted from
)

// view is one way in which media are seen: for each kind the items that have a
// vector and the vectors themselves.
type view struct {
	items    [core.Kinds][]int     // places among the kept items
	x        [core.Kinds][]float32 // [len(items), D of the kind]
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
// vectors that words are predicted from.
func mediaBlock(views []view, items []core.Item, o Options) (*mat.Dense, [core.Kinds]kindVectors) {
	var inputs [core.Kinds]kindVectors
	var parts []*mat.Dense
	for _, v := range views {
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
				row := part.RawRowView(i)
				for j, x := range z.RawRowView(r)[:min(k, o.MediaDims)] {
					if p.variance[j] > 1e-9 {
						row[j] = x / math.Pow(p.variance[j], flatten)
					}
				}
				unit(row)
			}
			used = max(used, min(k, o.MediaDims))
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
		parts = append(parts, part.Slice(0, len(items), 0, used).(*mat.Dense))
	}
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
	return out, inputs
}

// givenView sorts given vectors by kind and brings them to mean 0, within the
// kind, and length 1.
func givenView(g *Given, items []core.Item, rows []int) view {
	v := view{}
	var mean [core.Kinds][]float64
	for i := range items {
		k := items[i].Kind
		if mean[k] == nil {
			mean[k] = make([]float64, g.Dims)
		}
		v.items[k] = append(v.items[k], i)
		for j, x := range g.Values[rows[i]*g.Dims : (rows[i]+1)*g.Dims] {
			mean[k][j] += float64(x)
		}
	}
	for k, list := range v.items {
		v.x[k] = make([]float32, 0, len(list)*g.Dims)
		row := make([]float64, g.Dims)
		for _, i := range list {
			for j, x := range g.Values[rows[i]*g.Dims : (rows[i]+1)*g.Dims] {
				row[j] = float64(x) - mean[k][j]/float64(len(list))
			}
			unit(row)
			for _, x := range row {
				v.x[k] = append(v.x[k], float32(x))
			}
		}
	}
	return v
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
