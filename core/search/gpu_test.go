package search

import (
	"context"
	"testing"
	"time"

	"ace/core/gpu"
	"ace/shaders"
)

// TestGPUAnswersAsCPU: on a graphics processor 200 queries find what they find on
// the CPU, by one submission and one read-back each; some more do with weights of
// 16 bits.
func TestGPUAnswersAsCPU(t *testing.T) {
	t.Run("single", func(t *testing.T) { onGPU(t, shaders.Single, 34) })
	t.Run("half", func(t *testing.T) { onGPU(t, shaders.Half, 8) })
}

// onGPU asks so many questions in each mode.
func onGPU(t *testing.T, w shaders.Weights, questions int) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	dev, err := gpu.Open(ctx, gpu.Options{Weights: &w})
	if err != nil {
		if noAdapter() {
			t.Skip(err)
		}
		t.Fatal(err)
	}
	defer dev.Close()
	s := shopOf(300, questions, []int{6, 8, 300})
	plain, r := s.open(t), s.open(t)
	if err := r.Use(ctx, dev); err != nil {
		t.Fatal(err)
	}
	before := dev.Stats()
	sameAnswers(t, &s, plain, r, dev.Name(), 1e-4)
	after := dev.Stats()
	if n := len(modes()) * questions; after.Submits-before.Submits != n || after.Maps-before.Maps != n {
		t.Errorf("%d submissions and %d read-backs for %d queries", after.Submits-before.Submits, after.Maps-before.Maps, n)
	}
	t.Logf("%s: %d dispatches a query", dev.Info().Adapter, (after.Dispatches-before.Dispatches)/(after.Runs-before.Runs))
}

// TestLostGPU: a device that is gone is left, and every query is answered.
func TestLostGPU(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	dev, err := gpu.Open(ctx, gpu.Options{})
	if err != nil {
		if noAdapter() {
			t.Skip(err)
		}
		t.Fatal(err)
	}
	s := shopOf(60, 2, []int{4, 5, 6})
	r := s.open(t)
	err = r.Use(ctx, dev)
	dev.Close()
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range s.questions {
		a, err := r.Search(ctx, q, Options{})
		if err != nil || len(a.Hits) == 0 || a.Device != "cpu" || (a.Trouble != "") != (i == 0) {
			t.Errorf("answer %d: %v, %d hits by %s, %q", i, err, len(a.Hits), a.Device, a.Trouble)
		}
	}
}
