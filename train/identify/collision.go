package identify

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"ace/core"
)

// fewShared is the share of the items up to which the repair has no limit.
const fewShared = 0.01

// collisions counts the items that share their identifier with another.
func collisions(ids []core.ID) int {
	shared := 0
	groups(ids, len(ids[0]), func(g []int) {
		if len(g) > 1 {
			shared += len(g)
		}
	})
	return shared
}

// groups calls f for the items of each prefix of so many tokens, in the order
// of the prefixes; the items of a group are in their own order.
func groups(ids []core.ID, depth int, f func(items []int)) {
	order := make([]int, len(ids))
	for i := range order {
		order[i] = i
	}
	compare := func(a, b int) int { return ids[a][:depth].Compare(ids[b][:depth]) }
	slices.SortStableFunc(order, compare)
	for lo := 0; lo < len(order); {
		hi := lo + 1
		for hi < len(order) && compare(order[lo], order[hi]) == 0 {
			hi++
		}
		f(order[lo:hi])
		lo = hi
	}
}

// repair gives items that share an identifier another last token that is free
// under their prefix. Of those that share one, the item nearest to the code
// keeps it; the others move in the order of the squared error that this adds,
// measured on the latents [N, d], while it is at most limit times the mean
// squared error of an item. The limit may be infinite.
func repair(ids []core.ID, latent []float32, d int, books [][]float32, limit float64) {
	m := len(books)
	book := books[m-1]
	rest := slices.Clone(latent)
	for l, b := range books[:m-1] {
		code := make([]int32, len(ids))
		for i, id := range ids {
			code[i] = int32(id[1+l])
		}
		subtract(rest, b, d, code)
	}
	distance := func(item, code int) float64 {
		return squared(rest[item*d:][:d], book[code*d:])
	}
	var mean float64
	for i, id := range ids {
		mean += distance(i, int(id[m])) / float64(len(ids))
	}
	type move struct {
		item, code int
		cost       float64
	}
	groups(ids, m, func(bucket []int) {
		keeper := make(map[core.Token]int) // of each code in use
		for _, i := range bucket {
			c := ids[i][m]
			if k, taken := keeper[c]; !taken || distance(i, int(c)) < distance(k, int(c)) {
				keeper[c] = i
			}
		}
		if len(keeper) == len(bucket) {
			return
		}
		var moves []move
		for _, i := range bucket {
			own := ids[i][m]
			if keeper[own] == i {
				continue
			}
			here := distance(i, int(own))
			for c := range len(book) / d {
				if _, taken := keeper[core.Token(c)]; taken {
					continue
				}
				if cost := distance(i, c) - here; cost <= limit*mean {
					moves = append(moves, move{i, c, cost})
				}
			}
		}
		slices.SortFunc(moves, func(a, b move) int {
			return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.item, b.item), cmp.Compare(a.code, b.code))
		})
		moved := make(map[int]bool)
		for _, v := range moves {
			if _, taken := keeper[core.Token(v.code)]; !taken && !moved[v.item] {
				keeper[core.Token(v.code)] = v.item
				moved[v.item] = true
				ids[v.item][m] = core.Token(v.code)
			}
		}
	})
}

// count appends the counter to all identifiers if any is shared, and gives
// the largest number of items that share one. The items of a group are
// counted from 0 in their order.
func count(ids []core.ID) (int, error) {
	most := 0
	depth := len(ids[0])
	groups(ids, depth, func(g []int) { most = max(most, len(g)) })
	switch {
	case most == 1:
		return 1, nil
	case most > math.MaxUint16+1:
		return 0, fmt.Errorf("%d items have the same vector, or nearly so: at most %d can be told apart", most, math.MaxUint16+1)
	}
	groups(ids, depth, func(g []int) {
		// groups reads the prefixes alone, which appending leaves as they are.
		for c, i := range g {
			ids[i] = append(ids[i], core.Token(c))
		}
	})
	return most, nil
}
