package model

import (
	"context"
	"fmt"

	"ace/core"
	"ace/core/compute"
)

// tailRows is how many codes of tails a step reads at most: where there are so many
// rows, the weights' way from memory costs nothing any more.
const tailRows = 48

// row is one row of the decoder: a code in its place, behind others.
type row struct {
	code  uint32 // row of the code table: what was written last
	level int    // to be written
	keys  []uint32
}

// Step implements beam.Scorer.
func (r *Reader) Step(ctx context.Context, level int, parents []int, tokens []core.Token) ([]float32, error) {
	logp, _, err := r.Complete(ctx, level, parents, tokens, make([]core.ID, len(parents)))
	return logp, err
}

// Complete implements beam.Completer.
func (r *Reader) Complete(ctx context.Context, level int, parents []int, tokens []core.Token, rest []core.ID) ([]float32, [][]float32, error) {
	if len(parents) > r.width {
		return nil, nil, fmt.Errorf("model: %d beams where %d have room", len(parents), r.width)
	}
	rows, tails := r.rows(level, parents, tokens, rest)
	r.rec.Reset()
	rec, states := r.decode(level*r.width, rows)
	// Beams' logits lie before those of tails, level by level.
	d, at, size := r.config.Width, 0, 0
	var parts []compute.Buffer
	for l := level; at < len(rows); l++ {
		n := len(tails)
		if l == level {
			n = len(parents)
		}
		y := rec.LogProbs(states.At(at*d, n*d), l, n)
		parts = append(parts, y)
		at, size = at+n, size+y.Len()
	}
	if cap(r.out) < size {
		r.out = make([]float32, size)
	}
	r.out = r.out[:size]
	at = 0
	for _, y := range parts {
		r.rec.DownloadFloats(y, r.out[at:at+y.Len()])
		at += y.Len()
	}
	if err := r.dev.Run(ctx, &r.rec); err != nil {
		return nil, nil, err
	}
	ahead := make([][]float32, len(parents))
	at = parts[0].Len()
	for i := range parts[1:] {
		v := r.config.Levels[level+1+i]
		for _, b := range tails {
			ahead[b] = append(ahead[b], r.out[at+int(rest[b][i+1])])
			at += v
		}
	}
	return r.out[:parts[0].Len()], ahead, nil
}

// rows are those of the beams of a level, whose places in the cache it remembers, and
// behind them, level by level, those of the tails of some of the beams.
func (r *Reader) rows(level int, parents []int, tokens []core.Token, rest []core.ID) (rows []row, tails []int) {
	left := tailRows
	now := make([]row, len(parents))
	for b := range now {
		now[b].level = level
		if level > 0 {
			now[b].code = uint32(r.config.CodeRow(level-1, int(tokens[b])))
			now[b].keys = append(make([]uint32, 0, len(r.config.Levels)), r.past[parents[b]].keys...)
		}
		now[b].keys = append(now[b].keys, uint32(level*r.width+b))
		if n := len(rest[b]) - 1; n > 0 && n <= left {
			tails = append(tails, b)
			left -= n
		}
	}
	r.past = now
	rows = append(make([]row, 0, len(now)+tailRows-left), now...)
	for l := level + 1; l < len(r.config.Levels) && len(tails) > 0; l++ {
		for _, b := range tails {
			before := now[b]
			if l > level+1 {
				before = rows[len(rows)-len(tails)]
			}
			keys := append(append(make([]uint32, 0, l+1), before.keys...), uint32(level*r.width+len(rows)))
			rows = append(rows, row{uint32(r.config.CodeRow(l-1, int(rest[b][l-1-level]))), l, keys})
		}
	}
	return rows, tails
}

// decode records the decoder for rows, which lie in the cache from row `from` on.
func (r *Reader) decode(from int, rows []row) (*Recorder, compute.Buffer) {
	r.upload, r.used = r.upload[:0], r.encoded
	var table, start, place, keys, past, cross []uint32
	for i, row := range rows {
		table, start, place = append(table, row.code), append(start, uint32(i)), append(place, uint32(row.level))
		past = append(past, uint32(len(keys)), uint32(len(row.keys)))
		keys = append(keys, row.keys...)
		cross = append(cross, 0, uint32(r.words))
	}
	start = append(start, uint32(len(rows)))
	all := make([]uint32, r.words)
	for i := range all {
		all[i] = uint32(i)
	}
	rec := r.recorder(r.room)
	in := Codes{Rows: len(rows), Table: r.list(table...), Start: r.list(start...), Place: r.list(place...),
		SelfKeys: r.list(keys...), SelfSpan: r.list(past...), CrossKeys: r.list(all...), CrossSpan: r.list(cross...),
		Cache: r.cache, From: from}
	r.rec.UploadUints(r.uints.At(0, len(r.upload)), r.upload)
	return rec, rec.Decode(r.memory, in)
}
