package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strconv"
	"time"

	"ace/core"
	"ace/core/bundle"
	"ace/core/search"
	"ace/train/fit"
	"ace/train/identify"
	"ace/train/index"
)

// fitFlags are the flags of build and train.
type fitFlags struct {
	Epochs     int           `placeholder:"N" help:"Passes over all texts; 0 chooses."`
	TimeBudget time.Duration `placeholder:"10m" help:"End within this time."`
	Seed       uint64        `default:"1" placeholder:"N" help:"Same inputs and seed, same result."`
	Size       string        `default:"small" enum:"tiny,small,base" placeholder:"S" help:"tiny, small or base."`
	Device     string        `default:"auto" placeholder:"D" help:"cpu or auto."`
	Fusion     string        `default:"both" enum:"both,coarse,fine,none" placeholder:"F" help:"Branches by which the decoder sees the encoder's layers: both, coarse, fine or none."`
	RDrop      float64       `name:"r-drop" placeholder:"W" help:"Pass each text twice, and weigh by this that both passes agree: 0.15, say; 0, the default, passes it once."`
	Report     string        `placeholder:"DIR" help:"Also write charts and figures of the training to this folder: report.md."`
}

// check refuses what no training can be meant by.
func (f *fitFlags) check() error {
	switch {
	case f.Epochs < 0:
		return usage("--epochs %d", "it is 1 or more; 0, the default, chooses", f.Epochs)
	case f.TimeBudget < 0:
		return usage("--time-budget %s", "such as 90s or 10m", f.TimeBudget)
	case !(f.RDrop >= 0) || math.IsInf(f.RDrop, 1):
		return usage("--r-drop %v", "it is 0 or more; 0, the default, is none", f.RDrop)
	}
	return noGPU(f.Device)
}

type trainCmd struct {
	Identifiers string `arg:"" help:"The file that identify wrote."`
	Out         string `short:"o" required:"" placeholder:"FILE" help:"Where the weights go."`
	fitFlags    `embed:""`
}

func (c *trainCmd) Run(ctx context.Context, t *out) error {
	if err := errors.Join(c.check(), c.checkReport(c.Out)); err != nil {
		return err
	}
	release, err := claim(c.Out)
	if err != nil {
		return err
	}
	defer release()
	if release, err = claimFolder(c.Report); err != nil {
		return err
	}
	defer release()
	in, done, err := stepFile(ctx, c.Identifiers, bundle.Identifiers, "identify")
	if err != nil {
		return err
	}
	defer done()
	col, err := index.ReadCollection(ctx, in)
	if err != nil {
		return err
	}
	ids, err := identify.Load(ctx, in)
	if err != nil {
		return err
	}
	m, err := index.ReadMeaning(ctx, in, col.Items)
	if err != nil {
		return err
	}
	keep := checkpoint{c.Out + ".checkpoint", c.run(in.Sum())}
	j := journal{began: time.Now()}
	x, res, err := c.train(ctx, t, col.Items, m, ids, keep, &j)
	if err != nil {
		return err
	}
	b := bundle.NewBuilder(bundle.Weights)
	if err := x.Write(b, col); err != nil {
		return err
	}
	if err := writeContainer(c.Out, b); err != nil {
		return err
	}
	var quality identify.Report
	if err := in.Meta(metaReport, &quality); err != nil {
		return err
	}
	if err := c.writeReport(ctx, trained{col: col, ids: ids, quality: quality, res: res, journal: &j, written: c.Out}); err != nil {
		return err
	}
	t.print("%s: %d parameters, %d steps in %s%s", c.Out, res.Config.Parameters(), res.Steps, time.Duration(res.Seconds*1e9).Round(time.Second), validText(res.Valid))
	return keep.remove()
}

func validText(s fit.Score) string {
	if s.Texts == 0 {
		return ""
	}
	return fmt.Sprintf("; of %d held-out texts the right item comes first for %.0f %%, among ten for %.0f %%", s.Texts, s.R1, s.R10)
}

// run names a training: its inputs and all that decides its result.
func (f *fitFlags) run(input string) string {
	return fmt.Sprintf("%s %s %s %v %d %s %d %d", input, f.Size, f.Fusion, f.RDrop, f.Epochs, f.TimeBudget, f.Seed, runtime.GOMAXPROCS(0))
}

// train fits the network and then the weights of a hybrid search. It goes on from the checkpoint if one of the same run
// is there, and keeps one while it works.
func (f *fitFlags) train(ctx context.Context, t *out, items []core.Item, m *index.Meaning, ids *identify.Identifiers, keep checkpoint, j *journal) (*index.Index, *fit.Result, error) {
	o := fit.Options{Fusion: fit.Fusion(f.Fusion), RDrop: f.RDrop, Size: f.Size, Epochs: f.Epochs, Budget: f.TimeBudget, Seed: f.Seed, Save: keep.write}
	began := time.Now()
	var valid []string // the last validation's, told until there is another
	o.Report = func(p fit.Progress) {
		j.note(p)
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
		return nil, nil, err
	}
	if state != nil {
		t.say("going on from %s at step %d", keep.path, state.Step)
		o.Resume, j.before = state, state.Seconds
	}
	x, res, err := index.Train(ctx, items, m, ids, o)
	if err != nil {
		return nil, nil, err
	}
	t.say("%s", mixText(x.Mix))
	return x, res, nil
}

// mixText says how the evidence for an item is weighed.
func mixText(m search.Mix) string {
	return fmt.Sprintf("weights of a hybrid search: identifier %.2f, words %.2f, words alike %.2f, topic %.2f, vector %.2f; what n words say is divided by n^%.2f",
		m.Path, m.Words, m.Alike, m.Topic, m.Dense, m.Length)
}
