package fit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"ace/core/model"
)

// start gives the flat vector of all parameters its first values: norms 1,
// biases 0, matrices normal with the variance of 1/in, those that end a residual
// branch smaller by the root of twice the number of layers (GPT-2's rule), the
// tables of vectors with deviation 1/sqrt(d) times a half.
//
// What warm knows is taken over, in the same lengths.
func start(c *model.Config, seed uint64, warm Warm) []float32 {
	tensors, n := c.Layout()
	p := make([]float32, n)
	rng := rand.New(rand.NewPCG(seed, 0x57a27))
	for _, t := range tensors {
		v := p[t.Offset : t.Offset+t.Len]
		last := t.Name[strings.LastIndexByte(t.Name, '.')+1:]
		var dev float64
		switch {
		case strings.HasPrefix(last, "norm") || last == "memory":
			for i := range v {
				v[i] = 1
			}
			continue
		case last == "bias":
			continue
		case t.Name == "pieces" || t.Name == "codes" || t.Name == "sense.weight":
			dev = 0.5 / math.Sqrt(float64(c.Width))
		case t.Name == "places" || t.Name == "steps":
			dev = 0.1 / math.Sqrt(float64(c.Width))
		default:
			dev = 1 / math.Sqrt(float64(t.Shape[len(t.Shape)-1]))
			if t.Name == "fuse.weight" {
				dev /= math.Sqrt(float64(c.Encoder))
			}
			if last == "out" || last == "down" {
				dev /= math.Sqrt(2 * float64(c.Encoder+c.Decoder))
			}
		}
		for i := range v {
			v[i] = float32(rng.NormFloat64() * dev)
		}
		warm.take(c, t.Name, v)
	}
	return p
}

// Warm is what was learnt before: vectors of the pieces and of the codes in one
// space, of the network's width. The zero Warm knows nothing.
type Warm struct {
	Pieces []float32   // [Vocabulary, Width]
	Sense  []float32   // [Config.Sense, Width]: what takes word vectors to that space
	Codes  [][]float32 // of each level [V, Width]; nil where nothing is known of a level's codes
}

// take starts a tensor from what is known of it. Code embeddings and the output
// layer begin at the codes' places among the items, as in AVG (arXiv 2407.17274)
// and GENIUS (arXiv 2503.19868).
func (w *Warm) take(c *model.Config, name string, v []float32) {
	d := c.Width
	var level int
	switch {
	case name == "pieces" && w.Pieces != nil:
		copy(v, w.Pieces)
		lengthen(v, 0.5/(rootMeanSquare(v)*math.Sqrt(float64(d))))
	case name == "sense.weight" && w.Sense != nil:
		scale := 0.5 / (rootMeanSquare(w.Pieces) * math.Sqrt(float64(d)))
		for k := range c.Sense {
			for j := range d {
				v[j*c.Sense+k] = float32(float64(w.Sense[k*d+j]) * scale)
			}
		}
	case name == "codes":
		for l, x := range w.Codes {
			rows := v[c.CodeRow(l, 0)*d:]
			each(x, d, func(i int, unit []float32) {
				for j, u := range unit {
					rows[i*d+j] = 0.5 * u
				}
			})
		}
	case scan(name, "head.%d.weight", &level) && level < len(w.Codes):
		each(w.Codes[level], d, func(i int, unit []float32) {
			for j, u := range unit {
				v[i*d+j] = (v[i*d+j] + u) / math.Sqrt2
			}
		})
	}
}

func scan(s, format string, into *int) bool {
	n, err := fmt.Sscanf(s, format, into)
	return n == 1 && err == nil
}

// each calls f with the rows of x [., d] brought to length 1; rows of zeros are
// left out.
func each(x []float32, d int, f func(i int, unit []float32)) {
	unit := make([]float32, d)
	for i := range len(x) / d {
		copy(unit, x[i*d:(i+1)*d])
		if n := rootMeanSquare(unit) * math.Sqrt(float64(d)); n > 0 {
			lengthen(unit, 1/n)
			f(i, unit)
		}
	}
}

func lengthen(x []float32, by float64) {
	for i, v := range x {
		x[i] = float32(float64(v) * by)
	}
}

func rootMeanSquare(x []float32) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(max(len(x), 1)))
}

// decaying lists the ranges of the matrices: norms, biases and tables of
// vectors are not decayed.
func decaying(c *model.Config) []span {
	tensors, _ := c.Layout()
	var out []span
	for _, t := range tensors {
		switch t.Name {
		case "pieces", "places", "codes", "steps":
			continue
		}
		if len(t.Shape) > 1 {
			out = append(out, span{t.Offset, t.Offset + t.Len})
		}
	}
	return out
}
