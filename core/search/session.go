package search

import (
	"context"
	"fmt"
	"slices"

	"ace/core/beam"
	"ace/core/compute"
	"ace/core/model"
	"ace/core/trie"
)

// session is a network and a trie on a device, where a whole query is one
// recording. All buffers and the parts of them that kernels are given are the
// same for every query of a width, so a device may keep what it binds.
type session struct {
	dev     Device
	config  *model.Config
	weights *model.Weights
	trie    *trie.Trie
	beams   *beam.Recorder
	rec     compute.Recording

	// Buffers for intermediate results, in the order in which a recording asks for
	// them; those of a step serve every step.
	room []compute.Buffer
	used int

	lists lists
	fixed constants
}

func newSession(ctx context.Context, dev Device, c *model.Config, params []float32, t *trie.Trie) (*session, error) {
	if err := c.CheckFused(); err != nil {
		return nil, err
	}
	s := &session{dev: dev, config: c, trie: t}
	x := beam.Index{Levels: t.Levels(), First: t.First()}
	for _, col := range t.Fine() {
		x.Fine = append(x.Fine, beam.Column(col))
	}
	var err error
	if s.beams, err = beam.NewRecorder(ctx, dev, x, DeviceWidth); err != nil {
		return nil, err
	}
	s.weights = c.Bind(dev.Weights(params))
	s.lists = newLists(dev, c)
	if s.fixed, err = newConstants(ctx, dev, c); err != nil {
		return nil, err
	}
	return s, s.reserve()
}

// reserve makes room for the largest query, by recording it.
func (s *session) reserve() error {
	if err := s.beams.Begin(&s.rec, beam.Query{Width: DeviceWidth, Path: 1}); err != nil {
		return err
	}
	var sizes []int
	s.record(longest, func(n int) compute.Buffer {
		if s.used == len(sizes) {
			sizes = append(sizes, 0)
		}
		sizes[s.used] = max(sizes[s.used], n)
		s.used++
		return compute.Sketch{}.Floats(n)
	})
	s.rec.Reset()
	for _, n := range sizes {
		s.room = append(s.room, s.dev.Floats(aligned(n)))
	}
	return nil
}

// next is the next buffer of the recording at hand.
func (s *session) next(int) compute.Buffer {
	s.used++
	return s.room[s.used-1]
}

// search runs one query. A prior of nil guides by probability alone.
func (s *session) search(ctx context.Context, f *finding, prior *beam.Prior) ([]beam.Path, error) {
	s.rec.Reset()
	g := beam.Query{Width: f.width, Path: 1}
	if f.mix != nil {
		g.Path, g.Prior = f.mix.Path, prior
	}
	if f.set != nil {
		g.Allowed, g.Ranks = f.set.Words()
	}
	if err := s.beams.Begin(&s.rec, g); err != nil {
		return nil, err
	}
	if err := s.lists.upload(&s.rec, f.query, s.config.Sense); err != nil {
		return nil, err
	}
	s.record(f.query.Len(), s.next)
	s.beams.Download(&s.rec)
	if err := s.dev.Run(ctx, &s.rec); err != nil {
		return nil, err
	}
	last := len(s.config.Levels) - 1
	for l := range last {
		if f.trace == nil {
			break
		}
		paths, err := s.beams.Paths(l)
		if err != nil {
			return nil, err
		}
		f.trace(l, paths)
	}
	paths, err := s.beams.Paths(last)
	if err == nil {
		err = s.check(paths)
	}
	if err == nil && f.trace != nil {
		f.trace(last, paths)
	}
	return paths, err
}

// check makes sure that an answer exists.
func (s *session) check(paths []beam.Path) error {
	for _, p := range paths {
		for _, i := range []uint32{p.Items.Lo, p.Items.Hi - 1} {
			if id := s.trie.ID(int(i)); !slices.Equal(id, p.ID) {
				return fmt.Errorf("item %d has identifier %v, the device answers %v", i, id, p.ID)
			}
		}
	}
	return nil
}

// record appends a query of that many words: the encoder, then for each level the
// decoder and the beam.
func (s *session) record(words int, room func(int) compute.Buffer) {
	s.used = 0
	rec := &model.Recorder{Recording: &s.rec, Config: s.config, Weights: s.weights, Room: room, Fused: true}
	q, x := &s.lists, &s.fixed
	memory := rec.Encode(model.Text{Rows: words, Pieces: q.pieces, Start: q.start, Place: x.place, Keys: x.count, Span: q.span, Sense: q.sense})
	cache := rec.NewCache(DeviceWidth * len(s.config.Levels))
	encoded := s.used
	for l := range s.config.Levels {
		s.used = encoded
		rows := s.beams.Rows(l)
		table, keys := s.beams.Next(l)
		states := rec.Decode(memory, model.Codes{Rows: rows, Table: table, Start: x.count, Place: x.level[l],
			SelfKeys: keys, SelfSpan: x.past[l], CrossKeys: x.count, CrossSpan: q.cross, Cache: cache, From: l * DeviceWidth})
		s.beams.Step(&s.rec, l, rec.Logits(states, l, rows), DeviceWidth)
	}
}
