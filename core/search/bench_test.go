package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"ace/core"
	"ace/core/beam"
	"ace/core/compute"
	"ace/core/model"
	"ace/core/query"
	"ace/core/text"
	"ace/core/trie"
)

// synthetic is a retriever over n random identifiers with a network of random
// weights, and a question: what a search costs, without the items themselves.
func synthetic(b *testing.B, n int) (*Retriever, query.Query) {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	levels := []int{256, 128, 256, 512}
	ids := make([]core.ID, n)
	for i := range ids {
		for _, v := range levels {
			ids[i] = append(ids[i], core.Token(rng.IntN(v)))
		}
	}
	slices.SortFunc(ids, core.ID.Compare)
	t, err := trie.Build(levels, ids)
	if err != nil {
		b.Fatal(err)
	}
	v := text.Learn([]string{"a small vocabulary of a few words"}, 600)
	cfg := &model.Config{Width: 128, Heads: 4, FFN: 256, Encoder: 2, Decoder: 2, Vocabulary: v.Size(), Places: 16, Levels: levels, Coarse: true, Fine: true}
	_, size := cfg.Layout()
	params := make([]float32, size)
	for i := range params {
		params[i] = float32(rng.NormFloat64() * 0.2)
	}
	dev, packed := compute.NewCPU(), compute.NewPacked(size)
	packed.AddFloats(0, params)
	r := &Retriever{query: query.Encoder{Vocabulary: v}, trie: t, config: cfg, params: packed, cpu: dev,
		reader: model.NewReader(cfg, dev, compute.AdoptPacked(dev, packed), model.Limits{Words: text.MaxTokens, Pieces: text.MaxTokens * text.MaxPieces})}
	return r, r.query.Encode(text.Words("a few small words"))
}

// BenchmarkFind is a pure search on the CPU with ten beams: it must hardly grow
// with the collection.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{2_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r, q := synthetic(b, n)
			quickest := time.Hour
			for b.Loop() {
				f := finding{query: &q, width: 10}
				began := time.Now()
				if paths, err := r.find(context.Background(), &f); err != nil || len(paths) == 0 {
					b.Fatal(err, len(paths))
				}
				quickest = min(quickest, time.Since(began))
			}
			b.ReportMetric(float64(quickest.Nanoseconds()), "min-ns/op")
		})
	}
}

// BenchmarkFindFiltered is the same within sets of half of the items, a hundredth
// and a ten-thousandth, drawn at random, in turns with one in all items: x-plain is
// the ratio of the quickest.
func BenchmarkFindFiltered(b *testing.B) {
	for _, n := range []int{2_000, 100_000, 1_000_000} {
		r, q := synthetic(b, n)
		for _, every := range []int{2, 100, 10_000} {
			rng := rand.New(rand.NewPCG(2, uint64(every)))
			set := &Set{trie.NewFilter(n, func(i int) bool { return i == n/2 || rng.IntN(every) == 0 })}
			b.Run(fmt.Sprintf("%d/every=%d", n, every), func(b *testing.B) {
				quickest := [2]time.Duration{time.Hour, time.Hour}
				for b.Loop() {
					for way, within := range []*Set{nil, set} {
						f := finding{query: &q, width: 10, set: within}
						began := time.Now()
						if paths, err := r.find(context.Background(), &f); err != nil || len(paths) == 0 {
							b.Fatal(err, len(paths))
						}
						quickest[way] = min(quickest[way], time.Since(began))
					}
				}
				b.ReportMetric(float64(quickest[1])/float64(quickest[0]), "x-plain")
			})
		}
	}
}

// BenchmarkPrior is what a hybrid search adds to the beam: to fill the prior and
// to look up the best of the ranges of the coarse level.
func BenchmarkPrior(b *testing.B) {
	const n = 100_000
	rng := rand.New(rand.NewPCG(1, 1))
	values := make([]float64, n)
	for i := range values {
		values[i] = rng.NormFloat64()
	}
	p := beam.NewPrior(n)
	b.Run("fill", func(b *testing.B) {
		for b.Loop() {
			p.Fill(func(i int) float64 { return values[i] })
		}
	})
	b.Run("best", func(b *testing.B) {
		for b.Loop() {
			for k := range 256 {
				p.Best(core.Range{Lo: uint32(k * n / 256), Hi: uint32((k + 1) * n / 256)})
			}
		}
	})
	b.Run("best, item by item", func(b *testing.B) {
		for b.Loop() {
			for k := range 256 {
				top := values[k*n/256]
				for _, v := range values[k*n/256 : (k+1)*n/256] {
					top = max(top, v)
				}
				values[0] = min(top, values[0])
			}
		}
	})
}

// BenchmarkFiltered is a search within sets that leave every second item, every
// hundredth or a few, in turns with one in all items: x-plain is the ratio of the
// quickest. The filter itself is made once.
func BenchmarkFiltered(b *testing.B) {
	ctx := context.Background()
	const n = 20_000
	s := shopOf(n, 8, []int{64, 32, 64})
	for i := range s.Items {
		s.Items[i].Meta["half"], s.Items[i].Meta["hundredth"], s.Items[i].Meta["few"] = fmt.Sprint(i%2), fmt.Sprint(i/100%100), fmt.Sprint(i/(n/12)*100+min(i%(n/12), 1))
	}
	r := s.open(b)
	for _, pure := range []bool{true, false} {
		for _, key := range []string{"half", "hundredth", "few"} {
			b.Run(fmt.Sprintf("pure=%v/%s", pure, key), func(b *testing.B) {
				var quickest [2]time.Duration
				for b.Loop() {
					for way, filter := range []Filter{nil, {key: {"0"}}} {
						began := time.Now()
						for _, q := range s.questions {
							if _, err := r.Search(ctx, q, Options{Pure: pure, Filter: filter}); err != nil {
								b.Fatal(err)
							}
						}
						if t := time.Since(began); quickest[way] == 0 || t < quickest[way] {
							quickest[way] = t
						}
					}
				}
				b.ReportMetric(float64(quickest[1])/float64(quickest[0]), "x-plain")
			})
		}
	}
}
