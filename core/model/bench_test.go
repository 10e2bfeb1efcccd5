package model

import (
	"context"
	"math"
	"testing"
	"time"

	"ace/core"
	"ace/core/compute"
)

// BenchmarkQuery is one query of 24 words and a beam of 10 through a network of
// 3+3 layers, with the fusion branches and without, of weights in f32 and in int8.
func BenchmarkQuery(b *testing.B) {
	for _, c := range []struct {
		name         string
		coarse, fine bool
	}{{"fused", true, true}, {"plain", false, false}} {
		config := &Config{Width: 256, Heads: 8, FFN: 1024, Encoder: 3, Decoder: 3, Vocabulary: 2000, Places: 32,
			Levels: []int{128, 256, 256, 256, 256}, Coarse: c.coarse, Fine: c.fine}
		params := random(config)
		for i := range params {
			params[i] /= 8 // as trained ones: no sigmoid is so near to 0 that it has no normal float32
		}
		b.Run(c.name+"/f32", func(b *testing.B) {
			dev := compute.NewCPU()
			benchmarkQuery(b, config, dev, dev.Adopt(params))
		})
		b.Run(c.name+"/int8", func(b *testing.B) {
			dev := compute.NewCPU()
			benchmarkQuery(b, config, dev, compute.AdoptPacked(dev, packed(config, params)))
		})
	}
}

// packed rounds the matrices of params to int8.
func packed(c *Config, params []float32) *compute.Packed {
	tensors, n := c.Layout()
	p := compute.NewPacked(n)
	for _, t := range tensors {
		x := params[t.Offset:][:t.Len]
		if len(t.Shape) < 2 {
			p.AddFloats(t.Offset, x)
			continue
		}
		q, scale := make([]int8, t.Len), make([]float32, t.Shape[0])
		for r := range scale {
			row := x[r*t.Shape[1]:][:t.Shape[1]]
			var top float64
			for _, v := range row {
				top = max(top, math.Abs(float64(v)))
			}
			scale[r] = float32(top / 127)
			for i, v := range row {
				q[r*t.Shape[1]+i] = int8(math.Round(float64(v / scale[r])))
			}
		}
		p.AddInt8(t.Offset, q, scale)
	}
	return p
}

func benchmarkQuery(b *testing.B, c *Config, dev compute.Device, weights compute.Buffer) {
	const words, beams = 24, 10
	r := NewReader(c, dev, weights, Limits{Words: words, Pieces: 3 * words})
	r.Reserve(beams)
	var pieces, start []uint32
	for i := range words {
		start = append(start, uint32(len(pieces)))
		pieces = append(pieces, uint32(3*i), uint32(3*i+1), uint32(3*i+2))
	}
	start = append(start, uint32(len(pieces)))
	parents, tokens := make([]int, beams), make([]core.Token, beams)
	for i := range parents {
		parents[i], tokens[i] = i, core.Token(7*i)
	}
	first := make([]int, beams) // after the first step every beam continues the one
	ctx := context.Background()
	b.ReportAllocs()
	best := time.Hour // other programs disturb the mean
	for b.Loop() {
		began := time.Now()
		if err := r.Begin(ctx, pieces, start, nil); err != nil {
			b.Fatal(err)
		}
		for level := range c.Levels {
			p, t := parents, tokens
			switch level {
			case 0:
				p, t = first[:1], tokens[:1]
			case 1:
				p = first
			}
			if _, err := r.Step(ctx, level, p, t); err != nil {
				b.Fatal(err)
			}
		}
		best = min(best, time.Since(began))
	}
	b.ReportMetric(best.Seconds()*1e3, "best-ms")
}
