package main

import "iter"

// near is how many items are mixed when a collection is looked through: four
// shards of metadata, so that a first look at a large one fetches little.
const near = 2048

// spread goes through the numbers below n, each once, in an order that has
// neighbours far apart: items with like identifiers are alike, and a first look
// should show the breadth of a collection. Behind the first near numbers it
// goes on in turn.
func spread(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		m := min(n, near)
		step := max(int(0.618*float64(m)), 1)
		for gcd(step, m) > 1 {
			step++
		}
		for i := range m {
			if !yield(i * step % m) {
				return
			}
		}
		for i := m; i < n; i++ {
			if !yield(i) {
				return
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
