package identify

import (
	"context"
	"math/rand/v2"
)

// codebook holds the codes of one level as moving averages over the batches
// (arXiv 1711.00937, appendix A.1): of how many vectors chose each code and
// of the sum of those vectors.
type codebook struct {
	d     int
	codes []float32 // [V, d], sum / count
	count []float64 // [V]
	sum   []float64 // [V, d]
}

// startCodebooks runs K-Means level by level on the latents z [n, d], each
// level on what the ones before it left. The averages start as if every
// vector had been seen in a batch of so many.
func startCodebooks(ctx context.Context, p *pool, rng *rand.Rand, z []float32, n, d int, sizes []int, batch int, progress func(level int)) ([]*codebook, error) {
	rest := append([]float32(nil), z...)
	var books []*codebook
	for l, v := range sizes {
		c, err := kmeans(ctx, p, rng, rest, n, d, v, 0, func(int, int, float64) {})
		if err != nil {
			return nil, err
		}
		b := &codebook{d: d, codes: c.centres, count: make([]float64, c.k), sum: make([]float64, c.k*d)}
		for _, k := range c.of {
			b.count[k] += float64(batch) / float64(n)
		}
		for i, code := range b.codes {
			b.sum[i] = float64(code) * b.count[i/d]
		}
		subtract(rest, b.codes, d, c.of)
		books = append(books, b)
		progress(l + 1)
	}
	return books, nil
}

// subtract takes its code from each row of x [n, d].
func subtract(x, codes []float32, d int, code []int32) {
	for i, c := range code {
		row := x[i*d:][:d]
		for j, v := range codes[int(c)*d:][:d] {
			row[j] -= v
		}
	}
}

// gather is what one batch says about a level: who chose which code.
func (b *codebook) gather(rest []float32, code []int32, fresh float64) {
	for i, c := range code {
		b.count[c] += fresh
		sum := b.sum[int(c)*b.d:][:b.d]
		for j, v := range rest[i*b.d:][:b.d] {
			sum[j] += fresh * float64(v)
		}
	}
}

// fade ages the averages before a batch is gathered.
func (b *codebook) fade(decay float64) {
	for i := range b.count {
		b.count[i] *= decay
	}
	for i := range b.sum {
		b.sum[i] *= decay
	}
}

// settle moves the codes to the averages. A code that nothing has chosen for
// long stays where it is.
func (b *codebook) settle() {
	for c, n := range b.count {
		if n < 1e-6 {
			continue
		}
		for j := range b.d {
			b.codes[c*b.d+j] = float32(b.sum[c*b.d+j] / n)
		}
	}
}

// revive re-seeds the codes that are used less than share of the mean from
// random rows of rest [m, d].
func (b *codebook) revive(rng *rand.Rand, rest []float32, m int, share float64) {
	var total float64
	for _, n := range b.count {
		total += n
	}
	mean := total / float64(len(b.count))
	for c, n := range b.count {
		if n >= share*mean {
			continue
		}
		row := rest[rng.IntN(m)*b.d:][:b.d]
		b.count[c] = mean
		for j, v := range row {
			b.codes[c*b.d+j] = v
			b.sum[c*b.d+j] = mean * float64(v)
		}
	}
}
