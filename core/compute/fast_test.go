package compute

import (
	"context"
	"testing"

	"ace/shaders"
	"ace/shaders/cpu"
	"ace/shaders/shaderstest"
)

const guard = 1234.5

// bound makes buffers on dev that hold the contents of a trial's bindings, guards
// before and after the floats.
func bound(dev *CPU[float32], data []cpu.View[float32]) []Buffer {
	bind := make([]Buffer, len(data))
	for i, v := range data {
		switch {
		case v.U != nil:
			bind[i] = dev.Uints(len(v.U))
			copy(dev.MemoryUints(bind[i]), v.U)
		case v.F != nil:
			b := dev.Floats(len(v.F) + 2)
			m := dev.Memory(b)
			copy(m[1:], v.F)
			m[0], m[len(m)-1] = guard, guard
			bind[i] = b.At(1, len(v.F))
		}
	}
	return bind
}

// run runs one dispatch and returns what is in its buffers then.
func run(t *testing.T, dev *CPU[float32], k *shaders.Kernel, p cpu.Params, bind []Buffer) []cpu.View[float32] {
	t.Helper()
	var rec Recording
	rec.Dispatch(k, p, bind...)
	if err := dev.Run(context.Background(), &rec); err != nil {
		t.Fatal(err)
	}
	got := make([]cpu.View[float32], len(bind))
	for i, b := range bind {
		got[i] = dev.view(b)
		if whole := dev.floats[b.id]; len(whole) == b.n+2 && (whole[0] != guard || whole[len(whole)-1] != guard) {
			t.Errorf("%s: wrote outside its buffer", k.Bindings[i].Name)
		}
	}
	return got
}

// TestFastAgainstTwin compares every fast kernel with its twin on awkward shapes.
func TestFastAgainstTwin(t *testing.T) {
	seen := map[*shaders.Kernel]bool{}
	for _, c := range shaderstest.Trials() {
		if _, ok := fastKernels[c.Kernel]; !ok {
			continue
		}
		seen[c.Kernel] = true
		t.Run(c.Kernel.Name+"/"+c.Name, func(t *testing.T) {
			dev := NewCPU()
			got := run(t, dev, c.Kernel, c.Params, bound(dev, c.Data()))
			if err := c.Compare(got, c.Kernel.Tolerance); err != nil {
				t.Error(err)
			}
		})
	}
	for k := range fastKernels {
		if !seen[k] {
			t.Errorf("fast kernel %s is not tried", k.Name)
		}
	}
}

func TestDispatchRefusesMissingBindings(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a dispatch without its weights was taken")
		}
	}()
	dev := NewCPU()
	var rec Recording
	rec.Dispatch(shaders.Norm, cpu.Params{}, dev.Floats(1), Buffer{}, dev.Floats(1))
}

func TestRunStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dev := NewCPU()
	var rec Recording
	rec.Dispatch(shaders.LogSoftmax, cpu.Pack(cpu.LogSoftmaxParams{Rows: 1, Width: 1}), dev.Floats(1), dev.Floats(1))
	if err := dev.Run(ctx, &rec); err == nil {
		t.Error("a cancelled run ended without an error")
	}
}
