package fit

import (
	"context"
	"slices"

	"ace/core/bundle"
)

// MetaState is the meta key of the part of a state that is no vector.
const MetaState = "state"

// StateMeta is that part: how far a training is.
type StateMeta struct {
	Epoch   int     `json:"epoch"`
	Step    int     `json:"step"`
	Steps   int     `json:"steps"`
	Seconds float64 `json:"seconds"`
	FLOP    float64 `json:"flop"`
	Score   Score   `json:"score"`
	Top     float64 `json:"top"`
	Bad     int     `json:"bad"`
}

// vectors are the tensors of a state, each in a section of its name.
func (s *State) vectors() map[string]*[]float32 {
	return map[string]*[]float32{"params": &s.Params, "m": &s.M, "v": &s.V, "best": &s.Best}
}

// Write adds the state to a container.
func (s *State) Write(b *bundle.Builder) {
	b.SetMeta(MetaState, StateMeta{s.Epoch, s.Step, s.Steps, s.Seconds, s.FLOP, s.Score, s.Top, s.Bad})
	v := s.vectors()
	for _, name := range []string{"params", "m", "v", "best"} {
		if x := *v[name]; len(x) > 0 {
			b.AddTensor(name, name, bundle.F32, []int{len(x)}, x)
		}
	}
}

// ReadState reads what Write added. Whether it fits a network is for Train to say.
func ReadState(ctx context.Context, c *bundle.Container) (*State, error) {
	var m StateMeta
	if err := c.Meta(MetaState, &m); err != nil {
		return nil, err
	}
	s := &State{Epoch: m.Epoch, Step: m.Step, Steps: m.Steps, Seconds: m.Seconds, FLOP: m.FLOP, Score: m.Score, Top: m.Top, Bad: m.Bad}
	for name, v := range s.vectors() {
		if !c.Has(name) {
			continue
		}
		x, _, err := c.Float32s(ctx, name)
		if err != nil {
			return nil, err
		}
		*v = slices.Clone(x)
	}
	return s, nil
}
