package model

import (
	"math"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
)

const normEps = 1e-6

// Recorder appends the network's work to a recording.
type Recorder struct {
	*compute.Recording
	Config  *Config
	Weights *Weights
	// Room gives a buffer of n floats for an intermediate result.
	Room func(n int) compute.Buffer
	// Fused records one dispatch for each block, for one query and without
	// dropout: what a GPU runs. The shape must have passed CheckFused.
	Fused bool
	// Dropout, in training, returns res + dropout(x), both of n elements; res
	// may be unbound. Nil leaves nothing out.
	Dropout func(x, res compute.Buffer, n int) compute.Buffer
}

// Text is a batch of encoded queries, one row a word.
type Text struct {
	Rows          int            // T: words of all queries together
	Pieces, Start compute.Buffer // as text.Tokens: Start has Rows+1 elements
	Place         compute.Buffer // [Rows] the word's place in its query, below Config.Places
	Sense         compute.Buffer // [Rows, Config.Sense] the words' vectors, 0 for unknown words; unbound where Sense is 0
	Keys, Span    compute.Buffer // the words that each word attends to: those of its query
}

// Memory is what the decoder attends to: for each decoder layer and each view
// of the query (coarse first, then the encoder layers) keys and values,
// [rows, 2d].
type Memory struct {
	views [][]compute.Buffer
	whole compute.Buffer // where Fused, all of them
	rows  int
}

// Codes is a batch of decoder rows: identifiers in the writing.
type Codes struct {
	Rows                 int
	Table, Start         compute.Buffer   // the row of the code table that was written last; Start 0..Rows
	Place                compute.Buffer   // [Rows] level to be written
	SelfKeys, SelfSpan   compute.Buffer   // rows of the cache that each row attends to
	CrossKeys, CrossSpan compute.Buffer   // rows of the memory that each row attends to; where Fused, all, and these are not read
	Cache                []compute.Buffer // for each decoder layer q, k and v of all rows, [., 3d]
	From                 int              // row of the cache where this batch begins
}

// NewCache makes room for the self-attention of rows decoder rows.
func (r *Recorder) NewCache(rows int) []compute.Buffer {
	c := make([]compute.Buffer, r.Config.Decoder)
	for i := range c {
		c[i] = r.Room(rows * 3 * r.Config.Width)
	}
	return c
}

// Encode records the encoder and the decoder's keys and values over it.
func (r *Recorder) Encode(t Text) Memory {
	c, w := r.Config, r.Weights
	d := c.Width
	if r.Fused {
		return r.encodeFused(t)
	}
	x := r.Room(t.Rows * d)
	r.Dispatch(shaders.Embed, cpu.Pack(cpu.EmbedParams{Rows: uint32(t.Rows), Width: uint32(d)}), t.Pieces, t.Start, t.Place, w.Pieces, w.Places, x)
	if c.Sense > 0 {
		x = r.linear(t.Sense, w.Sense, compute.Buffer{}, x, t.Rows, c.Sense, d, false)
	}
	if r.Dropout != nil {
		x = r.Dropout(x, compute.Buffer{}, t.Rows*d)
	}
	layers := make([]compute.Buffer, c.Encoder)
	for i := range w.Encoder {
		l := &w.Encoder[i]
		qkv := r.linear(r.norm(x, l.Norm1, t.Rows), l.QKV, compute.Buffer{}, compute.Buffer{}, t.Rows, d, 3*d, false)
		x = r.residual(r.attend(qkv, 3*d, qkv, 3*d, d, 2*d, t.Keys, t.Span, t.Rows), l.Out, x, t.Rows, d)
		up := r.linear(r.norm(x, l.Norm2, t.Rows), l.Up, compute.Buffer{}, compute.Buffer{}, t.Rows, d, c.FFN, true)
		x = r.residual(up, l.Down, x, t.Rows, c.FFN)
		if l.Memory.Len() > 0 {
			layers[i] = r.norm(x, l.Memory, t.Rows)
		}
	}
	var views []compute.Buffer
	if c.Coarse {
		var z compute.Buffer
		for i, e := range layers {
			bias := compute.Buffer{}
			if i == 0 {
				bias = w.FuseB
			}
			z = r.linear(e, w.Fuse.At(i*d*d, d*d), bias, z, t.Rows, d, d, false)
		}
		views = append(views, z)
	}
	if c.Fine {
		views = append(views, layers...)
	}
	if len(views) == 0 {
		views = layers[c.Encoder-1:]
	}
	m := Memory{views: make([][]compute.Buffer, c.Decoder)}
	for i := range w.Decoder {
		m.views[i] = make([]compute.Buffer, len(views))
		for j, v := range views {
			m.views[i][j] = r.linear(v, w.Decoder[i].KV, compute.Buffer{}, compute.Buffer{}, t.Rows, d, 2*d, false)
		}
	}
	return m
}

// Decode records the decoder over a batch of rows and returns its states, [Rows,
// d], from which Logits reads a level. Where Fused, all rows belong to the one
// query and see all of its words, and no row sees more than all levels.
func (r *Recorder) Decode(m Memory, t Codes) compute.Buffer {
	c, w := r.Config, r.Weights
	d, none := c.Width, compute.Buffer{}
	if r.Fused {
		return r.decodeFused(m, t)
	}
	x := r.Room(t.Rows * d)
	r.Dispatch(shaders.Embed, cpu.Pack(cpu.EmbedParams{Rows: uint32(t.Rows), Width: uint32(d)}), t.Table, t.Start, t.Place, w.Codes, w.Steps, x)
	if r.Dropout != nil {
		x = r.Dropout(x, none, t.Rows*d)
	}
	for i := range w.Decoder {
		l := &w.Decoder[i]
		qkv := t.Cache[i].At(t.From*3*d, t.Rows*3*d)
		r.linearTo(qkv, r.norm(x, l.Norm1, t.Rows), l.QKV, none, none, t.Rows, d, 3*d, false)
		x = r.residual(r.attend(qkv, 3*d, t.Cache[i], 3*d, d, 2*d, t.SelfKeys, t.SelfSpan, t.Rows), l.Out, x, t.Rows, d)

		y := r.norm(x, l.Norm2, t.Rows)
		x = r.fuse(l, x, y, r.linear(y, l.Query, none, none, t.Rows, d, d, false), m.views[i], t)

		up := r.linear(r.norm(x, l.Norm3, t.Rows), l.Up, none, none, t.Rows, d, c.FFN, true)
		x = r.residual(up, l.Down, x, t.Rows, c.FFN)
	}
	return r.norm(x, w.Final, t.Rows)
}

// fuse adds to x what the fusion branches see of the query: y the normalised
// state, q its projection.
func (r *Recorder) fuse(l *DecoderLayer, x, y, q compute.Buffer, views []compute.Buffer, t Codes) compute.Buffer {
	c, none := r.Config, compute.Buffer{}
	d, rows := c.Width, t.Rows
	cross := func(kv compute.Buffer) compute.Buffer {
		return r.attend(q, d, kv, 2*d, 0, d, t.CrossKeys, t.CrossSpan, rows)
	}
	if !c.Coarse && !c.Fine {
		return r.residual(cross(views[0]), l.CrossO, x, rows, d)
	}
	sum := x
	if r.Dropout != nil {
		sum = none
	}
	if c.Coarse {
		h := r.linear(cross(views[0]), l.CrossO, none, none, rows, d, d, false)
		sum = r.gate(h, r.linear(h, l.Coarse, l.CoarseB, none, rows, d, d, false), sum, rows*d, 1)
		views = views[1:]
	}
	if c.Fine {
		state := r.linear(y, l.FineY, l.FineB, none, rows, d, d, false)
		for _, v := range views {
			h := r.linear(cross(v), l.CrossO, none, none, rows, d, d, false)
			sum = r.gate(h, r.linear(h, l.FineC, none, state, rows, d, d, false), sum, rows*d, float32(1/math.Sqrt(float64(len(views)))))
		}
	}
	if r.Dropout != nil {
		return r.Dropout(sum, x, rows*d)
	}
	return sum
}

// Logits records the logits of a level, [rows, V], from states [rows, d].
func (r *Recorder) Logits(states compute.Buffer, level, rows int) compute.Buffer {
	h := &r.Weights.Heads[level]
	if r.Fused {
		y := r.Room(rows * r.Config.Levels[level])
		r.project(projection{x: states, g: r.Weights.Final, w: h.Weight, bias: h.Bias, y: y, rows: rows, in: r.Config.Width, out: r.Config.Levels[level]})
		return y
	}
	return r.linear(states, h.Weight, h.Bias, compute.Buffer{}, rows, r.Config.Width, r.Config.Levels[level], false)
}

// LogProbs records the log-probabilities over all codes of a level.
func (r *Recorder) LogProbs(states compute.Buffer, level, rows int) compute.Buffer {
	v := r.Config.Levels[level]
	y := r.Room(rows * v)
	r.Dispatch(shaders.LogSoftmax, cpu.Pack(cpu.LogSoftmaxParams{Rows: uint32(rows), Width: uint32(v)}), r.Logits(states, level, rows), y)
	return y
}

func (r *Recorder) norm(x, g compute.Buffer, rows int) compute.Buffer {
	y := r.Room(rows * r.Config.Width)
	r.Dispatch(shaders.Norm, cpu.Pack(cpu.NormParams{Rows: uint32(rows), Width: uint32(r.Config.Width), Eps: normEps}), x, g, y)
	return y
}

func (r *Recorder) linear(x, w, bias, res compute.Buffer, rows, in, out int, relu bool) compute.Buffer {
	y := r.Room(rows * out)
	r.linearTo(y, x, w, bias, res, rows, in, out, relu)
	return y
}

func (r *Recorder) linearTo(y, x, w, bias, res compute.Buffer, rows, in, out int, relu bool) {
	p := cpu.LinearParams{Rows: uint32(rows), In: uint32(in), Out: uint32(out)}
	p.ReLU, p.Bias, p.Res = flag(relu), flag(bias.Len() > 0), flag(res.Len() > 0)
	r.Dispatch(shaders.Linear, cpu.Pack(p), x, w, bias, res, y)
}

// flag is 1 for true.
func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// residual is res + x w^T, with dropout of the second part in training.
func (r *Recorder) residual(x, w, res compute.Buffer, rows, in int) compute.Buffer {
	d := r.Config.Width
	if r.Dropout == nil {
		return r.linear(x, w, compute.Buffer{}, res, rows, in, d, false)
	}
	return r.Dropout(r.linear(x, w, compute.Buffer{}, compute.Buffer{}, rows, in, d, false), res, rows*d)
}

func (r *Recorder) attend(q compute.Buffer, qStride int, kv compute.Buffer, kvStride, kOff, vOff int, keys, span compute.Buffer, rows int) compute.Buffer {
	c := r.Config
	y := r.Room(rows * c.Width)
	r.Dispatch(shaders.Attention, cpu.Pack(cpu.AttentionParams{
		Rows: uint32(rows), Heads: uint32(c.Heads), Head: uint32(c.Width / c.Heads),
		QStride: uint32(qStride), KVStride: uint32(kvStride), KOff: uint32(kOff), VOff: uint32(vOff),
	}), q, kv, keys, span, y)
	return y
}

func (r *Recorder) gate(c, g, res compute.Buffer, n int, scale float32) compute.Buffer {
	y := r.Room(n)
	r.Dispatch(shaders.Gate, cpu.Pack(cpu.GateParams{N: uint32(n), Scale: scale, Res: flag(res.Len() > 0)}), c, g, res, y)
	return y
}
