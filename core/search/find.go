package search

import (
	"context"

	"ace/core/beam"
	"ace/core/query"
)

// finding is one query on its way through the network and the beam.
type finding struct {
	query *query.Query
	mix   *Mix // guides the beam; nil: probability alone
	set   *Set // of the items to be found; nil: all
	width int
	trace func(level int, beams []beam.Path)
	now   func() float64

	encoded float64 // when the words were ready, and on the CPU the encoder's work
	device  string  // that answered
	trouble string  // why it is not the one that was asked first
}

// mark notes the time.
func (f *finding) mark() {
	if f.now != nil {
		f.encoded = f.now()
	}
}

// find gives the paths that a query leads to. A device that fails is not asked
// again: the CPU answers this query and those that follow.
func (r *Retriever) find(ctx context.Context, f *finding) ([]beam.Path, error) {
	f.mark()
	if root := r.trie.Root(); root.Lo == root.Hi || f.set != nil && f.set.Count(root) == 0 {
		f.device = r.info.Device // which has nothing to do
		return nil, ctx.Err()
	}
	f.device = r.cpu.Name()
	s := r.session
	if s == nil || f.width > DeviceWidth {
		s = nil
		if err := r.encode(ctx, f); err != nil {
			return nil, err
		}
	}
	f.mark()
	if f.mix != nil {
		r.consider(f.query, *f.mix, f.set)
	}
	if s != nil {
		paths, err := s.search(ctx, f, r.prior.sum)
		if err == nil {
			f.device = s.dev.Name()
			return paths, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		f.trouble = err.Error()
		r.session, r.info.Device = nil, r.cpu.Name()
		if err := r.encode(ctx, f); err != nil {
			return nil, err
		}
	}
	return r.decode(ctx, f)
}

// encode runs the encoder on the CPU.
func (r *Retriever) encode(ctx context.Context, f *finding) error {
	r.reader.Reserve(f.width)
	return r.reader.Begin(ctx, f.query.Pieces, f.query.Start, f.query.Sense)
}

// decode searches with the beam on the CPU.
func (r *Retriever) decode(ctx context.Context, f *finding) ([]beam.Path, error) {
	o := beam.Options{Levels: r.trie.Levels(), Width: f.width, Trace: f.trace}
	if m := f.mix; m != nil {
		o.Rank = func(p *beam.Path) float64 { return m.Path*p.LogProb + r.prior.sum.Best(p.Items) }
	}
	var c beam.Constraint = r.trie
	if f.set != nil {
		c = within{r.trie, f.set}
	}
	return beam.Search(ctx, r.reader, c, o)
}
