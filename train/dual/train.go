package dual

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"ace/core/text"
)

// What all trainings have in common. None is chosen by a collection.
const (
	usualTemperature = 0.1
	usualEpochs      = 6 // where nothing can be chosen
	// EpochsAtMost is how many epochs a training has that held-out questions judge.
	EpochsAtMost = 16
	patience     = 3   // epochs in a row clearly below the best one that end the training
	usualMedia   = 0.1 // weight of the media where nothing can be chosen

	batchSize    = 512
	learnRate    = 2e-3
	weightDecay  = 0.1
	wordDrop     = 0.1 // of a query's words
	spellingDrop = 0.1 // how often a word is known by less than it could be
	textDrop     = 0.25
	mediaDrop    = 0.5 // of the values of a media vector
	mediaTurn    = 0.5 // how often an item that has texts is known by its media
	senseStart   = 1.6 // length of a word's vector as it starts; a rare word's pieces have 1
)

// start draws the vectors of the pieces: in random directions, as long as the
// pieces are rare, so that the cosine of two texts is near to that of their
// TF-IDF vectors from the start. The words' matrix is a random projection, by
// which words of like meaning stay near each other.
func start(c *corpus, o *Options, rng *rand.Rand) *towers[float32] {
	t := newTowers(single, c.vocab.Size(), o.Width, c.sense, c.media.dims, min(batchSize, max(c.pairs, 1)), o.Threads, float32(1/o.Temperature))
	idf := c.idf()
	normal := func(x []float32, deviation float64) {
		for k := range x {
			x[k] = float32(rng.NormFloat64() * deviation)
		}
	}
	root := math.Sqrt(float64(o.Width))
	for id, w := range idf {
		normal(t.piece(t.theta, uint32(id)), float64(w)/root)
	}
	normal(t.matrix(t.theta), senseStart/root)
	fade(t, c, idf)
	normal(t.shown(t.theta), 0.1/(math.Sqrt(float64(c.media.dims))*root))
	return t
}

// fade takes from the piece that stands for a word so much that its meaning too
// counts as its piece does: less the more common the word is. Words without a
// piece of their own are rare.
func fade(t *towers[float32], c *corpus, idf []float32) {
	done := make([]bool, len(idf))
	for _, s := range slices.Concat(c.texts...) {
		for w, meaning := range s.sense {
			pieces := s.Pieces[s.Start[w]:s.Start[w+1]]
			if meaning == nil || text.Whole(pieces) != 1 || done[pieces[0]] {
				continue
			}
			id := pieces[0]
			done[id] = true
			for k, v := range meaning {
				t.axpy((idf[id]-1)/share(len(pieces))*v, t.matrix(t.theta)[k*t.d:][:t.d], t.piece(t.theta, id))
			}
		}
	}
}

// fit trains towers and keeps the last of them that answer the held-out questions as
// well as any before.
func (d *Dual) fit(ctx context.Context, c *corpus, o *Options) error {
	rng := rand.New(rand.NewPCG(o.Seed, 3))
	h := newHeld(o.Held, &d.encoder, c)
	epochs, choosing := o.Epochs, false
	if epochs == 0 {
		epochs = usualEpochs
		if choosing = len(o.Held) > 0; choosing {
			epochs = EpochsAtMost
		}
	}
	if c.media.dims > 0 {
		d.MediaWeight = usualMedia
	}
	t := start(c, o, rng)
	d.towers = t
	var best []float32 // the parameters
	top := 0.0         // the highest value so far
	l := newLearning(t, c, epochs)
	for epoch := 1; epoch <= epochs; epoch++ {
		if err := l.epoch(ctx, t, c, rng); err != nil {
			return err
		}
		if o.Progress != nil {
			o.Progress(epoch, epochs)
		}
		if !choosing {
			d.Epochs = epoch
			continue
		}
		// The newest are kept as long as they are not clearly worse: a small difference
		// between two epochs is chance.
		weight, s := h.choose(c, t)
		if top = max(top, value(s)); value(s) >= top-h.margin() {
			d.Epochs, d.MediaWeight, d.Score = epoch, weight, s
			best = append(best[:0], t.theta...)
		}
		if epoch-d.Epochs >= patience {
			break
		}
	}
	if choosing {
		copy(t.theta, best)
	} else if len(o.Held) > 0 {
		d.MediaWeight, d.Score = h.choose(c, t)
	}
	return nil
}

// learning is the state of the optimiser and its schedule: a short rise of the
// learning rate, then half a cosine down to 0.
type learning struct {
	opt         *adamW
	grad        []float32
	batch       batch[float32]
	total, warm float64 // steps
}

func newLearning(t *towers[float32], c *corpus, epochs int) *learning {
	rows := len(t.nq)
	total := float64(epochs * ((c.pairs + rows - 1) / rows))
	return &learning{opt: newAdamW(t), grad: make([]float32, len(t.theta)), total: total, warm: max(1, min(total/10, 50))}
}

func (l *learning) epoch(ctx context.Context, t *towers[float32], c *corpus, rng *rand.Rand) error {
	for pairs := range slices.Chunk(c.shuffled(rng), len(t.nq)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.fill(&l.batch, pairs, rng)
		t.gradient(&l.batch, l.grad)
		step := float64(l.opt.steps)
		l.opt.update(t, &l.batch, l.grad, learnRate*min((step+1)/l.warm, 0.5+0.5*math.Cos(math.Pi*step/l.total)))
	}
	return nil
}
