package model

import (
	"context"
	"fmt"

	"ace/core"
	"ace/core/compute"
)

// Reader runs one query at a time on a device: Begin encodes it, Step gives the
// log-probabilities of the next code. It is a beam.Scorer.
type Reader struct {
	config  *Config
	dev     compute.Device
	weights *Weights
	most    Limits
	width   int // beams it has room for

	room compute.Buffer // intermediate results: the query's, the cache, then the step's
	used int

	rec     compute.Recording
	uints   compute.Buffer
	sense   compute.Buffer // the words' vectors
	upload  []uint32
	memory  Memory
	cache   []compute.Buffer
	encoded int   // elements of room that the query keeps
	words   int   // T of the query
	past    []row // of the beams of the step before
	out     []float32
}

// Limits are the longest query that a Reader has room for.
type Limits struct{ Words, Pieces int }

// row is the cache rows of a beam, its ancestors' and its own.
type row []uint32

// NewReader makes a reader over weights on the device, laid out as Config.Layout
// says. The shape must have passed Check.
func NewReader(c *Config, dev compute.Device, flat compute.Buffer, most Limits) *Reader {
	return &Reader{config: c, dev: dev, weights: c.Bind(flat), most: most}
}

func (r *Reader) recorder(room compute.Buffer) *Recorder {
	return &Recorder{Recording: &r.rec, Config: r.config, Weights: r.weights, Room: func(n int) compute.Buffer {
		at := r.used
		r.used += (n + 63) &^ 63
		return room.At(at, n)
	}}
}

// Reserve makes room for searches of up to width beams.
func (r *Reader) Reserve(width int) {
	if width <= r.width {
		return
	}
	r.width = width
	d := r.config.Sense * r.most.Words
	if r.sense.Len() < d {
		r.sense = r.dev.Floats(d)
	}
	lists := r.most.Pieces + 6*r.most.Words + width*(len(r.config.Levels)+8) + 1024 // each is rounded up to 64
	if r.uints.Len() < lists {
		r.uints = r.dev.Uints(lists)
	}
	r.used = 0
	r.rec.Reset()
	sketch := compute.Sketch{}
	all := sketch.Floats(1 << 40)
	rec := r.recorder(all)
	u := func(n int) compute.Buffer { return sketch.Uints(n) }
	n := r.most.Words
	m := rec.Encode(Text{Rows: n, Pieces: u(n), Start: u(n), Place: u(n), Keys: u(n), Span: u(n), Sense: sketch.Floats(n * r.config.Sense)})
	cache := rec.NewCache(width * len(r.config.Levels))
	states := rec.Decode(m, Codes{Rows: width, Table: u(1), Start: u(1), Place: u(1), SelfKeys: u(1), SelfSpan: u(1), CrossKeys: u(1), CrossSpan: u(1), Cache: cache})
	start, most := r.used, 0
	for l := range r.config.Levels {
		r.used = start
		rec.LogProbs(states, l, width)
		most = max(most, r.used)
	}
	r.room = r.dev.Floats(most)
	r.rec.Reset()
}

// list uploads one integer list behind those already there.
func (r *Reader) list(values ...uint32) compute.Buffer {
	at := len(r.upload)
	r.upload = append(r.upload, values...)
	for len(r.upload)%64 != 0 {
		r.upload = append(r.upload, 0)
	}
	return r.uints.At(at, len(values))
}

// Begin encodes a query of at least one word: word t has the pieces
// pieces[start[t]:start[t+1]] and, of sense [words, Config.Sense], row t. Room
// for the beams of its steps must have been reserved before.
func (r *Reader) Begin(ctx context.Context, pieces, start []uint32, sense []float32) error {
	n := len(start) - 1
	if n < 1 || n > r.most.Words || len(pieces) > r.most.Pieces {
		return fmt.Errorf("model: a query of %d words and %d pieces, where 1 to %d and %d have room", n, len(pieces), r.most.Words, r.most.Pieces)
	}
	if len(sense) != n*r.config.Sense {
		return fmt.Errorf("model: %d numbers of word vectors for %d words of %d", len(sense), n, r.config.Sense)
	}
	r.Reserve(1)
	r.rec.Reset()
	r.upload, r.used, r.words, r.past = r.upload[:0], 0, n, r.past[:0]
	place, keys, span := make([]uint32, n), make([]uint32, n), make([]uint32, 2*n)
	for i := range n {
		place[i], keys[i], span[2*i+1] = uint32(min(i, r.config.Places-1)), uint32(i), uint32(n)
	}
	rec := r.recorder(r.room)
	in := Text{Rows: n, Pieces: r.list(pieces...), Start: r.list(start...), Place: r.list(place...), Keys: r.list(keys...), Span: r.list(span...), Sense: r.sense.At(0, len(sense))}
	r.rec.UploadUints(r.uints.At(0, len(r.upload)), r.upload)
	if len(sense) > 0 {
		r.rec.UploadFloats(in.Sense, sense)
	}
	r.memory = rec.Encode(in)
	r.cache = rec.NewCache(r.width * len(r.config.Levels))
	r.encoded = r.used
	return r.dev.Run(ctx, &r.rec)
}

// Step implements beam.Scorer.
func (r *Reader) Step(ctx context.Context, level int, parents []int, tokens []core.Token) ([]float32, error) {
	rows := len(parents)
	if rows > r.width {
		return nil, fmt.Errorf("model: %d beams where %d have room", rows, r.width)
	}
	rec, states := r.decode(level, parents, tokens)
	y := rec.LogProbs(states, level, rows)
	if cap(r.out) < y.Len() {
		r.out = make([]float32, y.Len())
	}
	r.out = r.out[:y.Len()]
	r.rec.DownloadFloats(y, r.out)
	return r.out, r.dev.Run(ctx, &r.rec)
}

// decode records the decoder for the beams of a level and remembers their places
// in the cache.
func (r *Reader) decode(level int, parents []int, tokens []core.Token) (*Recorder, compute.Buffer) {
	rows := len(parents)
	r.rec.Reset()
	r.upload, r.used = r.upload[:0], r.encoded
	now := make([]row, rows)
	var table, start, place, keys, past, cross []uint32
	for b := range rows {
		var before row
		code := 0
		if level > 0 {
			before = r.past[parents[b]]
			code = r.config.CodeRow(level-1, int(tokens[b]))
		}
		now[b] = append(append(make(row, 0, level+1), before...), uint32(level*r.width+b))
		table, start, place = append(table, uint32(code)), append(start, uint32(b)), append(place, uint32(level))
		past = append(past, uint32(len(keys)), uint32(level+1))
		keys = append(keys, now[b]...)
		cross = append(cross, 0, uint32(r.words))
	}
	start = append(start, uint32(rows))
	all := make([]uint32, r.words)
	for i := range all {
		all[i] = uint32(i)
	}
	rec := r.recorder(r.room)
	in := Codes{Rows: rows, Table: r.list(table...), Start: r.list(start...), Place: r.list(place...),
		SelfKeys: r.list(keys...), SelfSpan: r.list(past...), CrossKeys: r.list(all...), CrossSpan: r.list(cross...),
		Cache: r.cache, From: level * r.width}
	r.rec.UploadUints(r.uints.At(0, len(r.upload)), r.upload)
	r.past = now
	return rec, rec.Decode(r.memory, in)
}
