package model

import (
	"context"
	"fmt"

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
	levels := len(r.config.Levels)
	tails := min(tailRows, width*(levels-1))
	rows := width + tails
	lists := r.most.Pieces + 6*r.most.Words + rows*(levels+8) + 1024 // each is rounded up to 64
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
	cache := rec.NewCache(width * levels)
	states := rec.Decode(m, Codes{Rows: rows, Table: u(1), Start: u(1), Place: u(1), SelfKeys: u(1), SelfSpan: u(1), CrossKeys: u(1), CrossSpan: u(1), Cache: cache})
	start, most := r.used, 0
	for l := range levels {
		r.used = start
		rec.LogProbs(states, l, width)
		for next := l + 1; next < levels; next++ {
			rec.LogProbs(states, next, tails)
		}
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
