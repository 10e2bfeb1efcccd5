package fit

import (
	"math"
	"math/rand/v2"
	"strings"

	"ace/core/model"
)

// start gives the flat vector of all parameters its first values: norms 1,
// biases 0, matrices normal with the variance of 1/in, those that end a residual
// branch smaller by the root of twice the number of layers (GPT-2's rule), the
// tables of vectors with deviation 1/sqrt(d) times a half.
func start(c *model.Config, seed uint64) []float32 {
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
		case t.Name == "pieces" || t.Name == "codes":
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
	}
	return p
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
