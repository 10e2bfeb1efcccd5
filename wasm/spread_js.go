package main

import "iter"

// breadth is how many shards of metadata are mixed when a collection is looked
// through, so that a first look at a large one fetches little. fetch.js, which begins
// with the first of them, has the same number.
const breadth = 8

// spread goes through the numbers below n, each once, in an order that has
// neighbours far apart: items with like identifiers are alike, and a first look
// should show the breadth of a collection. It mixes the items of shards that lie
// evenly over the collection, then of those behind these, and so on.
func spread(n, shard int) iter.Seq[int] {
	return func(yield func(int) bool) {
		shards := (n + shard - 1) / shard
		apart := (shards + breadth - 1) / breadth
		for first := range apart {
			var starts []int // of these shards, and how many items lie before each
			var before []int
			m := 0
			for s := first; s < shards; s += apart {
				starts, before = append(starts, s*shard), append(before, m)
				m += min(shard, n-s*shard)
			}
			step := max(int(0.618*float64(m)), 1)
			for gcd(step, m) > 1 {
				step++
			}
			for i := range m {
				at := i * step % m
				s := min(at/shard, len(starts)-1) // none but the last is short
				if !yield(starts[s] + at - before[s]) {
					return
				}
			}
		}
	}
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}
