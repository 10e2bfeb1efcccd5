package feature

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"ace/core"
	"ace/core/gemm"
)

const (
	leastPairs = 64   // items with words that a kind needs for an alignment
	mostHeld   = 1000 // items of a kind that are held out, at most
	leastHeld  = 50   // and at least, if that is no more than a quarter
)

// material is what words of wordless items are predicted from.
type material struct {
	model  *textModel
	texts  [][]string // [N]
	words  *mat.Dense // [N, dims], rows of length 1 or 0
	inputs [core.Kinds]kindVectors
	rows   [core.Kinds]struct{ with, without []int } // rows of inputs with and without words
}

// aligns says whether the words of a kind's wordless items come from an alignment.
func (d *material) aligns(kind int) bool {
	r := d.rows[kind]
	return len(r.without) > 0 && len(r.with) >= leastPairs
}

func (d *material) alignsAny() bool {
	for kind := range core.Kinds {
		if d.aligns(kind) {
			return true
		}
	}
	return false
}

// withWords are the rows with words of all kinds.
func (d *material) withWords() (rows [core.Kinds][]int) {
	for kind := range rows {
		rows[kind] = d.rows[kind].with
	}
	return rows
}

// regress learns the words' vectors from the media, on the given rows.
func (d *material) regress(kind int, rows []int) *ridge {
	in := d.inputs[kind]
	known := mat.NewDense(len(rows), d.words.RawMatrix().Cols, nil)
	for k, r := range rows {
		known.SetRow(k, d.words.RawRowView(in.items[r]))
	}
	return fitRidge(pick(in.z, rows), known)
}

// media returns rows of a kind's vectors less the mean: [len(rows), P].
func (d *material) media(kind int, rows []int, mean []float64) []float32 {
	return singles(centred(pick(d.inputs[kind].z, rows), mean))
}

// pairs joins rows of a kind with their texts.
func (d *material) pairs(kind int, rows []int, mean []float64) *pairs {
	p := &pairs{n: len(rows), p: len(mean), x: d.media(kind, rows, mean), start: make([]int, 1, len(rows)+1)}
	var single [][]string
	for _, r := range rows {
		for _, t := range d.texts[d.inputs[kind].items[r]] {
			if d.model.knows(t) {
				single = append(single, []string{t})
			}
		}
		p.start = append(p.start, len(single))
	}
	p.texts = d.model.tfidf(single)
	first := map[string]int{}
	for t := range single {
		col, val := p.texts.row(t)
		key := make([]byte, 0, 8*len(col))
		for e, c := range col {
			key = binary.LittleEndian.AppendUint32(key, uint32(c))
			key = binary.LittleEndian.AppendUint32(key, math.Float32bits(val[e]))
		}
		if _, ok := first[string(key)]; !ok {
			first[string(key)] = t
		}
		p.same = append(p.same, first[string(key)])
	}
	return p
}

// start makes the pairs of the given rows and the alignment that begins with
// the words' vectors as they are.
func (d *material) start(rows [core.Kinds][]int) (a *alignment, all [core.Kinds]*pairs, mean [core.Kinds][]float64, unit float32) {
	var first [core.Kinds]*ridge
	for kind := range core.Kinds {
		if d.aligns(kind) {
			first[kind] = d.regress(kind, rows[kind])
			mean[kind] = first[kind].mean
			all[kind] = d.pairs(kind, rows[kind], mean[kind])
		}
	}
	a, unit = newAlignment(d.model, &all, first)
	return a, all, mean, unit
}

// hold splits the rows with words: about a tenth is held out.
func (d *material) hold(rng *rand.Rand) (kept, held [core.Kinds][]int) {
	for kind := range core.Kinds {
		if !d.aligns(kind) {
			continue
		}
		with := slices.Clone(d.rows[kind].with)
		rng.Shuffle(len(with), func(i, j int) { with[i], with[j] = with[j], with[i] })
		n := min(mostHeld, max(len(with)/10, min(leastHeld, len(with)/4)))
		held[kind], kept[kind] = with[:n], with[n:]
		slices.Sort(held[kind])
		slices.Sort(kept[kind])
	}
	return kept, held
}

// recall is the mean reciprocal rank of a medium among those of its kind when
// its texts are asked for; equals count against it.
func (a *alignment) recall(all *[core.Kinds]*pairs, threads int) float64 {
	var sum, n float64
	for kind, p := range all {
		if p == nil {
			continue
		}
		m := a.see(kind, p.x, threads)
		reciprocal := make([]float64, p.n)
		parallel(p.n, threads, func(from, to int) {
			for i := from; i < to; i++ {
				texts := p.start[i+1] - p.start[i]
				for t := range texts {
					q, _ := a.read(p.texts, []int{p.start[i] + t})
					own := gemm.Dot(q, m[i*a.dims:(i+1)*a.dims])
					rank := 0
					for j := range p.n {
						if gemm.Dot(q, m[j*a.dims:(j+1)*a.dims]) >= own {
							rank++
						}
					}
					reciprocal[i] += 1 / float64(rank*texts)
				}
			}
		})
		for _, r := range reciprocal {
			sum += r
		}
		n += float64(p.n)
	}
	return sum / n
}
