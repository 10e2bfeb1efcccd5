package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"ace/core/model"
)

// plan is the shape of the network and of its questions.
type plan struct {
	encoder, decoder, width, heads, ffn int
	levels, pieces, words               int
	seed                                uint64
}

// standard is what is measured: the shape that `ace build --size base` gives.
var standard = plan{encoder: 3, decoder: 3, width: 256, heads: 8, ffn: 1024, levels: 5, pieces: 8192, words: 24, seed: 1}

// codes is V of every level: a byte of the trie an item.
const codes = 256

// Streams of random numbers, one a purpose: none shifts when another draws more.
const (
	ofWeights = iota + 1
	ofItems
	ofQuestions
	ofVectors
)

func (p *plan) random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(p.seed, stream)) }

// config is the network: both fusion branches, word vectors of width sense.
func (p *plan) config(vocabulary, sense int) (*model.Config, error) {
	c := &model.Config{Width: p.width, Heads: p.heads, FFN: p.ffn, Encoder: p.encoder, Decoder: p.decoder,
		Vocabulary: vocabulary, Places: 32, Levels: slices.Repeat([]int{codes}, p.levels), Coarse: true, Fine: true, Sense: sense}
	return c, c.Check()
}

// weights are normal with the variance of 1/in, norms 1: signals neither vanish
// nor grow, and no kernel meets denormal numbers.
func (p *plan) weights(c *model.Config) []float32 {
	tensors, n := c.Layout()
	flat := make([]float32, n)
	rng := p.random(ofWeights)
	for _, t := range tensors {
		v := flat[t.Offset : t.Offset+t.Len]
		if len(t.Shape) == 1 {
			if last := t.Name[strings.LastIndexByte(t.Name, '.')+1:]; last != "bias" {
				for i := range v {
					v[i] = 1
				}
			}
			continue
		}
		dev := 1 / math.Sqrt(float64(t.Shape[len(t.Shape)-1]))
		for i := range v {
			v[i] = float32(rng.NormFloat64() * dev)
		}
	}
	return flat
}

// read is how many weights the matrix products of one answer go over at most: the
// encoder's and the keys and values of the query once, the decoder's at each level.
func read(c *model.Config) int {
	tensors, _ := c.Layout()
	n := 0
	for _, t := range tensors {
		switch decoder := strings.HasPrefix(t.Name, "decoder."); {
		case len(t.Shape) < 2, t.Name == "pieces", t.Name == "places", t.Name == "codes", t.Name == "steps": // a few rows of them
		case decoder && !strings.HasSuffix(t.Name, "cross.kv"):
			n += len(c.Levels) * t.Len
		default:
			n += t.Len
		}
	}
	return n
}
