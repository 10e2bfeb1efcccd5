package fit

import (
	"fmt"
	"time"
)

// State is a training run at the end of an epoch: enough to go on as if it had
// not stopped.
type State struct {
	Epoch, Step, Steps int
	Seconds            float64
	FLOP               float64
	Params, M, V       []float32 // flat, as Config.Layout
	Best               []float32 // the weights kept so far by validation; may be nil
	Score              Score     // theirs
	Top                float64   // highest mean of R@1 and R@10 so far
	Bad                int       // validations in a row clearly below it
}

func (r *run) state(epoch int) *State {
	return &State{Epoch: epoch, Step: r.opt.step, Steps: r.steps, Seconds: r.elapsed().Seconds(), FLOP: r.flop,
		Params: r.opt.params, M: r.opt.m, V: r.opt.v, Best: r.best.Params, Score: r.best.Score, Top: r.top, Bad: r.bad}
}

func (r *run) restore(s *State) (epoch int, err error) {
	n := len(r.opt.params)
	if len(s.Params) != n || len(s.M) != n || len(s.V) != n || s.Best != nil && len(s.Best) != n {
		return 0, fmt.Errorf("checkpoint of %d parameters does not fit a network of %d: was it made with other items or another size?", len(s.Params), n)
	}
	copy(r.opt.params, s.Params)
	copy(r.opt.m, s.M)
	copy(r.opt.v, s.V)
	r.opt.step, r.steps, r.flop = s.Step, s.Steps, s.FLOP
	r.spent = time.Duration(s.Seconds * float64(time.Second))
	r.best = State{Params: s.Best, Score: s.Score}
	r.top, r.bad = s.Top, s.Bad
	return s.Epoch, nil
}
