package fit

import (
	"ace/core"
	"ace/core/compute"
	"ace/core/model"
	"ace/core/query"
)

// Sample is one training pair: a text and the identifier of its item.
type Sample struct {
	Text query.Query
	ID   core.ID
}

// batch is the integer side of a recording over B samples: T words in all,
// B*L decoder rows, row t*B+s for level t of sample s, so that the rows of a
// level lie together.
type batch struct {
	B, T, L int

	pieces, start, place, keys, span []uint32 // the texts
	table, begin, step, self, past   []uint32 // the identifiers
	over                             []uint32 // from identifiers to texts
	target                           []uint32
	buffers                          [12]compute.Buffer // on the device, at least as long as the lists
	sense                            []float32          // [T, Config.Sense]
}

func (b *batch) lists() [12]*[]uint32 {
	return [12]*[]uint32{&b.pieces, &b.start, &b.place, &b.keys, &b.span, &b.table, &b.begin, &b.step, &b.self, &b.past, &b.over, &b.target}
}

// fill lays out the samples.
func (b *batch) fill(c *model.Config, samples []Sample) {
	for _, l := range b.lists() {
		*l = (*l)[:0]
	}
	b.sense = b.sense[:0]
	b.B, b.L, b.T = len(samples), len(c.Levels), 0
	b.start = append(b.start, 0)
	b.begin = append(b.begin, 0)
	for _, s := range samples {
		n := s.Text.Len()
		for i := range n {
			b.pieces = append(b.pieces, s.Text.Pieces[s.Text.Start[i]:s.Text.Start[i+1]]...)
			b.start = append(b.start, uint32(len(b.pieces)))
			b.place = append(b.place, uint32(min(i, c.Places-1)))
			b.keys = append(b.keys, uint32(b.T+i))
			b.span = append(b.span, uint32(b.T), uint32(n))
		}
		b.T += n
		b.sense = append(b.sense, s.Text.Sense...)
	}
	for t := range b.L {
		first := uint32(0)
		for s, sample := range samples {
			row := 0
			if t > 0 {
				row = c.CodeRow(t-1, int(sample.ID[t-1]))
			}
			b.table = append(b.table, uint32(row))
			b.begin = append(b.begin, uint32(len(b.table)))
			b.step = append(b.step, uint32(t))
			b.past = append(b.past, uint32(len(b.self)), uint32(t+1))
			for p := 0; p <= t; p++ {
				b.self = append(b.self, uint32(p*b.B+s))
			}
			b.over = append(b.over, first, uint32(sample.Text.Len()))
			first += uint32(sample.Text.Len())
			b.target = append(b.target, uint32(sample.ID[t]))
		}
	}
}

// upload records the transfer of all lists, growing buffers where needed.
func (b *batch) upload(dev compute.Device, r *compute.Recording) {
	for i, l := range b.lists() {
		if n := len(*l); n > b.buffers[i].Len() {
			b.buffers[i] = dev.Uints(n + n/4)
		}
		r.UploadUints(b.buffers[i].At(0, len(*l)), *l)
	}
}

// head is the used part of list i on the device.
func (b *batch) head(i int) compute.Buffer { return b.buffers[i].At(0, len(*b.lists()[i])) }

// text is the samples' texts; their words' vectors lie in sense.
func (b *batch) text(sense compute.Buffer) model.Text {
	return model.Text{Rows: b.T, Sense: sense, Pieces: b.head(0), Start: b.head(1), Place: b.head(2), Keys: b.head(3), Span: b.head(4)}
}

func (b *batch) codes(cache []compute.Buffer) model.Codes {
	return model.Codes{Rows: b.B * b.L, Table: b.head(5), Start: b.head(6), Place: b.head(7),
		SelfKeys: b.head(8), SelfSpan: b.head(9), CrossKeys: b.head(3), CrossSpan: b.head(10), Cache: cache}
}

func (b *batch) targets(level int) compute.Buffer { return b.head(11).At(level*b.B, b.B) }
