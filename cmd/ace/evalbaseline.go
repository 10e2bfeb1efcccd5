package main

import (
	"context"
	"runtime"
	"slices"

	"ace/core"
	"ace/train/baseline"
	"ace/train/exam"
)

// tuneSeed decides which texts the baselines' settings are chosen by.
const tuneSeed = 1

func (c *evalCmd) checkBaseline() error {
	for _, b := range c.Baseline {
		if b != "bm25" && b != "dense" {
			return usage("unknown --baseline %s", "it is bm25, dense or bm25,dense", b)
		}
	}
	return c.denseFlags.check(slices.Contains(c.Baseline, "dense"))
}

// baselines trains what --baseline names on the bundle's items and puts the
// questions to it. Tuned BM25 comes with the usual one, where they differ.
func (c *evalCmd) baselines(ctx context.Context, e *exam.Exam, items []core.Item, t *out) ([]exam.System, error) {
	var systems []exam.System
	if slices.Contains(c.Baseline, "bm25") {
		tuned, usual := baseline.TuneBM25(items, tuneSeed, runtime.GOMAXPROCS(0)), baseline.NewBM25(items)
		systems = append(systems, e.AskRanker("bm25", tuned))
		if tuned.Setting() != usual.Setting() {
			systems = append(systems, e.AskRanker("bm25-usual", usual))
		}
	}
	if slices.Contains(c.Baseline, "dense") {
		o := baseline.DenseOptions{Seed: tuneSeed, Threads: runtime.GOMAXPROCS(0)}
		var err error
		if o.Media, o.Dims, err = c.media(ctx, c.Bundle, items, t); err != nil {
			return nil, err
		}
		o.Progress = func(done, total int) { t.progress("dense", done, total) }
		d, err := baseline.TrainDense(ctx, items, o)
		t.close()
		if err != nil {
			return nil, err
		}
		systems = append(systems, e.AskRanker("dense", d))
	}
	return systems, nil
}
