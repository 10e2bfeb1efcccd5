package gpu

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
	"ace/shaders/shaderstest"
)

// open opens a device, or leaves the test out where there is none and nothing
// says that there must be one.
func openTest(t *testing.T, o Options) *Device {
	t.Helper()
	d, err := Open(wait(t), o)
	if err != nil {
		if missing(err) {
			t.Skip(err)
		}
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// wait is a context that no test outlasts.
func wait(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// around is the elements that guard each side of a binding; a part of that
// offset can be bound with weights of either kind.
const around = 128

const guard = 1234

// TestConformance compares every kernel with its twin, for both kinds of
// weights. What lies around the bound parts must stay as it was.
func TestConformance(t *testing.T) {
	for _, w := range []shaders.Weights{shaders.Single, shaders.Half} {
		d := openTest(t, Options{Weights: &w})
		name := map[shaders.Weights]string{shaders.Single: "single", shaders.Half: "half"}[w]
		t.Logf("%s: %s", name, d.Info().Adapter)
		seen := map[*shaders.Kernel]bool{}
		for _, c := range shaderstest.Trials() {
			seen[c.Kernel] = true
			t.Run(fmt.Sprint(name, "/", c.Kernel.Name, "/", c.Name), func(t *testing.T) {
				got, err := try(wait(t), d, &c)
				if err == nil {
					err = c.Compare(got, c.Kernel.Tolerance)
				}
				if err != nil {
					t.Error(err)
				}
			})
			if d.failed != nil { // of no further use
				d = openTest(t, Options{Weights: &w})
			}
		}
		for _, k := range shaders.Table {
			if !seen[k] {
				t.Errorf("kernel %s is not tried", k.Name)
			}
		}
	}
}

// try runs a trial and gives what the bindings hold afterwards.
func try(ctx context.Context, d *Device, c *shaderstest.Trial) ([]cpu.View[float32], error) {
	var rec compute.Recording
	data := c.Data()
	whole, bind := make([]cpu.View[float32], len(data)), make([]compute.Buffer, len(data))
	for i, v := range data {
		switch {
		case c.Kernel.Bindings[i].Weight && len(v.F) > 0:
			bind[i] = d.Weights(guarded(v.F)).At(around, len(v.F))
		case len(v.F) > 0:
			whole[i].F = guarded(v.F)
			b := d.Floats(len(whole[i].F))
			rec.UploadFloats(b, whole[i].F)
			bind[i] = b.At(around, len(v.F))
			whole[i].F = make([]float32, len(whole[i].F))
			rec.DownloadFloats(b, whole[i].F)
		case len(v.U) > 0:
			whole[i].U = guarded(v.U)
			b := d.Uints(len(whole[i].U))
			rec.UploadUints(b, whole[i].U)
			bind[i] = b.At(around, len(v.U))
			whole[i].U = make([]uint32, len(whole[i].U))
			rec.DownloadUints(b, whole[i].U)
		}
	}
	rec.Dispatch(c.Kernel, c.Params, bind...)
	if err := d.Run(ctx, &rec); err != nil {
		return nil, err
	}
	for i, v := range whole {
		name := c.Kernel.Bindings[i].Name
		if err := unguarded(name, v.F); err != nil {
			return nil, err
		}
		if err := unguarded(name, v.U); err != nil {
			return nil, err
		}
		if len(v.F)+len(v.U) == 0 {
			continue // weights stay where they are
		}
		if v.F != nil {
			data[i].F = v.F[around : len(v.F)-around]
		} else {
			data[i].U = v.U[around : len(v.U)-around]
		}
	}
	return data, nil
}

func guarded[T float32 | uint32](x []T) []T {
	g := slices.Repeat([]T{guard}, len(x)+2*around)
	copy(g[around:], x)
	return g
}

func unguarded[T float32 | uint32](name string, x []T) error {
	for i, v := range x {
		if (i < around || i >= len(x)-around) && v != guard {
			return fmt.Errorf("%s: element %d was written, outside of the binding", name, i-around)
		}
	}
	return nil
}

// Half keeps the last of an odd number of weights, and what is beyond it is 0.
func TestWeightsOfOddLength(t *testing.T) {
	half := shaders.Half
	d := openTest(t, Options{Weights: &half})
	x, y := d.Floats(3), d.Floats(1)
	var got [1]float32
	var rec compute.Recording
	rec.UploadFloats(x, []float32{1, 2, 3})
	rec.Dispatch(shaders.Linear, cpu.Pack(cpu.LinearParams{Rows: 1, In: 3, Out: 1}), x, d.Weights([]float32{0.5, -0.25, 2}), compute.Buffer{}, compute.Buffer{}, y)
	rec.DownloadFloats(y, got[:])
	if err := d.Run(wait(t), &rec); err != nil || got[0] != 6 {
		t.Errorf("%v, %v; want 6", got, err)
	}
	want := Stats{Runs: 1, Dispatches: 1, Submits: 1, Maps: 1, WeightBytes: 6}
	if d.Stats() != want {
		t.Errorf("stats %+v, want %+v", d.Stats(), want)
	}
}

// New buffers hold zeros, and what is uploaded to neighbouring parts arrives
// together with what an earlier run left.
func TestTransfers(t *testing.T) {
	d := openTest(t, Options{})
	b := d.Floats(1000)
	u := d.Uints(70)
	var rec compute.Recording
	rec.UploadFloats(b.At(300, 3), []float32{4, 5, 6})
	rec.UploadFloats(b.At(297, 3), []float32{1, 2, 3})
	rec.UploadUints(u.At(69, 1), []uint32{7})
	rec.UploadFloats(b.At(999, 1), []float32{9})
	if err := d.Run(wait(t), &rec); err != nil {
		t.Fatal(err)
	}
	if s := d.Stats(); s.Maps != 0 || s.Submits != 1 {
		t.Errorf("a run without downloads: %+v", s)
	}
	rec.Reset()
	floats, uints := make([]float32, 1000), make([]uint32, 70)
	rec.DownloadUints(u, uints)
	rec.DownloadFloats(b, floats)
	rec.UploadUints(u.At(0, 2), []uint32{8, math.MaxUint32})
	if err := d.Run(wait(t), &rec); err != nil {
		t.Fatal(err)
	}
	wantF, wantU := make([]float32, 1000), make([]uint32, 70)
	copy(wantF[297:], []float32{1, 2, 3, 4, 5, 6})
	wantF[999], wantU[69], wantU[0], wantU[1] = 9, 7, 8, math.MaxUint32
	if !slices.Equal(floats, wantF) || !slices.Equal(uints, wantU) {
		t.Errorf("got %v, %v", floats, uints)
	}
	if s := d.Stats(); s.Maps != 1 || s.Submits != 2 {
		t.Errorf("a run with two downloads: %+v", s)
	}
}

// A run that was cancelled leaves a device that works.
func TestCancelled(t *testing.T) {
	d := openTest(t, Options{})
	var rec compute.Recording
	got := make([]float32, 5)
	rec.DownloadFloats(d.Floats(5), got)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.Run(ctx, &rec); err != context.Canceled {
		t.Errorf("a cancelled run: %v", err)
	}
	if err := d.Run(wait(t), &rec); err != nil {
		t.Errorf("the run after a cancelled one: %v", err)
	}
}
