package identify

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"ace/core/gemm"
)

// trainer is the state of the training of an RQ-VAE.
type trainer struct {
	p      *pool
	cfg    *Config
	x      []float32 // [n, D]
	n, d   int
	batch  int
	model  *rqvae[float32]
	books  []*codebook // none while the plain autoencoder warms up
	shards []*shard[float32]
	opt    *adamw
	rng    *rand.Rand // of the order and of the codes re-seeded
	order  []int
	step   int // done
	steps  int // in all
}

func newTrainer(p *pool, x []float32, n, d int, cfg *Config) *trainer {
	t := &trainer{p: p, cfg: cfg, x: x, n: n, d: d, batch: min(cfg.Batch, n), rng: cfg.rng(orderStream)}
	t.model = newRQVAE(cfg.widths(d), float32(cfg.Beta))
	t.model.weight, t.model.text = float32(cfg.Align), cfg.Text
	weights := cfg.rng(weightStream)
	t.model.enc.start(weights)
	t.model.dec.start(weights)
	for range blockCount(t.batch) {
		t.shards = append(t.shards, t.model.newShard(len(cfg.Fine), slices.Max(cfg.Fine)))
	}
	t.opt = newAdamW(len(t.model.theta), cfg.Weight)
	t.order = t.rng.Perm(n)
	t.steps = (cfg.Warm + cfg.Epochs) * (n / t.batch)
	return t
}

// start puts K-Means codebooks over the latents as they are now.
func (t *trainer) start(ctx context.Context, progress func(level int)) error {
	z := apply(t.model.enc, t.p, t.x, t.n)
	books, err := startCodebooks(ctx, t.p, t.cfg.rng(codeStream), z, t.n, t.model.latent, t.cfg.Fine, t.batch, progress)
	t.books = books
	t.publish()
	return err
}

// publish hands the codebooks to the model.
func (t *trainer) publish() {
	codes := make([][]float32, len(t.books))
	for l, b := range t.books {
		codes[l] = b.codes
	}
	t.model.setBooks(codes)
}

// epoch goes once through the vectors in a new order, whole batches only, and
// gives the mean loss.
func (t *trainer) epoch(ctx context.Context) (float64, error) {
	t.rng.Shuffle(t.n, func(i, j int) { t.order[i], t.order[j] = t.order[j], t.order[i] })
	var loss float64
	batches := t.n / t.batch
	for b := range batches {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		loss += t.learn(t.order[b*t.batch:][:t.batch])
	}
	// Codes that are seeded late have no time to find their place.
	if t.step < t.steps*9/10 {
		for l, b := range t.books {
			b.revive(t.rng, t.shards[0].rest[l], min(t.batch, rows), t.cfg.Dead)
		}
		t.publish()
	}
	return loss / float64(batches), nil
}

// learn makes one step on the vectors of this batch and gives its loss.
func (t *trainer) learn(batch []int) float64 {
	t.p.blocks(len(batch), func(_, b, lo, hi int) {
		s := t.shards[b]
		for i, at := range batch[lo:hi] {
			copy(s.enc.out[0][i*t.d:][:t.d], t.x[at*t.d:])
		}
		t.model.gradient(gemm.Mul, s, hi-lo, len(batch))
	})
	var loss float64
	for _, s := range t.shards {
		loss += s.loss
	}
	const chunk = 8192
	theta, grad := t.model.theta, t.shards[0].grad
	change := t.opt.next(t.rate())
	t.p.each((len(theta)+chunk-1)/chunk, func(_, c int) {
		lo, hi := c*chunk, min((c+1)*chunk, len(theta))
		for _, s := range t.shards[1:] {
			gemm.Axpy(1, s.grad[lo:hi], grad[lo:hi])
		}
		change(theta, grad, lo, hi)
	})
	t.p.each(len(t.books), func(_, l int) {
		book := t.books[l]
		book.fade(t.cfg.Decay)
		for b, s := range t.shards {
			m := min(rows, len(batch)-b*rows)
			book.gather(s.rest[l][:m*book.d], s.code[l][:m], 1-t.cfg.Decay)
		}
		book.settle()
	})
	t.publish()
	t.step++
	return loss
}

// rate is the learning rate of the step to come: a warm-up over a twentieth
// of all steps, then half a cosine down to a hundredth of the highest.
func (t *trainer) rate() float64 {
	const warm = 0.05
	at := float64(t.step+1) / float64(t.steps)
	if at < warm {
		return t.cfg.Rate * at / warm
	}
	return t.cfg.Rate * (0.01 + 0.99*(1+math.Cos(math.Pi*(at-warm)/(1-warm)))/2)
}
