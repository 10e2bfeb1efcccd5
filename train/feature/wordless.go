package feature

import (
	"context"
	"math/rand/v2"

	"ace/core"
)

// supply gives items without words the vectors and the words that their media
// suggest, as far as their kind has items with words, and counts them in the
// report. A kind with many learns an alignment, which also moves the vectors
// of the words, if held-out items are found better by it than by the
// regression that it starts from; a kind with few is left with the regression.
func (f *Features) supply(ctx context.Context, d *material, o Options) {
	if d.alignsAny() {
		rng := rand.New(rand.NewPCG(o.Seed, uint64(alignStream)))
		learn, calibrated := d.try(ctx, o.Threads, rng)
		a, all, mean, unit := d.start(d.withWords())
		if learn {
			a.learn(ctx, &all, o.Threads, rng)
			d.move(a.words, unit, o.Threads)
		}
		guesses, some := make([][]Guess, f.N), false
		for kind, p := range all {
			if p == nil {
				continue
			}
			without := d.rows[kind].without
			seen := a.see(kind, d.media(kind, without, mean[kind]), o.Threads)
			g := newGuesser(d.model, p, a, kind, o.Threads)
			g.calibration = calibrated[kind]
			parallel(len(without), o.Threads, func(from, to int) {
				for k := from; k < to; k++ {
					i, medium := d.inputs[kind].items[without[k]], seen[k*a.dims:(k+1)*a.dims]
					for j, v := range medium {
						d.words.Set(i, j, float64(v))
					}
					guesses[i] = g.guess(medium)
				}
			})
			for _, r := range without {
				some = some || guesses[d.inputs[kind].items[r]] != nil
			}
			f.Report.Predicted += len(without)
		}
		if some {
			f.Guesses = guesses
		}
	}
	for kind, r := range d.rows {
		if len(r.with) < 2 || len(r.without) == 0 || d.aligns(kind) {
			continue
		}
		guess := d.regress(kind, r.with).apply(pick(d.inputs[kind].z, r.without))
		for k, row := range r.without {
			if v := guess.RawRowView(k); unit(v) > 0 {
				d.words.SetRow(d.inputs[kind].items[row], v)
				f.Report.Predicted++
			}
		}
	}
}

// try learns an alignment without some of the items with words. It says
// whether these are found better by it than by what it starts from, and
// calibrates guesses on them.
func (d *material) try(ctx context.Context, threads int, rng *rand.Rand) (learn bool, calibrated [core.Kinds]calibration) {
	kept, held := d.hold(rng)
	a, all, mean, _ := d.start(kept)
	var check [core.Kinds]*pairs
	for kind, p := range all {
		if p != nil {
			check[kind] = d.pairs(kind, held[kind], mean[kind])
		}
	}
	better := a.clone()
	better.learn(ctx, &all, threads, rng)
	if learn = better.recall(&check, threads) > a.recall(&check, threads); learn {
		a = better
	}
	for kind, p := range check {
		if p != nil {
			calibrated[kind] = newGuesser(d.model, all[kind], a, kind, threads).calibrate(p, a, kind, threads)
		}
	}
	return learn, calibrated
}

// move gives the words the vectors of an alignment, and the items theirs.
func (d *material) move(words []float32, unitOf float32, threads int) {
	d.model.basis = doubles(words, len(d.model.idf), d.words.RawMatrix().Cols)
	d.model.basis.Scale(1/float64(unitOf), d.model.basis)
	d.words.Copy(d.model.tfidf(d.texts).mul(d.model.basis, threads))
	for i := range d.texts {
		unit(d.words.RawRowView(i))
	}
}
