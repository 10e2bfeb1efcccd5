package baseline

import (
	"sync"

	"ace/core"
	"ace/train/score"
)

// What k1 and b are chosen from, and by how many texts at most.
var (
	gridK1 = []float64{0.3, 0.6, 0.9, 1.2, 1.6, 2, 3, 5}
	gridB  = []float64{0, 0.25, 0.5, 0.75, 1}
)

const tuneTexts = 1000

// TuneBM25 sets k1 and b to those by which texts of the items find their item
// best (mean of R@1 and R@10) while they are taken out of what is known of it, at most
// one of an item. Where no item has two texts, or nothing is better, the usual
// values stay.
func TuneBM25(items []core.Item, seed uint64, threads int) *BM25 {
	b := NewBM25(items)
	texts := make([][]string, len(items))
	for i := range items {
		texts[i] = textsOf(&items[i])
	}
	// Every item loses a text, though not all are asked: were the items asked for
	// shorter than the others, the settings that favour short ones would win.
	h := holdOne(texts, len(texts), seed)
	if len(h.queries) == 0 {
		return b
	}
	h.queries = h.queries[:min(len(h.queries), tuneTexts)]
	index := indexTexts(h.texts)
	value := func(k1, length float64) float64 {
		part := *index // shares the postings
		part.K1, part.B, part.scores = k1, length, make([]float64, len(texts))
		ranks := make([]int, len(h.queries))
		for n, q := range h.queries {
			ranks[n] = part.Rank(q, h.relevant[n], nil)
		}
		s := score.Summarise(ranks)
		return s.R1 + s.R10
	}
	values := make([]float64, len(gridK1)*len(gridB))
	var wg sync.WaitGroup
	for t := range threads {
		wg.Go(func() {
			for n := t; n < len(values); n += threads {
				values[n] = value(gridK1[n/len(gridB)], gridB[n%len(gridB)])
			}
		})
	}
	wg.Wait()
	best := value(usualK1, usualB)
	for n, v := range values {
		if v > best {
			best, b.K1, b.B = v, gridK1[n/len(gridB)], gridB[n%len(gridB)]
		}
	}
	return b
}
