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
	"ace/shaders"
	"ace/shaders/grad"
)

// TestFastAgainstTwins runs a whole step, forward and backward, with the fast
// kernels and with the twins, on shapes that fill no vector register evenly.
func TestFastAgainstTwins(t *testing.T) {
	for _, c := range []*model.Config{
		{Width: 6, Heads: 2, FFN: 5, Encoder: 2, Decoder: 1, Vocabulary: 260, Places: 4, Levels: []int{3, 4, 2}, Coarse: true, Fine: true, Sense: 3},
		{Width: 36, Heads: 4, FFN: 70, Encoder: 1, Decoder: 2, Vocabulary: 300, Places: 3, Levels: []int{17, 33, 65}, Coarse: true, Fine: true, Sense: 9},
	} {
		rng := rand.New(rand.NewPCG(1, 2))
		params := start(c, 3, Warm{})
		var samples []Sample
		for range 13 {
			s := Sample{Text: query.Query{Tokens: text.Tokens{Start: []uint32{0}}}}
			for range 1 + rng.IntN(9) {
				for range 1 + rng.IntN(4) {
					s.Text.Pieces = append(s.Text.Pieces, uint32(rng.IntN(c.Vocabulary)))
				}
				s.Text.Start = append(s.Text.Start, uint32(len(s.Text.Pieces)))
				for range c.Sense {
					s.Text.Sense = append(s.Text.Sense, float32(rng.NormFloat64()))
				}
			}
			for _, v := range c.Levels {
				s.ID = append(s.ID, core.Token(rng.IntN(v)))
			}
			samples = append(samples, s)
		}
		var losses, aparts [2]float64
		var grads [2][]float32
		for i, dev := range []*compute.CPU[float32]{compute.NewReference(), compute.NewCPU(fastKernels)} {
			grads[i] = make([]float32, len(params))
			s := newStepper(c, dev, params, grads[i])
			loss, apart, err := s.run(context.Background(), samples, 0.1, Regular{Dropout: 0.2, Smoothing: 0.1, RDrop: 0.7}, 5)
			if err != nil {
				t.Fatal(err)
			}
			losses[i], aparts[i] = loss, apart
		}
		if math.Abs(losses[0]-losses[1]) > 1e-4*losses[0] {
			t.Errorf("loss: fast %v, twins %v", losses[1], losses[0])
		}
		if math.Abs(aparts[0]-aparts[1]) > 1e-3*aparts[0] || aparts[0] == 0 {
			t.Errorf("apart: fast %v, twins %v", aparts[1], aparts[0])
		}
		tensors, _ := c.Layout()
		for _, ts := range tensors {
			worst, largest := 0.0, 0.0
			for i := ts.Offset; i < ts.Offset+ts.Len; i++ {
				worst = max(worst, math.Abs(float64(grads[0][i]-grads[1][i])))
				largest = max(largest, math.Abs(float64(grads[0][i])))
			}
			if worst > 1e-4*largest+1e-7 || largest == 0 {
				t.Errorf("%s: gradients differ by %.2g, largest %.2g", ts.Name, worst, largest)
			}
		}
	}
}

// TestFastKernelsAreOfTheTable: each fast kernel stands in the table.
func TestFastKernelsAreOfTheTable(t *testing.T) {
	known := map[*shaders.Kernel]bool{}
	for _, k := range grad.Table {
		known[k] = true
	}
	for k := range fastKernels {
		if !known[k] {
			t.Errorf("fast kernel %s is not in the table", k.Name)
		}
	}
}
