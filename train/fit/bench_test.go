package fit

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"ace/core"
	"ace/core/gemm"
	"ace/train/corpus"
)

// sentences is a collection of n items with captions of some ten words.
func sentences(n int) Data {
	rng := rand.New(rand.NewPCG(1, 1))
	d := Data{Levels: []int{48, 64, 128}}
	var items []core.Item
	for i := range n {
		it := core.Item{ID: fmt.Sprint(i)}
		for range 4 {
			var w []string
			for range 8 + rng.IntN(6) {
				w = append(w, fmt.Sprintf("word%d", rng.IntN(800)))
			}
			it.Captions = append(it.Captions, strings.Join(w, " "))
		}
		items = append(items, it)
		d.IDs = append(d.IDs, core.ID{core.Token(rng.IntN(48)), core.Token(rng.IntN(64)), core.Token(rng.IntN(128))})
	}
	d.Items = corpus.Read(items)
	return d
}

// BenchmarkStep is one training step on all cores: words a second, the rate of
// the matrix products, and that as a share of the cores' peak, measured in the
// same run.
func BenchmarkStep(b *testing.B) {
	for _, size := range []string{"tiny", "small", "base"} {
		b.Run(size, func(b *testing.B) {
			threads := runtime.GOMAXPROCS(0)
			r, err := prepare(sentences(1000), Options{Size: size, Seed: 1, Threads: threads})
			if err != nil {
				b.Fatal(err)
			}
			samples := r.encode(epoch(r.data.Items, newEpochRand(1, 0))[:r.batch])
			words, flop := 0, 0.0
			for _, s := range samples {
				words += s.Text.Len() + len(s.ID)
				flop += r.cost(s.Text.Len())
			}
			step := func() {
				if _, err := r.step(context.Background(), samples); err != nil {
					b.Fatal(err)
				}
			}
			step()
			began := time.Now()
			peak := gemm.Peak(50_000_000) / time.Since(began).Seconds() * float64(threads)
			b.ReportAllocs()
			for b.Loop() {
				step()
			}
			seconds := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(float64(words)/seconds, "words/s")
			b.ReportMetric(flop/seconds/1e9, "GFLOP/s")
			b.ReportMetric(peak, "peak-GFLOP/s")
			b.ReportMetric(100*flop/seconds/1e9/peak, "%peak")
		})
	}
}
