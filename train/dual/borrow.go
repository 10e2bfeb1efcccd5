package dual

import (
	"cmp"
	"slices"

	"ace/core/gemm"
)

// lent is how many texts of others an item without any borrows.
const lent = 15

// Borrow gives each item that has a vector but no texts those texts of other
// items that lie nearest to it: what its medium might well be asked for by. They
// teach what learns from texts alone ("caption enhancement" of arXiv 2406.17507,
// without a model that writes). vectors are d.Items(items).
func Borrow(d *Dual, items []Item, vectors []float32) map[int][][]string {
	var without []int
	for i := range items {
		if len(items[i].Texts) == 0 && seen(vectors[i*d.Width:(i+1)*d.Width]) {
			without = append(without, i)
		}
	}
	if len(without) == 0 {
		return nil
	}
	type text struct {
		words  []string
		cosine float32
	}
	best := make([][]text, len(without)) // at most lent each, the nearest first
	for i := range items {
		for _, words := range items[i].Texts {
			q := d.Query(words)
			for n, w := range without {
				c := gemm.Dot(q, vectors[w*d.Width:(w+1)*d.Width])
				if l := best[n]; len(l) < lent || c > l[lent-1].cosine {
					at, _ := slices.BinarySearchFunc(l, c, func(t text, c float32) int { return cmp.Compare(c, t.cosine) })
					best[n] = slices.Insert(l, at, text{words, c})[:min(len(l)+1, lent)]
				}
			}
		}
	}
	out := map[int][][]string{}
	for n, w := range without {
		for _, t := range best[n] {
			out[w] = append(out[w], t.words)
		}
	}
	return out
}
