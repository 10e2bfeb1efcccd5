package beam

import (
	"fmt"
	"math"

	"ace/core"
	"ace/shaders/cpu"
)

// Paths are the beams that survived a level, best first, as Search has them. A
// device that answered what cannot be, such as nothing at all, is an error.
func (r *Recorder) Paths(level int) ([]Path, error) {
	var out []Path
	last := math.Inf(1)
	for b := range r.rows[level+1] {
		s := r.state(level+1, b)
		if s.Lo == s.Hi {
			break
		}
		p := Path{ID: make(core.ID, level+1), Items: core.Range{Lo: s.Lo, Hi: s.Hi}, LogProb: float64(s.LogProb), Rank: float64(s.Rank)}
		if s.Lo > s.Hi || int(s.Hi) > r.items || !(p.Rank <= last && s.Rank > Never) || math.IsNaN(p.LogProb) || math.IsInf(p.LogProb, 0) {
			return nil, fmt.Errorf("beam: the device answers beam %d of level %d with %+v", b, level, s)
		}
		last = p.Rank
		p.parent, p.code = int(s.Parent), core.Token(s.Code)
		for l := level; l >= 0; l-- {
			if int(s.Code) >= r.levels[l] || int(s.Parent) >= r.rows[l] {
				return nil, fmt.Errorf("beam: the device answers beam %d of level %d with code %d of beam %d", b, l, s.Code, s.Parent)
			}
			p.ID[l] = core.Token(s.Code)
			s = r.state(l, int(s.Parent))
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("beam: the device answers no beam of level %d", level)
	}
	return out, nil
}

// state is a beam of the answer; level 0 holds the root.
func (r *Recorder) state(level, beam int) cpu.Beam {
	return cpu.LoadBeam(r.answer, level*r.stride+beam)
}
