package search

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"ace/core"
	"ace/core/beam"
	"ace/core/compute"
)

// reference is the CPU as a device: the twins of all kernels.
type reference struct {
	*compute.CPU[float32]
	runs int
	fail func(run int, r *compute.Recording) error // called before each run
}

func newReference() *reference { return &reference{CPU: compute.NewReference()} }

func (*reference) Name() string                            { return "reference" }
func (r *reference) Weights(flat []float32) compute.Buffer { return r.Adopt(flat) }

func (r *reference) Run(ctx context.Context, rec *compute.Recording) error {
	r.runs++
	if r.fail != nil {
		if err := r.fail(r.runs, rec); err != nil {
			return err
		}
	}
	return r.CPU.Run(ctx, rec)
}

// modes are the ways to search that a device must know.
func modes() map[string]Options {
	audio := core.Audio
	return map[string]Options{
		"pure":            {Pure: true},
		"hybrid":          {},
		"pure filtered":   {Pure: true, Filter: Filter{"shelf": {"3"}}},
		"hybrid filtered": {Kind: &audio},
		"narrow":          {Limit: 1, Beam: 3},
		"wide":            {Limit: 40, Beam: DeviceWidth, Pure: true},
	}
}

// sameAnswers asks both the same questions and compares the hits: the same items
// in the same order, but for those with about the same score.
func sameAnswers(t *testing.T, s *shop, plain, with *Retriever, device string, tolerance float64) {
	t.Helper()
	ctx := context.Background()
	for name, o := range modes() {
		for _, q := range s.questions {
			want, err := plain.Search(ctx, q, o)
			if err != nil {
				t.Fatal(err)
			}
			got, err := with.Search(ctx, q, o)
			if err != nil {
				t.Fatal(err)
			}
			if got.Device != device || got.Trouble != "" || got.Mode != want.Mode {
				t.Fatalf("%s: answered by %s in mode %s: %s", name, got.Device, got.Mode, got.Trouble)
			}
			if err := sameHits(got.Hits, want.Hits, tolerance); err != nil {
				t.Errorf("%s, %q: %v", name, q, err)
			}
		}
	}
}

func sameHits(got, want []core.Hit, tolerance float64) error {
	if len(got) != len(want) || len(got) == 0 {
		return fmt.Errorf("%d hits, want %d", len(got), len(want))
	}
	near := func(a, b float64) bool { return math.Abs(a-b) <= tolerance*(1+math.Abs(b)) }
	score := map[int]float64{}
	for _, w := range want {
		score[w.Index] = w.Score
	}
	last := want[len(want)-1].Score
	for i, w := range want {
		g := got[i]
		there, ok := score[g.Index]
		if !ok {
			there = last // a tie with the last may take its place
		}
		if !near(g.Score, w.Score) || !near(g.Score, there) {
			return fmt.Errorf("hit %d is item %d with %v, want %d with %v", i, g.Index, g.Score, w.Index, w.Score)
		}
	}
	return nil
}

// TestDeviceAnswersAsCPU: the kernels, by their twins, find what the plain path
// over the fast kernels finds, and a query is one run.
func TestDeviceAnswersAsCPU(t *testing.T) {
	s := shopOf(300, 40, []int{6, 8, 300})
	c := s.open(t)
	r := s.open(t)
	dev := newReference()
	if err := r.Use(context.Background(), dev); err != nil {
		t.Fatal(err)
	}
	if r.Info().Device != "reference" {
		t.Errorf("the device is %s", r.Info().Device)
	}
	before := dev.runs
	sameAnswers(t, &s, c, r, "reference", 1e-4)
	if n := len(modes()) * len(s.questions); dev.runs-before != n {
		t.Errorf("%d runs for %d queries", dev.runs-before, n)
	}
}

// TestTraceOfADevice: the beams of every level are told as the CPU tells them.
func TestTraceOfADevice(t *testing.T) {
	ctx := context.Background()
	s := shopOf(80, 3, []int{4, 5, 6, 2})
	r := s.open(t)
	traced := func() (all [][]core.ID) {
		for _, q := range s.questions {
			level := 0
			if _, err := r.Search(ctx, q, Options{Trace: func(l int, beams []beam.Path) {
				var ids []core.ID
				for _, p := range beams {
					ids = append(ids, p.ID)
				}
				if l != level {
					t.Errorf("level %d after %d", l, level)
				}
				level++
				all = append(all, ids)
			}}); err != nil {
				t.Fatal(err)
			}
		}
		return all
	}
	want := traced()
	if err := r.Use(ctx, newReference()); err != nil {
		t.Fatal(err)
	}
	if got := traced(); len(want) != 12 || !reflect.DeepEqual(got, want) {
		t.Errorf("beams %v, want %v", got, want)
	}
}

// TestDeviceFails: a device that fails, or answers what cannot be, is left, the
// answer says so once, and every query is answered.
func TestDeviceFails(t *testing.T) {
	ctx := context.Background()
	s := shopOf(60, 4, []int{4, 5, 6})
	c := s.open(t)
	for name, f := range map[string]struct {
		fail func(run int, r *compute.Recording) error
		says string
	}{
		"an error": {func(int, *compute.Recording) error { return errors.New("lost device") }, "lost device"},
		"nothing is computed": {func(_ int, r *compute.Recording) error {
			r.Dispatches = nil
			return nil
		}, "no beam"},
	} {
		r := s.open(t)
		dev := newReference()
		if err := r.Use(ctx, dev); err != nil {
			t.Fatal(err)
		}
		for i, q := range s.questions {
			if i == 1 {
				dev.fail = f.fail
			}
			a, err := r.Search(ctx, q, Options{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if device := []string{"reference", "cpu", "cpu", "cpu"}[i]; a.Device != device || (a.Trouble != "") != (i == 1) || !strings.Contains(a.Trouble, []string{"", f.says, "", ""}[i]) {
				t.Errorf("%s: answer %d by %s, %q", name, i, a.Device, a.Trouble)
			}
			want, err := c.Search(ctx, q, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := sameHits(a.Hits, want.Hits, 1e-4); err != nil {
				t.Errorf("%s, %q: %v", name, q, err)
			}
		}
		if r.Info().Device != "cpu" {
			t.Errorf("%s: the next device is %s", name, r.Info().Device)
		}
	}
}

// TestCancelledIsNoTrouble: who gives up a search does not lose the device.
func TestCancelledIsNoTrouble(t *testing.T) {
	s := shopOf(60, 1, []int{4, 5, 6})
	r := s.open(t)
	if err := r.Use(context.Background(), newReference()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Search(ctx, s.questions[0], Options{}); !errors.Is(err, context.Canceled) {
		t.Error("a cancelled search answered", err)
	}
	a, err := r.Search(context.Background(), s.questions[0], Options{})
	if err != nil || a.Device != "reference" {
		t.Error("the device is gone", a.Device, err)
	}
	if a, err = r.Search(context.Background(), s.questions[0], Options{Limit: DeviceWidth + 1}); err != nil || a.Device != "cpu" || a.Trouble != "" {
		t.Error("a search for more than the device keeps", a.Device, a.Trouble, err)
	}
}

// wrong is a device whose weights are not those that it was given.
type wrong struct{ *reference }

func (w wrong) Weights(flat []float32) compute.Buffer {
	other := make([]float32, len(flat))
	for i, v := range flat {
		other[i] = 1.5 * v
	}
	return w.Adopt(other)
}

// TestUseRefuses: a device that does not answer as the CPU does is not used.
func TestUseRefuses(t *testing.T) {
	ctx := context.Background()
	s := shopOf(60, 1, []int{4, 5, 6})
	r := s.open(t)
	broken := newReference()
	broken.fail = func(int, *compute.Recording) error { return errors.New("out of memory") }
	for name, dev := range map[string]Device{"wrong weights": wrong{newReference()}, "broken": broken} {
		if err := r.Use(ctx, dev); err == nil || !strings.Contains(err.Error(), "device reference: ") {
			t.Errorf("%s: %v", name, err)
		}
		if a, err := r.Search(ctx, s.questions[0], Options{}); err != nil || a.Device != "cpu" || a.Trouble != "" {
			t.Errorf("%s: %v, answered by %s, %s", name, err, a.Device, a.Trouble)
		}
	}
	large := shopOf(60, 1, []int{4, 5000})
	if err := large.open(t).Use(ctx, newReference()); err == nil {
		t.Error("more codes than the kernels take were taken")
	}
}
