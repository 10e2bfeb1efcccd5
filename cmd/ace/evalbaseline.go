package main

import (
	"context"
	"runtime"
	"slices"

	"ace/train/baseline"
	"ace/train/score"
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

// ranker is a system that scores every item.
type ranker interface {
	Rank(query string, relevant map[int]bool, allowed func(item int) bool) int
	Setting() string
}

// baselines trains what --baseline names on the bundle's items and puts the
// questions to it. Tuned BM25 comes with the usual one, where they differ.
func (c *evalCmd) baselines(ctx context.Context, e *exam, t *out) ([]system, error) {
	var systems []system
	if slices.Contains(c.Baseline, "bm25") {
		tuned, usual := baseline.TuneBM25(e.items, tuneSeed, runtime.GOMAXPROCS(0)), baseline.NewBM25(e.items)
		systems = append(systems, e.ask("bm25", tuned))
		if tuned.Setting() != usual.Setting() {
			systems = append(systems, e.ask("bm25-usual", usual))
		}
	}
	if slices.Contains(c.Baseline, "dense") {
		o := baseline.DenseOptions{Seed: tuneSeed, Threads: runtime.GOMAXPROCS(0)}
		var err error
		if o.Media, o.Dims, err = c.media(ctx, c.Bundle, e.items, t); err != nil {
			return nil, err
		}
		o.Progress = func(done, total int) { t.progress("dense", done, total) }
		d, err := baseline.TrainDense(ctx, e.items, o)
		t.close()
		if err != nil {
			return nil, err
		}
		systems = append(systems, e.ask("dense", d))
	}
	return systems, nil
}

// ask puts the questions to a baseline.
func (e *exam) ask(name string, r ranker) system {
	ranks, times := make([]int, len(e.questions)), make([]float64, len(e.questions))
	for n, q := range e.questions {
		var allowed func(int) bool
		if set := e.set(q); set != nil {
			allowed = func(i int) bool { return set.Has(uint32(i)) }
		}
		now := clock()
		ranks[n] = r.Rank(q.Query, e.relevant[n], allowed)
		times[n] = now()
	}
	return system{Name: name, Setting: r.Setting(), Score: score.Summarise(ranks), P50: score.Percentile(times, 0.5), P95: score.Percentile(times, 0.95), Valid: 1}
}
