package dual

import "math/rand/v2"

// pair is a text of an item, as a query for it.
type pair struct{ item, text int }

// shuffled are all texts of all items in random order, except that an item's
// second text comes after every item's first, and so on: few batches hold an
// item twice.
func (c *corpus) shuffled(rng *rand.Rand) []pair {
	out := make([]pair, 0, c.pairs)
	orders := make([][]int, len(c.texts))
	for i, list := range c.texts {
		orders[i] = rng.Perm(len(list))
	}
	for k := 0; len(out) < c.pairs; k++ {
		from := len(out)
		for i, o := range orders {
			if k < len(o) {
				out = append(out, pair{i, o[k]})
			}
		}
		rng.Shuffle(len(out)-from, func(a, b int) { out[from+a], out[from+b] = out[from+b], out[from+a] })
	}
	return out
}

// fill makes a batch of pairs. The item of a pair is known either by its media
// or by its other texts, some left out at random: with its own text, or with
// both, the towers would learn to copy or to recognise the item instead of what
// it shows.
func (c *corpus) fill(b *batch[float32], pairs []pair, rng *rand.Rand) {
	b.query, b.text = resize(b.query, len(pairs)), resize(b.text, len(pairs))
	b.querySense, b.textSense = zeros(b.querySense, len(pairs)*c.sense), zeros(b.textSense, len(pairs)*c.sense)
	dims := c.media.dims
	b.media, b.mask = zeros(b.media, len(pairs)*dims), b.mask[:0]
	at := map[int][]int{} // item -> places in the batch
	for n, p := range pairs {
		at[p.item] = append(at[p.item], n)
		own, sense := c.texts[p.item][p.text], b.textSense[n*c.sense:(n+1)*c.sense]
		b.query[n].reset()
		b.query[n].add(own, b.querySense[n*c.sense:(n+1)*c.sense], wordDrop, rng)
		others := len(c.texts[p.item]) > 1
		shown := c.media.rows != nil && c.media.has[p.item] && (!others || rng.Float64() < mediaTurn)
		b.text[n].reset()
		switch {
		case shown:
			row := b.media[n*dims : (n+1)*dims]
			c.media.read(p.item, row)
			for k, v := range row {
				if row[k] = 0; rng.Float64() >= mediaDrop {
					row[k] = v / (1 - mediaDrop)
				}
			}
		case others:
			c.sample(&b.text[n], sense, p, rng)
		default:
			b.text[n].add(own, sense, 0.5, rng)
		}
	}
	for n, p := range pairs {
		for _, i := range c.who[c.number[p.item][p.text]] {
			for _, m := range at[i] {
				if m != n {
					b.mask = append(b.mask, [2]int{n, m})
				}
			}
		}
	}
}

// sample puts texts of an item other than the pair's into a bag, at least one.
func (c *corpus) sample(b *bag, sense []float32, p pair, rng *rand.Rand) {
	sure := rng.IntN(len(c.texts[p.item]) - 1)
	if sure >= p.text {
		sure++
	}
	for k, t := range c.texts[p.item] {
		if k == sure || k != p.text && rng.Float64() >= textDrop {
			b.add(t, sense, 0, rng)
		}
	}
}

func resize(b []bag, n int) []bag {
	for len(b) < n {
		b = append(b, bag{})
	}
	return b[:n]
}

// zeros is x made n long and cleared.
func zeros(x []float32, n int) []float32 {
	if cap(x) < n {
		return make([]float32, n)
	}
	clear(x[:n])
	return x[:n]
}
