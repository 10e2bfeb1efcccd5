package fit

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"
)

const (
	validations = 12 // in a run, evenly spaced, so that none hangs on the clock
	patience    = 3  // validations in a row clearly below the best one, in the second half
	saveEvery   = time.Minute
	tellEvery   = time.Second
)

// newEpochRand is the randomness of epoch e: its own, so that a resumed run
// draws as the one that stopped.
func newEpochRand(seed uint64, e int) *rand.Rand { return rand.New(rand.NewPCG(seed, uint64(e)+1)) }

// epochs runs the epochs from first on and returns the score of what it keeps.
func (r *run) epochs(ctx context.Context, first int) (Score, error) {
	told := time.Now()
	due := saveNow
	if due == nil {
		saved := time.Now()
		due = func() bool {
			if time.Since(saved) < saveEvery {
				return false
			}
			saved = time.Now()
			return true
		}
	}
	for e := first; r.opt.step < r.steps; e++ {
		pairs := epoch(r.data.Items, newEpochRand(r.Seed, e))
		began, words, sum, n := time.Now(), 0, 0.0, 0
		for from := 0; from < len(pairs) && r.opt.step < r.steps; from += r.batch {
			samples := r.encode(pairs[from:min(from+r.batch, len(pairs))])
			loss, err := r.step(ctx, samples)
			if err != nil {
				return Score{}, err
			}
			for _, s := range samples {
				words += s.Text.Len() + len(s.ID)
				r.flop += r.cost(s.Text.Len())
			}
			sum, n = sum+loss, n+1
			r.plan()
			if r.Report != nil && time.Since(told) >= tellEvery {
				told = time.Now()
				r.Report(r.progress(e, sum/float64(n), float64(words)/time.Since(began).Seconds(), nil))
			}
		}
		p := r.progress(e, sum/float64(n), float64(words)/time.Since(began).Seconds(), nil)
		last := r.opt.step >= r.steps
		if len(r.data.Held) > 0 && (last || (e+1)%max(r.Epochs/validations, 1) == 0) {
			score, err := r.score(ctx)
			if err != nil {
				return Score{}, err
			}
			p.Valid = &score
			// The newest weights are kept as long as they are not clearly worse:
			// a small difference between two validations is chance.
			if r.top = max(r.top, score.mean()); score.mean() >= r.top-score.margin() {
				r.best, r.bad = State{Params: slices.Clone(r.opt.params), Score: score}, 0
			} else if r.bad++; r.bad >= patience && 2*r.opt.step > r.steps {
				last = true
				r.steps = r.opt.step
			}
		}
		if r.Report != nil {
			r.Report(p)
		}
		if r.Save != nil && !last && due() {
			if err := r.Save(r.state(e + 1)); err != nil {
				return Score{}, err
			}
		}
	}
	if r.best.Params != nil {
		copy(r.opt.params, r.best.Params)
	}
	return r.best.Score, nil
}

// plan fits the number of steps to the time budget by the speed so far, so that
// the learning rate falls with the time that is spent.
func (r *run) plan() {
	if r.Budget <= 0 || r.opt.step < 3 {
		return
	}
	usable := 0.97 * r.Budget.Seconds()
	r.steps = max(min(int(float64(r.opt.step)*usable/r.elapsed().Seconds()), r.most), r.opt.step)
}

func (r *run) progress(e int, loss, rate float64, valid *Score) Progress {
	perStep := r.elapsed() / time.Duration(max(r.opt.step, 1))
	return Progress{Epoch: e + 1, Epochs: (r.steps + r.perEpoch - 1) / r.perEpoch, Step: r.opt.step, Steps: r.steps, Loss: loss, Tokens: rate,
		Left: perStep * time.Duration(r.steps-r.opt.step), Valid: valid}
}

func (r *run) encode(pairs []pair) []Sample {
	out := make([]Sample, len(pairs))
	for i, p := range pairs {
		out[i] = Sample{strip(r.reader.Encode(p.words), p.bare), r.data.IDs[p.item]}
	}
	// Texts of like length side by side keep the steppers' shares even.
	slices.SortStableFunc(out, func(a, b Sample) int { return a.Text.Len() - b.Text.Len() })
	n := len(r.steppers)
	dealt := make([]Sample, 0, len(out))
	for i := range n {
		for j := i; j < len(out); j += n {
			dealt = append(dealt, out[j])
		}
	}
	return dealt
}

// cost is the floating-point operations of the matrix products of one sample of
// words words, forward and backward: three times the forward pass, for each of
// its passes.
func (r *run) cost(words int) float64 {
	c := r.config
	d, f, s := float64(c.Width), float64(c.FFN), float64(c.Encoder)
	t, l, views := float64(words), float64(len(c.Levels)), float64(c.Views())
	encoder := t * s * (4*d*d + 2*d*f)
	if c.Coarse {
		encoder += t * s * d * d
	}
	perRow := 5*d*d + 2*d*f + views*d*d
	if c.Coarse || c.Fine { // a gate for each view
		perRow += views * d * d
	}
	if c.Fine {
		perRow += d * d
	}
	decoder := float64(c.Decoder) * (l*perRow + t*views*2*d*d)
	heads := 0.0
	for _, v := range c.Levels {
		heads += d * float64(v)
	}
	return 3 * 2 * float64(r.passes) * (encoder + t*float64(c.Sense)*d + decoder + heads)
}

// saveNow, in tests, stands in for the clock that spaces the saves.
var saveNow func() bool
