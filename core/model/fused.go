package model

import (
	"fmt"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
)

// CheckFused refuses a shape whose vectors the fused kernels cannot read four
// numbers at a time.
func (c *Config) CheckFused() error {
	if c.Width%(4*c.Heads) != 0 || c.FFN%4 != 0 {
		return fmt.Errorf("a width of %d in %d heads and %d hidden units: heads and hidden units are taken by fours", c.Width, c.Heads, c.FFN)
	}
	return nil
}

// encodeFused is Encode for one query. Keys and values of all views and layers
// lie in one buffer, [views, layers, rows, 2d].
func (r *Recorder) encodeFused(t Text) Memory {
	c, w := r.Config, r.Weights
	d, rows, none := c.Width, t.Rows, compute.Buffer{}
	x := r.Room(rows * d)
	r.Dispatch(shaders.Embed, cpu.Pack(cpu.EmbedParams{Rows: uint32(rows), Width: uint32(d)}), t.Pieces, t.Start, t.Place, w.Pieces, w.Places, x)
	switch {
	case c.Sense%4 != 0:
		x = r.linear(t.Sense, w.Sense, none, x, rows, c.Sense, d, false)
	case c.Sense > 0:
		y := r.Room(rows * d)
		r.project(projection{x: t.Sense, w: w.Sense, res: x, y: y, rows: rows, in: c.Sense, out: d})
		x = y
	}
	unseen := 0 // layers below those that the decoder sees
	if !c.Coarse && !c.Fine {
		unseen = c.Encoder - 1
	}
	layers := r.Room((c.Encoder - unseen) * rows * d)
	for i := range w.Encoder {
		l := &w.Encoder[i]
		qkv := r.Room(rows * 3 * d)
		r.project(projection{x: x, g: l.Norm1, w: l.QKV, y: qkv, rows: rows, in: d, out: 3 * d})
		x = r.selfAttention(qkv, 0, t.Keys, t.Span, l.Out, x, rows, rows)
		x = r.feedForward(x, l.Norm2, l.Up, l.Down, rows)
		if i >= unseen {
			r.Dispatch(shaders.Norm, cpu.Pack(cpu.NormParams{Rows: uint32(rows), Width: uint32(d), Eps: normEps, From: uint32((i - unseen) * rows)}), x, l.Memory, layers)
		}
	}
	m := Memory{rows: rows, whole: r.Room(c.Views() * c.Decoder * rows * 2 * d)}
	kv := projection{w: w.decoder, y: m.whole, rows: rows, in: d, out: 2 * d, layers: c.Decoder}
	kv.at, kv.stride = w.of(w.Decoder[0].KV), w.of(w.Decoder[min(1, c.Decoder-1)].KV)-w.of(w.Decoder[0].KV)
	if c.Coarse {
		z := r.Room(rows * d)
		r.project(projection{x: layers, w: w.Fuse, bias: w.FuseB, y: z, rows: rows, in: d, out: d, parts: c.Encoder})
		kv.x, kv.views = z, 1
		r.project(kv)
		kv.from = c.Decoder * rows
	}
	if c.Fine || !c.Coarse {
		kv.x, kv.views = layers, c.Encoder-unseen
		r.project(kv)
	}
	return m
}

// decodeFused is Decode for rows of one query.
func (r *Recorder) decodeFused(m Memory, t Codes) compute.Buffer {
	c, w := r.Config, r.Weights
	d, rows := c.Width, t.Rows
	x := r.Room(rows * d)
	r.Dispatch(shaders.Embed, cpu.Pack(cpu.EmbedParams{Rows: uint32(rows), Width: uint32(d)}), t.Table, t.Start, t.Place, w.Codes, w.Steps, x)
	for i := range w.Decoder {
		l := &w.Decoder[i]
		r.project(projection{x: x, g: l.Norm1, w: l.QKV, y: t.Cache[i], from: t.From, rows: rows, in: d, out: 3 * d})
		x = r.selfAttention(t.Cache[i], t.From, t.SelfKeys, t.SelfSpan, l.Out, x, rows, len(c.Levels))
		x = r.fusion(m, i, x, rows)
		x = r.feedForward(x, l.Norm3, l.Up, l.Down, rows)
	}
	return x
}

func (r *Recorder) fusion(m Memory, layer int, x compute.Buffer, rows int) compute.Buffer {
	c, w := r.Config, r.Weights
	l := &w.Decoder[layer]
	of := func(b compute.Buffer) uint32 { return uint32(w.of(b)) }
	p := cpu.FusionParams{
		Rows: uint32(rows), Width: uint32(c.Width), Heads: uint32(c.Heads), Words: uint32(m.rows),
		First: uint32(layer * m.rows), Stride: uint32(c.Decoder * m.rows), Coarse: flag(c.Coarse), Eps: normEps,
		Norm: of(l.Norm2), Query: of(l.Query), Out: of(l.CrossO),
	}
	if c.Coarse {
		p.CoarseW, p.CoarseB = of(l.Coarse), of(l.CoarseB)
	}
	if c.Fine {
		p.Fine = uint32(c.Encoder)
		p.FineState, p.FineCross, p.FineB = of(l.FineY), of(l.FineC), of(l.FineB)
	}
	y := r.Room(rows * c.Width)
	r.Dispatch(shaders.Fusion, cpu.Pack(p), x, w.decoder, m.whole, r.Room(p.Scratch()), y)
	return y
}

func (r *Recorder) selfAttention(qkv compute.Buffer, from int, keys, span, w, res compute.Buffer, rows, most int) compute.Buffer {
	c := r.Config
	p := cpu.AttendParams{Rows: uint32(rows), Heads: uint32(c.Heads), Head: uint32(c.Width / c.Heads), From: uint32(from), Keys: uint32(most)}
	y := r.Room(rows * c.Width)
	r.Dispatch(shaders.Attend, cpu.Pack(p), qkv, keys, span, w, res, r.Room(p.Scratch()), y)
	return y
}

func (r *Recorder) feedForward(x, g, up, down compute.Buffer, rows int) compute.Buffer {
	c := r.Config
	p := cpu.FeedForwardParams{Rows: uint32(rows), Width: uint32(c.Width), Hidden: uint32(c.FFN), Eps: normEps}
	y := r.Room(rows * c.Width)
	r.Dispatch(shaders.FeedForward, cpu.Pack(p), x, g, up, down, r.Room(p.Scratch()), y)
	return y
}

// projection is what Project does; 0 parts, layers and views are 1.
type projection struct {
	x, g, w, bias, res, y compute.Buffer
	rows, in, out         int
	parts, layers, views  int
	from                  int // row of y
	at, stride            int // where in w
}

func (r *Recorder) project(p projection) {
	r.Dispatch(shaders.Project, cpu.Pack(cpu.ProjectParams{
		Rows: uint32(p.rows), In: uint32(p.in), Out: uint32(p.out), G: flag(p.g.Len() > 0), Bias: flag(p.bias.Len() > 0), Res: flag(p.res.Len() > 0), Eps: normEps,
		Parts: uint32(max(p.parts, 1)), Layers: uint32(max(p.layers, 1)), Views: uint32(max(p.views, 1)),
		From: uint32(p.from), W: uint32(p.at), WStride: uint32(p.stride),
	}), p.x, p.g, p.w, p.bias, p.res, p.y)
}
