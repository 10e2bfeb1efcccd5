package main

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"time"

	"ace/core/bundle"
	"ace/core/search"
	"ace/train/fit"
	"ace/train/identify"
)

// fitFlags are the flags of build and train.
type fitFlags struct {
	Epochs     int           `placeholder:"N" help:"Passes over all texts; 0 chooses."`
	TimeBudget time.Duration `placeholder:"10m" help:"End within this time."`
	Seed       uint64        `default:"1" placeholder:"N" help:"Same inputs and seed, same result."`
	Size       string        `default:"small" enum:"tiny,small,base" placeholder:"S" help:"tiny, small or base."`
	Device     string        `default:"auto" placeholder:"D" help:"cpu or auto."`
}

// check refuses what no training can be meant by.
func (f *fitFlags) check() error {
	switch {
	case f.Epochs < 0:
		return usage("--epochs %d", "it is 1 or more; 0, the default, chooses", f.Epochs)
	case f.TimeBudget < 0:
		return usage("--time-budget %s", "such as 90s or 10m", f.TimeBudget)
	}
	return noGPU(f.Device)
}

type trainCmd struct {
	Identifiers string `arg:"" help:"The file that identify wrote."`
	Out         string `short:"o" required:"" placeholder:"FILE" help:"Where the weights go."`
	fitFlags    `embed:""`
}

func (c *trainCmd) Run(ctx context.Context, t *out) error {
	if err := c.check(); err != nil {
		return err
	}
	in, err := stepInput(ctx, c.Identifiers, bundle.Identifiers, "identify")
	if err != nil {
		return err
	}
	col, err := readCollection(ctx, in)
	if err != nil {
		return err
	}
	ids, err := identify.Load(ctx, in)
	if err != nil {
		return err
	}
	keep := checkpoint{c.Out + ".checkpoint", c.run(in.Sum())}
	res, err := c.train(ctx, t, fit.Data{Items: col.items, IDs: ids.IDs, Levels: ids.Sizes}, keep)
	if err != nil {
		return err
	}
	b := bundle.NewBuilder(bundle.Weights)
	if err := writeTrained(b, col, ids, res); err != nil {
		return err
	}
	if err := writeContainer(c.Out, b); err != nil {
		return err
	}
	t.print("%s: %d parameters, %d steps in %s%s", c.Out, res.Config.Parameters(), res.Steps, time.Duration(res.Seconds*1e9).Round(time.Second), validText(res.Valid))
	return keep.remove()
}

func writeTrained(b *bundle.Builder, col collection, ids *identify.Identifiers, res *fit.Result) error {
	if err := writeCollection(b, col); err != nil {
		return err
	}
	ids.Save(b)
	return search.WriteModel(b, res.Config, res.Params, res.Vocabulary, bundle.F32)
}

func validText(s fit.Score) string {
	if s.Texts == 0 {
		return ""
	}
	return fmt.Sprintf("; of %d held-out texts the right item comes first for %.0f %%, among ten for %.0f %%", s.Texts, s.R1, s.R10)
}

// run names a training: its inputs and all that decides its result.
func (f *fitFlags) run(input string) string {
	return fmt.Sprintf("%s %s %d %s %d %d", input, f.Size, f.Epochs, f.TimeBudget, f.Seed, runtime.GOMAXPROCS(0))
}

// train fits the network. It goes on from the checkpoint if one of the same run
// is there, and keeps one while it works.
func (f *fitFlags) train(ctx context.Context, t *out, data fit.Data, keep checkpoint) (*fit.Result, error) {
	o := fit.Options{Size: f.Size, Epochs: f.Epochs, Budget: f.TimeBudget, Seed: f.Seed, Threads: runtime.GOMAXPROCS(0)}
	began := time.Now()
	var valid []string // the last validation's, told until there is another
	o.Report = func(p fit.Progress) {
		left := p.Left
		if f.TimeBudget > 0 { // early on, the steps are not yet planned by it
			left = min(left, f.TimeBudget-time.Since(began))
		}
		if p.Valid != nil {
			valid = []string{"r1", strconv.FormatFloat(p.Valid.R1, 'f', 1, 64), "r10", strconv.FormatFloat(p.Valid.R10, 'f', 1, 64)}
		}
		more := []string{"epoch", fmt.Sprintf("%d/%d", min(p.Epoch, p.Epochs), p.Epochs), "loss", strconv.FormatFloat(p.Loss, 'f', 3, 64), "words/s", strconv.Itoa(int(p.Tokens)), "left", max(left, 0).Round(time.Second).String()}
		t.progress("train", p.Step, p.Steps, append(more, valid...)...)
	}
	state, err := keep.read(ctx)
	if err != nil {
		return nil, err
	}
	if state != nil {
		t.say("going on from %s at step %d", keep.path, state.Step)
		o.Resume = state
	}
	o.Save = keep.write
	return fit.Train(ctx, data, o)
}
