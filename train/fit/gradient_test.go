package fit

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"ace/core"
	"ace/core/compute"
	"ace/core/model"
	"ace/core/query"
	"ace/core/text"
)

// tiny are shapes with every part of the network, and with each fusion branch
// left out.
func tiny() map[string]*model.Config {
	c := model.Config{Width: 6, Heads: 2, FFN: 5, Encoder: 2, Decoder: 2, Vocabulary: 260, Places: 4, Levels: []int{3, 4, 2}, Sense: 3}
	both, coarse, fine, none := c, c, c, c
	both.Coarse, both.Fine, coarse.Coarse, fine.Fine = true, true, true, true
	return map[string]*model.Config{"both": &both, "coarse": &coarse, "fine": &fine, "none": &none}
}

func tinySamples() []Sample {
	q := func(pieces, start []uint32, words int) query.Query {
		sense := make([]float32, 3*words)
		for i := range sense {
			sense[i] = float32(i%4) - 1.5
		}
		return query.Query{Tokens: text.Tokens{Pieces: pieces, Start: start}, Sense: sense}
	}
	return []Sample{
		{q([]uint32{256, 257, 3}, []uint32{0, 2, 3}, 2), core.ID{0, 3, 1}},
		{q([]uint32{257}, []uint32{0, 1}, 1), core.ID{2, 0, 0}},
		{q([]uint32{1, 2, 3, 256, 259, 4}, []uint32{0, 1, 1, 3, 4, 6}, 5), core.ID{0, 1, 1}},
	}
}

// TestGradient checks the gradient by every tensor of the network against
// float64 central differences, with dropout and smoothing on, without R-Drop and
// with.
func TestGradient(t *testing.T) {
	type test struct {
		c     *model.Config
		rdrop float64
	}
	tests := map[string]test{"r-drop": {tiny()["both"], 0.7}}
	for name, c := range tiny() {
		tests[name] = test{c, 0}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := test.c
			tensors, n := c.Layout()
			rng := rand.New(rand.NewPCG(1, 2))
			params, grads := make([]float64, n), make([]float64, n)
			for i := range params {
				params[i] = rng.NormFloat64() * 0.5
			}
			s := newStepper(c, compute.NewOracle(), params, grads)
			reg := Regular{Dropout: 0.25, Smoothing: 0.1, RDrop: test.rdrop}
			loss := func(weight float64) float64 {
				loss, apart, err := s.run(context.Background(), tinySamples(), weight, reg, 7)
				if err != nil {
					t.Fatal(err)
				}
				return loss + test.rdrop*apart
			}
			const weight = 0.3
			loss(weight)
			for _, ts := range tensors {
				worst, largest := 0.0, 0.0
				for i := ts.Offset; i < ts.Offset+ts.Len; i++ {
					if ts.Name == "pieces" && grads[i] == 0 && i%7 != 0 {
						continue // most pieces do not occur
					}
					const h = 1e-5
					at := params[i]
					params[i] = at + h
					up := loss(0)
					params[i] = at - h
					down := loss(0)
					params[i] = at
					want := weight * (up - down) / (2 * h)
					worst = max(worst, math.Abs(want-grads[i]))
					largest = max(largest, math.Abs(want))
				}
				if worst > 1e-7*(1+largest) {
					t.Errorf("%s: gradient off by %.2g, largest %.2g", ts.Name, worst, largest)
				}
				if largest == 0 {
					t.Errorf("%s: has no gradient at all", ts.Name)
				}
			}
		})
	}
}

// TestTwoPasses: with R-Drop the reported loss is that of both passes, and it is
// dropout alone that sets them apart.
func TestTwoPasses(t *testing.T) {
	c := tiny()["both"]
	_, n := c.Layout()
	rng := rand.New(rand.NewPCG(1, 2))
	params := make([]float64, n)
	for i := range params {
		params[i] = rng.NormFloat64() * 0.5
	}
	s := newStepper(c, compute.NewOracle(), params, make([]float64, n))
	run := func(reg Regular) (loss, apart float64) {
		loss, apart, err := s.run(context.Background(), tinySamples(), 0, reg, 7)
		if err != nil {
			t.Fatal(err)
		}
		return loss, apart
	}
	once, none := run(Regular{})
	twice, same := run(Regular{RDrop: 0.5})
	if none != 0 || math.Abs(same) > 1e-12 || math.Abs(twice-2*once) > 1e-9 {
		t.Errorf("without dropout: once %v and %v, twice %v and %v", once, none, twice, same)
	}
	light, a := run(Regular{Dropout: 0.1, RDrop: 0.5})
	if a < 1e-3 {
		t.Errorf("with dropout apart by %v", a)
	}
	if heavy, b := run(Regular{Dropout: 0.1, RDrop: 5}); heavy != light || b != a {
		t.Errorf("with another weight the loss is %v, not %v, and they are apart by %v, not %v", heavy, light, b, a)
	}
}
