package search

import (
	"context"
	"errors"
	"fmt"
	"math"

	"ace/core/beam"
	"ace/core/compute"
	"ace/core/text"
)

// Device is where whole queries run.
type Device interface {
	compute.Device
	// Weights uploads the network's parameters, in the device's own form. Offsets
	// into the buffer are those of flat.
	Weights(flat []float32) compute.Buffer
}

// DeviceWidth is the most beams that a device keeps. A search for more runs on
// the CPU.
const DeviceWidth = 64

// Use lets a device answer from now on. It uploads the network and the trie and
// holds the device's answer to a question against the CPU's; where they differ, or
// anything fails, what answered before goes on and the error says why. Searches
// during Use are answered. The device must not be used by anybody else.
func (r *Retriever) Use(ctx context.Context, dev Device) error {
	if r.trie.Items() == 0 {
		return errors.New("a bundle without items needs no device")
	}
	s, err := newSession(ctx, dev, r.config, r.params.Flat(), r.trie)
	if err == nil {
		err = r.try(ctx, s)
	}
	if err != nil {
		return fmt.Errorf("device %s: %w", dev.Name(), err)
	}
	return nil
}

// try asks both and takes the device if they agree.
func (r *Retriever) try(ctx context.Context, s *session) error {
	q := r.query.Encode(text.Words("one two three"))
	f := finding{query: &q, width: 8}
	got, err := s.search(ctx, &f, nil)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.encode(ctx, &f); err != nil {
		return err
	}
	want, err := r.decode(ctx, &f)
	if err != nil {
		return err
	}
	if err := agree(got, want); err != nil {
		return err
	}
	r.session, r.info.Device = s, s.dev.Name()
	return nil
}

// agree compares two answers to one question. Paths that are about equally
// probable may have changed places.
func agree(got, want []beam.Path) error {
	// Weights of 16 bits, and sums in another order, may change so much.
	near := func(a, b float64) bool { return math.Abs(a-b) <= 0.02*(1+math.Abs(b)) }
	if len(got) != len(want) {
		return fmt.Errorf("it finds %d identifiers where the cpu finds %d", len(got), len(want))
	}
	byItem := map[uint32]float64{}
	for i, w := range want {
		byItem[w.Items.Lo] = w.LogProb
		if !near(got[i].LogProb, w.LogProb) {
			return fmt.Errorf("its %d. identifier has log-probability %.4f, the cpu's %.4f", i+1, got[i].LogProb, w.LogProb)
		}
	}
	for _, g := range got {
		if w, ok := byItem[g.Items.Lo]; ok && !near(g.LogProb, w) {
			return fmt.Errorf("it gives identifier %v the log-probability %.4f, the cpu %.4f", g.ID, g.LogProb, w)
		}
	}
	return nil
}
