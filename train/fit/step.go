package fit

import (
	"context"
	"math"

	"ace/core/compute"
	"ace/core/model"
	"ace/shaders/cpu"
	"ace/shaders/grad"
	twin "ace/shaders/grad/cpu"
)

// Regular says how a step keeps the network from learning by heart.
type Regular struct {
	Dropout   float64 // share of elements left out
	Smoothing float64 // of the target, see twin.LossParams
	// RDrop, if positive, has each sample passed twice with draws of dropout of
	// their own; the divergence of the two predictions counts this much beside
	// their losses (arXiv 2106.14448).
	RDrop float64
}

// stepper computes loss and gradient of its part of a batch on one device.
type stepper[T cpu.Float] struct {
	config *model.Config
	dev    *compute.CPU[T]

	params, dparams compute.Buffer // flat, as Config.Layout
	acts, dacts     compute.Buffer // intermediate results and the gradients by them
	end             int            // elements of acts in use
	words, rows     int            // the batch that acts was made for

	twice         []Sample // those of a step with R-Drop, two times
	batch         batch
	forward, back compute.Recording
}

// newStepper works over parameters that it may share with others; the gradient
// is added to grads.
func newStepper[T cpu.Float](c *model.Config, dev *compute.CPU[T], params, grads []T) *stepper[T] {
	return &stepper[T]{config: c, dev: dev, params: dev.Adopt(params), dparams: dev.Adopt(grads)}
}

// run adds a gradient times weight: that of the sum of all rows' losses and, with
// R-Drop, of RDrop times the divergences of all pairs of rows. It returns both
// sums in nats, apart being that of the divergences; R-Drop has two rows for each
// level of a sample. seed names the draws of dropout. With weight 0 only the sums
// are computed.
func (s *stepper[T]) run(ctx context.Context, samples []Sample, weight float64, reg Regular, seed uint32) (loss, apart float64, err error) {
	if len(samples) == 0 {
		return 0, 0, nil
	}
	if reg.RDrop > 0 {
		s.twice = append(append(s.twice[:0], samples...), samples...)
		samples = s.twice
	}
	b := &s.batch
	b.fill(s.config, samples)
	s.forward.Reset()
	b.upload(s.dev, &s.forward)
	if b.T > s.words || b.B > s.rows {
		s.grow()
	}
	s.end = 0
	losses, agree := s.record(s.acts, weight, reg, seed)
	if err := s.dev.Run(ctx, &s.forward); err != nil {
		return 0, 0, err
	}
	loss, apart = s.sum(losses), s.sum(agree)
	if weight == 0 || math.IsNaN(loss) {
		return loss, apart, nil
	}
	clear(s.dev.Memory(s.dacts.At(0, s.end)))
	s.back.Reset()
	backward(&s.back, &s.forward, func(of compute.Buffer) compute.Buffer {
		if of.Same(s.params) {
			return s.dparams.At(of.Offset(), of.Len())
		}
		return s.dacts.At(of.Offset(), of.Len())
	})
	return loss, apart, s.dev.Run(ctx, &s.back)
}

func (s *stepper[T]) sum(of []compute.Buffer) float64 {
	sum := 0.0
	for _, b := range of {
		for _, v := range s.dev.Memory(b) {
			sum += float64(v)
		}
	}
	return sum
}

// record appends the forward pass and returns, by level, the rows' losses and,
// with R-Drop, the divergences of rows b and b+B/2.
func (s *stepper[T]) record(acts compute.Buffer, weight float64, reg Regular, seed uint32) (losses, agree []compute.Buffer) {
	b, c := &s.batch, s.config
	room := func(n int) compute.Buffer {
		at := s.end
		s.end += (n + 63) &^ 63
		return acts.At(at, n)
	}
	r := &model.Recorder{Recording: &s.forward, Config: c, Weights: c.Bind(s.params), Room: room}
	if drop := uint32(math.Round(reg.Dropout * 256)); drop > 0 {
		draw := seed
		r.Dropout = func(x, res compute.Buffer, n int) compute.Buffer {
			draw = draw*1664525 + 1013904223
			y := room(n)
			r.Dispatch(grad.Dropout, cpu.Pack(twin.DropoutParams{N: uint32(n), Drop: drop, Seed: draw}), x, res, y)
			return y
		}
	}
	sense := compute.Buffer{}
	if n := b.T * c.Sense; n > 0 {
		sense = room(n)
		r.UploadFloats(sense, b.sense)
	}
	memory := r.Encode(b.text(sense))
	states := r.Decode(memory, b.codes(r.NewCache(b.B*b.L)))
	for l, codes := range c.Levels {
		logits := r.Logits(states.At(l*b.B*c.Width, b.B*c.Width), l, b.B)
		losses = append(losses, room(b.B))
		p := twin.LossParams{Rows: uint32(b.B), Width: uint32(codes), Smoothing: float32(reg.Smoothing), Weight: float32(weight)}
		r.Dispatch(grad.Loss, cpu.Pack(p), logits, b.targets(l), losses[l])
		if reg.RDrop > 0 {
			agree = append(agree, room(b.B/2))
			p := twin.AgreeParams{Pairs: uint32(b.B / 2), Width: uint32(codes), Weight: float32(weight * reg.RDrop)}
			r.Dispatch(grad.Agree, cpu.Pack(p), logits, agree[l])
		}
	}
	return losses, agree
}

// grow makes room for batches a quarter larger than the present one, found by
// recording that one over a sketch: room is linear in words and rows.
func (s *stepper[T]) grow() {
	s.words, s.rows = max(s.batch.T, s.words)*5/4, max(s.batch.B, s.rows)*5/4
	s.end = 0
	uploads := len(s.forward.Uploads)
	s.record(compute.Sketch{}.Floats(1<<40), 0, Regular{Dropout: 0.5, RDrop: 1}, 0)
	n := s.end*5/4 + 64*len(s.forward.Dispatches)
	s.acts, s.dacts = s.dev.Floats(n), s.dev.Floats(n)
	s.forward.Uploads, s.forward.Dispatches = s.forward.Uploads[:uploads], s.forward.Dispatches[:0]
}
