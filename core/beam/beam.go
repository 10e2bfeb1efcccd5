// Package beam finds the most probable identifiers that exist: constrained beam
// search (arXiv 2406.17507, section 3; arXiv 2010.00904 for the prefix tree) in
// plain Go over two small interfaces, which is the reference, and as the kernels of
// a Recorder, by which the whole search is part of one recording.
package beam

import (
	"cmp"
	"context"
	"slices"

	"ace/core"
)

// Scorer gives the probabilities of the next code.
type Scorer interface {
	// Step returns for each beam the log-probabilities of all codes of a level,
	// [len(parents), V]. Beam b continues beam parents[b] of the step before with
	// the code tokens[b]; at level 0 there is one beam, and both are ignored. The
	// result is valid until the next call.
	Step(ctx context.Context, level int, parents []int, tokens []core.Token) ([]float32, error)
}

// Constraint says which identifiers exist.
type Constraint interface {
	// Root is the range of all items.
	Root() core.Range
	// Children visits the codes that may follow a prefix of level codes whose
	// items are r, in ascending order, with the items below each.
	Children(level int, r core.Range, visit func(core.Token, core.Range))
}

// Path is a prefix of an identifier, or a whole one.
type Path struct {
	ID      core.ID
	Items   core.Range // those that begin with ID
	LogProb float64    // sum over its codes, in nats
	Rank    float64    // by which it was chosen: LogProb, or Options.Rank of it
	parent  int
	code    core.Token
	row     int // of the step that scored the codes behind it
	tail    tail
}

// Options of a search.
type Options struct {
	Levels []int                         // V of each level
	Width  int                           // beams kept at each level
	Rank   func(*Path) float64           // orders the prefixes; nil: by LogProb. What is known of the items below may guide it
	Trace  func(level int, beams []Path) // told the beams that survive each level, best first; may be nil
}

// Search returns at most Width whole identifiers, the highest rank first; equal
// ones in item order.
func Search(ctx context.Context, s Scorer, c Constraint, o Options) ([]Path, error) {
	root := c.Root()
	if root.Lo == root.Hi || o.Width < 1 {
		return nil, nil
	}
	beams := []Path{{Items: root}}
	step := stepper{scorer: s, rows: []int{0}}
	for level, codes := range o.Levels {
		logp, err := step.run(ctx, level, codes, beams)
		if err != nil {
			return nil, err
		}
		next := make([]Path, 0, o.Width)
		for b, p := range beams {
			c.Children(level, p.Items, func(t core.Token, items core.Range) {
				child := Path{code: t, Items: items, LogProb: p.LogProb + float64(p.logProb(logp, codes, t)), parent: b, tail: p.tail.next()}
				if child.Rank = child.LogProb; o.Rank != nil {
					child.Rank = o.Rank(&child)
				}
				next = keep(next, child, o.Width)
			})
		}
		step.rows = step.rows[:0]
		for i := range next {
			p := &next[i]
			p.ID = append(append(make(core.ID, 0, len(o.Levels)), beams[p.parent].ID...), p.code)
			step.rows = append(step.rows, beams[p.parent].row)
		}
		step.foresee(c, level+1, len(o.Levels), next)
		beams = next
		if o.Trace != nil {
			o.Trace(level, beams)
		}
	}
	return beams, nil
}

// keep puts a path into its place among the best, of which there are at most
// width: over a large collection nearly all children are none of them.
func keep(best []Path, p Path, width int) []Path {
	if len(best) == width {
		if order(best[width-1], p) <= 0 {
			return best
		}
		best = best[:width-1]
	}
	at, _ := slices.BinarySearchFunc(best, p, order)
	return slices.Insert(best, at, p)
}

// order puts the highest rank first, equal ones in item order.
func order(a, b Path) int {
	return cmp.Or(cmp.Compare(b.Rank, a.Rank), cmp.Compare(a.Items.Lo, b.Items.Lo))
}
