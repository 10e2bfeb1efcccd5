// Package identify turns the items' vectors, in ace those of the dual encoder,
// into identifiers: a coarse token by K-Means over the vectors, fine tokens by a
// residual-quantising autoencoder (RQ-VAE) over what K-Means leaves, and a
// counter token where items would still share an identifier (arXiv 2406.17507,
// section 3; the RQ-VAE is that of arXiv 2107.03312 and 2203.01941). Method names
// what this can be compared with.
//
// Train makes the identifiers of a collection, Identifiers.Assign gives
// further vectors theirs by the same frozen codebooks, and Assess says how
// good they are. Same vectors, configuration and seed give the same
// identifiers, whatever the number of threads: work is cut into blocks of a
// fixed size and summed in block order.
package identify

import (
	"context"
	"fmt"
	"math"
)

// Progress is told to the caller while Train runs.
type Progress struct {
	Stage string  // "kmeans", "autoencoder", "codebooks" or "repair"
	Done  int     // steps done of this stage
	Total int     // steps of this stage
	Loss  float64 // kmeans: mean squared distance; autoencoder, codebooks: loss of the last epoch
}

// Train gives each of the n vectors x [n, d], row-major, an identifier.
// progress may be nil; it is called from the calling goroutine. Train stops
// with ctx's error when ctx ends.
func Train(ctx context.Context, x []float32, n, d int, cfg Config, progress func(Progress)) (*Identifiers, error) {
	if err := checkVectors(x, n, d); err != nil {
		return nil, err
	}
	if err := cfg.check(); err != nil {
		return nil, err
	}
	if cfg.Method == RQVAE && cfg.Text > d {
		return nil, fmt.Errorf("identifiers: a text block of %d values in vectors of %d", cfg.Text, d)
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	p := newPool(cfg.Threads)
	ids := &Identifiers{D: d, Config: cfg}
	if cfg.Method == Random {
		return ids.draw(n)
	}
	coarse, err := kmeans(ctx, p, cfg.rng(coarseStream), x, n, d, cfg.Coarse, cfg.CapFactor, func(done, total int, loss float64) {
		progress(Progress{"kmeans", done, total, loss})
	})
	if err != nil {
		return nil, err
	}
	ids.Centres = coarse.centres
	if cfg.Method == HierarchicalKMeans {
		codes, err := ids.growTree(ctx, p, x, n, coarse.of, progress)
		if err != nil {
			return nil, err
		}
		ids.IDs = tokens(coarse.of, codes)
		ids.Collisions = collisions(ids.IDs)
		return ids.count(ids.tree.sizes())
	}
	residual, scale := residuals(x, n, d, coarse)
	ids.Scales = scale
	if cfg.Method == RQVAE && scale[0] > 0 {
		err = ids.trainRQVAE(ctx, p, residual, n, progress)
	} else {
		err = ids.trainResidualKMeans(ctx, p, residual, n, progress)
	}
	if err != nil {
		return nil, err
	}
	return ids.assignAll(p, residual, n, coarse.of, progress)
}

// checkVectors refuses shapes that do not fit and values that are not finite.
func checkVectors(x []float32, n, d int) error {
	if n < 1 || d < 1 {
		return fmt.Errorf("no vectors to identify: %d rows of %d values", n, d)
	}
	if len(x) != n*d {
		return fmt.Errorf("%d rows of %d values make %d values, got %d", n, d, n*d, len(x))
	}
	for i, v := range x {
		if v := float64(v); math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("vector %d has %v at position %d: every value must be finite", i/d, v, i%d)
		}
		// Squared distances are float32: beyond this they would overflow.
		if v > 1e15 || v < -1e15 {
			return fmt.Errorf("vector %d has %g at position %d: scale the vectors below 1e15", i/d, v, i%d)
		}
	}
	return nil
}

// residuals gives (x - centre)/scale [n, d], with a scale for each cluster,
// and the scales: the root mean square of the cluster's residuals, but at least
// a tenth of that of all. So dense clusters get fine tokens that tell their
// items apart as well as those of wide ones. The scales are 0 when nothing is
// left of any vector, and then the residuals are 0.
func residuals(x []float32, n, d int, c clustering) ([]float32, []float32) {
	r := make([]float32, n*d)
	sum := make([]float64, c.k) // of the squares, per cluster
	count := make([]float64, c.k)
	var all, size float64
	for i, k := range c.of {
		centre := c.centres[int(k)*d:][:d]
		for j, v := range x[i*d:][:d] {
			t := v - centre[j]
			r[i*d+j] = t
			sum[k] += float64(t) * float64(t)
			size += float64(v) * float64(v)
		}
		count[k] += float64(d)
	}
	for _, s := range sum {
		all += s
	}
	scale := make([]float32, c.k)
	// Centres are rounded means: what is left of equal vectors is rounding.
	if all <= 1e-12*size {
		clear(r)
		return r, scale
	}
	mean := all / float64(n*d)
	for k := range scale {
		scale[k] = float32(math.Sqrt(max(sum[k]/count[k], mean/100)))
	}
	for i, k := range c.of {
		for j := range d {
			r[i*d+j] /= scale[k]
		}
	}
	return r, scale
}

// assignAll encodes the training vectors, repairs the collisions and, where
// some are left, adds the counter.
func (q *Identifiers) assignAll(p *pool, residual []float32, n int, coarse []int32, progress func(Progress)) (*Identifiers, error) {
	progress(Progress{Stage: "repair", Total: 1})
	latent, codes := q.encode(p, residual, n)
	q.IDs = tokens(coarse, codes)
	q.Collisions = collisions(q.IDs)
	if limit := q.Config.Repair; limit > 0 {
		repair(q.IDs, latent, q.Latent, q.Codebooks, limit)
		// A counter costs every item a level: the last few move, however far.
		if float64(collisions(q.IDs)) <= fewShared*float64(n) {
			repair(q.IDs, latent, q.Latent, q.Codebooks, math.Inf(1))
		}
	}
	var fine []int
	for _, book := range q.Codebooks {
		fine = append(fine, len(book)/q.Latent)
	}
	progress(Progress{Stage: "repair", Done: 1, Total: 1})
	return q.count(fine)
}

// count sets the sizes of the levels and, where identifiers are still shared,
// adds the counter.
func (q *Identifiers) count(fine []int) (*Identifiers, error) {
	counters, err := count(q.IDs)
	if err != nil {
		return nil, err
	}
	q.Sizes = append([]int{len(q.Centres) / q.D}, fine...)
	if q.Counter = counters > 1; q.Counter {
		q.Sizes = append(q.Sizes, counters)
	}
	return q, nil
}
