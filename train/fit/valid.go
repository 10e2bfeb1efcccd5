package fit

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
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

// Held-out texts: at most one of an item that keeps at least leastLeft others.
const (
	validTexts = 300
	validPart  = 20 // at most one item in so many
	leastLeft  = 2
	validWidth = 10
)

// validation is texts that are not learnt, and the items they describe.
type validation struct {
	words    [][]string
	relevant [][]int
}

func (v *validation) any() bool { return len(v.words) > 0 }

// holdOut takes texts out of known. Items with few texts keep them all, and so
// does every text with a word that no other text has: what it teaches could not
// be learnt elsewhere.
func holdOut(items []known, seed uint64) *validation {
	texts := map[string]int{} // that hold a word
	for _, k := range items {
		for _, t := range slices.Concat(k.captions, k.keywords) {
			for i, w := range t {
				if !slices.Contains(t[:i], w) {
					texts[w]++
				}
			}
		}
	}
	rare := func(w string) bool { return texts[w] < 2 }
	rng := rand.New(rand.NewPCG(seed, 0x5e1d))
	v := &validation{}
	most := min(validTexts, len(items)/validPart)
	at := map[string]int{}
	for _, i := range rng.Perm(len(items)) {
		if len(v.words) >= most {
			break
		}
		k := &items[i]
		from := &k.captions
		if rng.IntN(len(k.captions)+len(k.keywords)+1) >= len(k.captions) {
			from = &k.keywords
		}
		if len(*from) <= leastLeft {
			continue
		}
		j := rng.IntN(len(*from))
		w := (*from)[j]
		if slices.ContainsFunc(w, rare) {
			continue
		}
		if key := strings.Join(w, " "); at[key] == 0 {
			at[key] = len(v.words) + 1
			v.words, v.relevant = append(v.words, w), append(v.relevant, []int{i})
			*from = slices.Delete(slices.Clone(*from), j, j+1)
		}
	}
	for i, k := range items {
		for _, w := range slices.Concat(k.captions, k.keywords) {
			if n := at[strings.Join(w, " ")]; n > 0 {
				v.relevant[n-1] = append(v.relevant[n-1], i)
			}
		}
	}
	return v
}

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
	ranks := make([]int, len(r.valid.words)) // from 1; 0 is not found
	errs := make([]error, r.Threads)
	var wg sync.WaitGroup
	for part := range r.Threads {
		wg.Go(func() {
			dev := compute.NewCPU()
			reader := model.NewReader(r.config, dev, dev.Adopt(r.opt.params), model.Limits{Words: text.MaxTokens, Pieces: text.MaxTokens * text.MaxPieces})
			reader.Reserve(validWidth)
			for i := part; i < len(ranks); i += r.Threads {
				q := r.vocab.EncodeWords(r.valid.words[i])
				if errs[part] = reader.Begin(ctx, q.Pieces, q.Start); errs[part] != nil {
					return
				}
				paths, err := beam.Search(ctx, reader, t, beam.Options{Levels: r.data.Levels, Width: validWidth})
				if errs[part] = err; err != nil {
					return
				}
				ranks[i] = r.rank(paths, order, r.valid.relevant[i])
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
