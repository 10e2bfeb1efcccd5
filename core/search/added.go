package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ace/core/bundle"
)

// sectAdded is the section of the items that came after the training, and its tensor.
const sectAdded = "added"

// writeAdded names those items, by their numbers in identifier order.
func writeAdded(b *bundle.Builder, c *Collection, order []int) {
	var numbers []uint32
	for i, n := range order {
		if c.Added != nil && c.Added[n] {
			numbers = append(numbers, uint32(i))
		}
	}
	if numbers != nil {
		b.AddTensor(sectAdded, sectAdded, bundle.U32, []int{len(numbers)}, numbers)
		b.Compress(sectAdded)
	}
}

// readAdded gives their numbers, ascending; nil where there are none.
func readAdded(ctx context.Context, c *bundle.Container, items int) ([]uint32, error) {
	if !c.Has(sectAdded) {
		return nil, nil
	}
	numbers, _, err := c.Uint32s(ctx, sectAdded)
	if err != nil {
		return nil, err
	}
	for k, i := range numbers {
		if int(i) >= items || k > 0 && i <= numbers[k-1] {
			return nil, fmt.Errorf("added item %d of %d, or not in order", i, items)
		}
	}
	return slices.Clone(numbers), nil
}

// addedTo appends the added items of a set, or of all for nil, of which words and
// vectors speak for the most: at most width. The network has never written their
// identifiers, and to write them is as improbable as to write any that do not exist. So
// the beam leaves them out, and their Path is what is to be expected of a right
// answer: the mean of what was found by the beam, each with its share; 0 where that
// is nothing.
func (r *Retriever) addedTo(found []Candidate, m Mix, set *Set, width int) []Candidate {
	if len(r.added) == 0 {
		return found
	}
	expected := 0.0
	for i, share := range sharesOf(found) {
		expected += share * found[i].Path
	}
	var best []Candidate
	for _, i := range r.added {
		if set != nil && !set.Has(i) {
			continue
		}
		e := r.prior.evidence(int(i), expected)
		c := Candidate{Index: int(i), Evidence: e, score: m.Score(e)}
		if len(best) == width {
			if best[width-1].score >= c.score {
				continue
			}
			best = best[:width-1]
		}
		at, _ := slices.BinarySearchFunc(best, c, func(a, b Candidate) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.Index, b.Index)) })
		best = slices.Insert(best, at, c)
	}
	for i := range best {
		best[i].id = r.trie.ID(best[i].Index)
	}
	return append(found, best...)
}

// sharesOf are the candidates' shares in the softmax of their scores.
func sharesOf(found []Candidate) []float64 {
	scores := make([]float64, len(found))
	for i := range found {
		scores[i] = found[i].score
	}
	return shares(scores)
}

// isAdded tells whether an item came after the training.
func (r *Retriever) isAdded(i uint32) bool {
	_, ok := slices.BinarySearch(r.added, i)
	return ok
}
