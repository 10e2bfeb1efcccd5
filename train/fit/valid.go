package fit

import (
	"context"
	"math"
	"slices"
	"sync"

	"ace/core"
	"ace/core/beam"
	"ace/core/compute"
	"ace/core/model"
	"ace/core/text"
	"ace/core/trie"
)

// Score is how well held-out texts find their item, in percent.
type Score struct {
	R1, R10, MRR10 float64
	Texts          int
}

func (s Score) mean() float64 { return (s.R1 + s.R10) / 2 }

// margin is the difference in mean that chance may make: about half a standard
// error of a share of the texts.
func (s Score) margin() float64 { return 25 / math.Sqrt(float64(max(s.Texts, 1))) }

// validWidth is the beams of a validation.
const validWidth = 10

// score searches for the held-out texts with the present weights.
func (r *run) score(ctx context.Context) (Score, error) {
	order := make([]int, len(r.data.IDs)) // item numbers in identifier order
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return r.data.IDs[a].Compare(r.data.IDs[b]) })
	ids := make([]core.ID, len(order))
	for i, n := range order {
		ids[i] = r.data.IDs[n]
	}
	t, err := trie.Build(r.data.Levels, ids)
	if err != nil {
		return Score{}, err
	}
	ranks := make([]int, len(r.data.Held)) // from 1; 0 is not found
	errs := make([]error, r.Threads)
	var wg sync.WaitGroup
	for part := range r.Threads {
		wg.Go(func() {
			dev := compute.NewCPU()
			reader := model.NewReader(r.config, dev, dev.Adopt(r.opt.params), model.Limits{Words: text.MaxTokens, Pieces: text.MaxTokens * text.MaxPieces})
			reader.Reserve(validWidth)
			for i := part; i < len(ranks); i += r.Threads {
				q := r.reader.Encode(r.data.Held[i].Words)
				if errs[part] = reader.Begin(ctx, q.Pieces, q.Start, q.Sense); errs[part] != nil {
					return
				}
				paths, err := beam.Search(ctx, reader, t, beam.Options{Levels: r.data.Levels, Width: validWidth})
				if errs[part] = err; err != nil {
					return
				}
				ranks[i] = r.rank(paths, order, r.data.Held[i].Items)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return Score{}, err
		}
	}
	s := Score{Texts: len(ranks)}
	for _, k := range ranks {
		if k == 0 {
			continue
		}
		s.R10++
		s.MRR10 += 1 / float64(k)
		if k == 1 {
			s.R1++
		}
	}
	n := float64(len(ranks)) / 100
	s.R1, s.R10, s.MRR10 = s.R1/n, s.R10/n, s.MRR10/n
	return s, nil
}

func (r *run) rank(paths []beam.Path, order, relevant []int) int {
	k := 0
	for _, p := range paths {
		for i := p.Items.Lo; i < p.Items.Hi; i++ {
			if k++; slices.Contains(relevant, order[i]) {
				return k
			}
		}
	}
	return 0
}
