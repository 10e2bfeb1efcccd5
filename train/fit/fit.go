// Package fit trains the network: pairs of a text and the identifier of its item
// become weights (arXiv 2406.17507, section 3). The forward pass is core/model's
// recording; the backward pass is derived from it.
package fit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"ace/core"
	"ace/core/compute"
	"ace/core/model"
	"ace/core/query"
	"ace/core/text"
	"ace/train/corpus"
)

// Data is what to learn: items and their identifiers, in the same order, V of each
// level, and texts to judge the training by that are not among the items'.
type Data struct {
	Items  []corpus.Item
	IDs    []core.ID
	Levels []int
	Held   []corpus.Held
}

// Options of a training run. Zero values choose the defaults.
type Options struct {
	Size    string        // tiny, small (default) or base
	Epochs  int           // passes over all texts; 0 chooses by the number of texts
	Budget  time.Duration // if positive, the run is planned to end within it
	Seed    uint64
	Threads int // goroutines of a step; 0 is 1
	Fusion  Fusion
	// RDrop is the weight of R-Drop's loss, see Regular; 0: none. The samples of a
	// step are then half as many, as each is passed twice.
	RDrop float64
	// Vocabulary is what the texts are spelt in; nil: Vocabulary(Size, items).
	Vocabulary *text.Vocabulary
	// Warm is where the network starts from; its width must be the size's, see Width.
	Warm Warm
	// Vectors says what words mean that the texts do not use; may be nil.
	Vectors query.Vectors

	// Resume continues from a state that Save was given, with the same data and
	// options; the result is that of a run that did not stop.
	Resume *State
	// Save is called at the end of epochs, at most once a minute, with a state
	// that is valid during the call.
	Save func(*State) error
	// Report is called about once a second and at the end of each epoch.
	Report func(Progress)
}

// Progress of a run.
type Progress struct {
	Epoch, Epochs int
	Step, Steps   int
	Loss          float64       // nats a code, mean of the epoch so far
	Tokens        float64       // words and codes a second
	Left          time.Duration // estimated
	Valid         *Score        // of held-out texts, at the end of some epochs
}

// Result is a trained network.
type Result struct {
	Config     *model.Config
	Params     []float32 // flat, as Config.Layout
	Vocabulary *text.Vocabulary
	Valid      Score
	Steps      int
	FLOP       float64 // of all matrix products, forward and backward
	Seconds    float64
}

// Choices that measurements on held-out texts settled.
const (
	peakRate    = 1.5e-3 // at width 192; scaled by sqrt(192/d)
	weightDecay = 0.05
	clipNorm    = 1.0
	warmShare   = 0.05
	lastShare   = 0.02 // of the peak rate, at the end
	dropout     = 0.1
	smoothing   = 0.1
	wordsABatch = 2048 // about

	usualFLOP   = 40e12 // of a run that names no epochs: some five minutes of two cores
	leastEpochs = 10
	mostEpochs  = 60
	// budgetEpochs bounds a run that has a time budget instead.
	budgetEpochs = 120
)

// run is a training under way.
type run struct {
	Options
	data   Data
	config *model.Config
	vocab  *text.Vocabulary
	reader *query.Encoder

	opt      adamW
	grads    [][]float32
	steppers []*stepper[float32]
	batch    int // samples a batch
	passes   int // of each sample in its step
	steps    int // planned
	most     int // steps, whatever the time budget
	perEpoch int // steps, about
	began    time.Time
	spent    time.Duration // before this run, when resumed
	flop     float64
	best     State   // the weights to keep, by validation, and their score
	top      float64 // highest Score.mean so far
	bad      int     // validations in a row clearly below it
}

// Train learns from data. It stops early, with the weights from before, when
// held-out texts are found clearly worse; when ctx is done it returns its error.
func Train(ctx context.Context, data Data, o Options) (*Result, error) {
	r, err := prepare(data, o)
	if err != nil {
		return nil, err
	}
	epoch0 := 0
	if o.Resume != nil {
		if epoch0, err = r.restore(o.Resume); err != nil {
			return nil, err
		}
	}
	score, err := r.epochs(ctx, epoch0)
	if err != nil {
		return nil, err
	}
	return &Result{Config: r.config, Params: r.opt.params, Vocabulary: r.vocab, Valid: score, Steps: r.opt.step, FLOP: r.flop, Seconds: r.elapsed().Seconds()}, nil
}

func prepare(data Data, o Options) (*run, error) {
	if len(data.Items) == 0 || len(data.Items) != len(data.IDs) {
		return nil, fmt.Errorf("%d items and %d identifiers", len(data.Items), len(data.IDs))
	}
	if !(o.RDrop >= 0) || math.IsInf(o.RDrop, 1) {
		return nil, fmt.Errorf("weight %v of r-drop: want 0 or more", o.RDrop)
	}
	if o.Size == "" {
		o.Size = "small"
	}
	r := &run{Options: o, data: data, began: time.Now(), passes: 1}
	if o.RDrop > 0 {
		r.passes = 2
	}
	r.Threads = max(r.Threads, 1)
	words, n := 0, 0
	for i := range data.Items {
		for _, t := range data.Items[i].Texts() {
			words, n = words+len(t), n+1
		}
	}
	if n == 0 {
		return nil, errors.New("no item has any words to learn from")
	}
	if r.vocab = o.Vocabulary; r.vocab == nil {
		r.vocab = Vocabulary(o.Size, data.Items)
	}
	var err error
	if r.config, err = Shape(o.Size, r.vocab, data.Levels, o.Fusion); err != nil {
		return nil, err
	}
	if o.Vectors != nil {
		r.config.Sense = o.Vectors.Dim()
	}
	if w := &o.Warm; w.Pieces != nil && len(w.Pieces) != r.config.Vocabulary*r.config.Width || w.Sense != nil && len(w.Sense) != r.config.Sense*r.config.Width {
		return nil, fmt.Errorf("a start of %d and %d numbers does not fit a network of width %d over %d pieces", len(w.Pieces), len(w.Sense), r.config.Width, r.config.Vocabulary)
	}
	r.reader = &query.Encoder{Vocabulary: r.vocab, Vectors: o.Vectors, Known: corpus.Knows(data.Items)}
	r.batch = min(max(wordsABatch*n/words, 64), 320) / r.passes
	pairs, cost := epoch(data.Items, newEpochRand(o.Seed, 0)), 0.0
	for _, p := range pairs {
		cost += r.cost(len(p.words))
	}
	r.perEpoch = (len(pairs) + r.batch - 1) / r.batch
	if r.Epochs == 0 {
		r.Epochs = int(min(max(usualFLOP/cost, leastEpochs), mostEpochs))
		if r.Budget > 0 {
			r.Epochs = budgetEpochs
		}
	}
	r.steps = r.Epochs * r.perEpoch
	r.most = r.steps

	params := start(r.config, o.Seed, o.Warm)
	r.opt = adamW{params: params, m: make([]float32, len(params)), v: make([]float32, len(params)), decay: decaying(r.config)}
	for range r.Threads {
		g := make([]float32, len(params))
		r.grads = append(r.grads, g)
		r.steppers = append(r.steppers, newStepper(r.config, compute.NewCPU(fastKernels), params, g))
	}
	return r, nil
}

func (r *run) elapsed() time.Duration { return r.spent + time.Since(r.began) }

// rate is the learning rate of a step: linear warm-up, then a cosine to nearly
// nothing.
func (r *run) rate(step int) float64 {
	peak := peakRate * math.Sqrt(192/float64(r.config.Width))
	x := float64(step) / float64(max(r.steps, 1))
	if x < warmShare {
		return peak * (x + 1/float64(r.steps)) / warmShare
	}
	x = min((x-warmShare)/(1-warmShare), 1)
	return peak * (lastShare + (1-lastShare)*(1+math.Cos(math.Pi*x))/2)
}

// step learns one batch on all steppers and returns the mean loss of a code.
func (r *run) step(ctx context.Context, samples []Sample) (float64, error) {
	rows := len(samples) * r.passes * len(r.config.Levels)
	reg := Regular{Dropout: dropout, Smoothing: smoothing, RDrop: r.RDrop}
	n := len(r.steppers)
	losses, errs := make([]float64, n), make([]error, n)
	var wg sync.WaitGroup
	for i, s := range r.steppers {
		part := samples[i*len(samples)/n : (i+1)*len(samples)/n]
		seed := uint32(r.Seed)*0x9e3779b1 + uint32(r.opt.step*n+i)*0x85ebca6b
		wg.Go(func() { losses[i], _, errs[i] = s.run(ctx, part, 1/float64(rows), reg, seed) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return 0, err
	}
	sum := 0.0
	for _, l := range losses {
		sum += l
	}
	loss := sum / float64(rows)
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return 0, fmt.Errorf("training diverged at step %d: the loss is no number", r.opt.step)
	}
	r.opt.update(r.grads, r.rate(r.opt.step), weightDecay, clipNorm)
	return loss, nil
}
