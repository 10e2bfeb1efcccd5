package beam

import (
	"context"

	"ace/core"
)

// Completer is a Scorer that also reads identifiers to their end. In a collection
// of any size a few codes leave most beams one identifier; to read all that is left
// of it at once is less work than a step for each code, as the weights are read once.
type Completer interface {
	Scorer
	// Complete is Step, and where rest[b] is not empty it is the codes that follow in
	// beam b, of level and all behind it. ahead[b] are the log-probabilities of these
	// but for the first; nil where beam b was not completed, which is never
	// required. Beams that were are not among those of the next step.
	Complete(ctx context.Context, level int, parents []int, tokens []core.Token, rest []core.ID) (logp []float32, ahead [][]float32, err error)
}

// tail is the end of an identifier that is the only one left: the codes that
// follow, and their log-probabilities once they are known.
type tail struct {
	codes core.ID
	logp  []float32
}

// next is the tail behind its first code.
func (t tail) next() tail {
	if len(t.codes) > 0 {
		t.codes = t.codes[1:]
	}
	if len(t.logp) > 0 {
		t.logp = t.logp[1:]
	}
	return t
}

// stepper scores the beams of a level, but for those that are known.
type stepper struct {
	scorer Scorer
	rows   []int // of the beams' parents, in the step before

	parents []int
	tokens  []core.Token
	rest    []core.ID
}

// run gives the log-probabilities of the codes of a level, a row for each beam that
// had to be scored.
func (s *stepper) run(ctx context.Context, level, codes int, beams []Path) (logp []float32, err error) {
	s.parents, s.tokens, s.rest = s.parents[:0], s.tokens[:0], s.rest[:0]
	for b := range beams {
		p := &beams[b]
		if len(p.tail.logp) > 0 {
			continue
		}
		p.row = len(s.parents)
		s.parents, s.tokens, s.rest = append(s.parents, s.rows[b]), append(s.tokens, p.code), append(s.rest, p.tail.codes)
	}
	if len(s.parents) == 0 {
		return nil, nil
	}
	completer, ok := s.scorer.(Completer)
	if !ok {
		return s.scorer.Step(ctx, level, s.parents, s.tokens)
	}
	logp, ahead, err := completer.Complete(ctx, level, s.parents, s.tokens, s.rest)
	if err != nil {
		return nil, err
	}
	for b := range beams {
		if p := &beams[b]; len(p.tail.logp) == 0 && ahead[p.row] != nil {
			first := logp[p.row*codes+int(p.tail.codes[0])]
			p.tail.logp = append([]float32{first}, ahead[p.row]...)
		}
	}
	return logp, nil
}

// logProb is the log-probability of a code behind p.
func (p *Path) logProb(logp []float32, codes int, t core.Token) float32 {
	if len(p.tail.logp) > 0 {
		return p.tail.logp[0]
	}
	return logp[p.row*codes+int(t)]
}

// fewItems is how many items a prefix has at most of which foresee looks whether
// they are one identifier's.
const fewItems = 4

// foresee finds the beams before a level that have only one identifier left, where
// more than one code of it is.
func (s *stepper) foresee(c Constraint, level, levels int, beams []Path) {
	if _, ok := s.scorer.(Completer); !ok || level+1 >= levels {
		return
	}
	for b := range beams {
		if p := &beams[b]; len(p.tail.codes) == 0 && p.Items.Hi-p.Items.Lo <= fewItems {
			p.tail.codes = only(c, level, levels, p.Items)
		}
	}
}

// only is what follows a prefix of level codes with the items r; nil where there is
// a choice.
func only(c Constraint, level, levels int, r core.Range) core.ID {
	id := make(core.ID, 0, levels-level)
	for ; level < levels; level++ {
		var next core.Range
		n := 0
		c.Children(level, r, func(t core.Token, items core.Range) {
			if n++; n == 1 {
				id, next = append(id, t), items
			}
		})
		if n != 1 {
			return nil
		}
		r = next
	}
	return id
}
