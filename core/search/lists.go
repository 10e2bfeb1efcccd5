package search

import (
	"context"
	"fmt"
	"slices"

	"ace/core/compute"
	"ace/core/model"
	"ace/core/query"
	"ace/core/text"
)

// longest is the longest query that a session has room for.
const longest = text.MaxTokens

// aligned rounds up to where a part of a buffer may begin.
func aligned(n int) int { return (n + 63) &^ 63 }

// lists are what a query's words bring. The integers are parts of one buffer.
type lists struct {
	all, span, cross, start, pieces compute.Buffer
	sense                           compute.Buffer // the words' vectors
	values                          []uint32
}

func newLists(dev compute.Device, c *model.Config) lists {
	sizes := []int{2 * longest, 2 * DeviceWidth, longest + 1, longest * text.MaxPieces}
	n := 0
	for _, size := range sizes {
		n += aligned(size)
	}
	l := lists{all: dev.Uints(n)}
	at := 0
	for i, part := range []*compute.Buffer{&l.span, &l.cross, &l.start, &l.pieces} {
		*part = l.all.At(at, sizes[i])
		at += aligned(sizes[i])
	}
	if c.Sense > 0 {
		l.sense = dev.Floats(longest * c.Sense)
	}
	return l
}

// upload records the lists of a query with word vectors of a width.
func (l *lists) upload(rec *compute.Recording, q *query.Query, sense int) error {
	n := q.Len()
	if n < 1 || n > longest || len(q.Pieces) > l.pieces.Len() || len(q.Sense) != n*sense {
		return fmt.Errorf("a query of %d words, %d pieces and %d numbers of word vectors", n, len(q.Pieces), len(q.Sense))
	}
	l.values = slices.Grow(l.values[:0], l.all.Len())[:l.pieces.Offset()+len(q.Pieces)]
	for _, b := range []compute.Buffer{l.span, l.cross} { // each row sees all words
		for i := range b.Len() / 2 {
			l.values[b.Offset()+2*i], l.values[b.Offset()+2*i+1] = 0, uint32(n)
		}
	}
	copy(l.values[l.start.Offset():], q.Start)
	copy(l.values[l.pieces.Offset():], q.Pieces)
	rec.UploadUints(l.all.At(0, len(l.values)), l.values)
	if sense > 0 {
		rec.UploadFloats(l.sense.At(0, len(q.Sense)), q.Sense)
	}
	return nil
}

// constants are lists that no query changes.
type constants struct {
	count compute.Buffer   // 0, 1, 2 ..
	place compute.Buffer   // of each word: its place in the query
	level []compute.Buffer // of each beam: the level
	past  []compute.Buffer // and where its ancestors are listed
}

func newConstants(ctx context.Context, dev compute.Device, c *model.Config) (constants, error) {
	const most = max(longest, DeviceWidth) + 1
	levels := len(c.Levels)
	size := aligned(most) + aligned(longest) + levels*(aligned(DeviceWidth)+aligned(2*DeviceWidth))
	b, values := dev.Uints(size), make([]uint32, size)
	at := 0
	list := func(n int, of func(i int) int) compute.Buffer {
		part := b.At(at, n)
		for i := range n {
			values[at+i] = uint32(of(i))
		}
		at += aligned(n)
		return part
	}
	x := constants{
		count: list(most, func(i int) int { return i }),
		place: list(longest, func(i int) int { return min(i, c.Places-1) }),
	}
	for l := range levels {
		x.level = append(x.level, list(DeviceWidth, func(int) int { return l }))
		x.past = append(x.past, list(2*DeviceWidth, func(i int) int {
			if i%2 == 1 {
				return l + 1
			}
			return i / 2 * (l + 1)
		}))
	}
	var rec compute.Recording
	rec.UploadUints(b, values)
	return x, dev.Run(ctx, &rec)
}
