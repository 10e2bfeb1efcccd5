package gpu

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
)

// broken is a device whose kernels have another text.
func broken(t *testing.T, change func(text string) string) *Device {
	d := openTest(t, Options{})
	d.source = func(k *shaders.Kernel, w shaders.Weights) string { return change(k.Source(w)) }
	clear(d.pipelines)
	d.dropGroups()
	return d
}

// mustFail runs a softmax and wants an error that says all of these words, now
// and ever after.
func mustFail(t *testing.T, d *Device, words ...string) {
	t.Helper()
	x, y := d.Floats(4), d.Floats(4)
	var rec compute.Recording
	rec.Dispatch(shaders.LogSoftmax, cpu.Pack(cpu.LogSoftmaxParams{Rows: 1, Width: 4}), x, y)
	rec.DownloadFloats(y, make([]float32, 4))
	for range 2 {
		err := d.Run(wait(t), &rec)
		if err == nil {
			t.Fatalf("no error; want one of %v", words)
		}
		for _, w := range words {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q does not say %q", err, w)
			}
		}
	}
}

func TestBrokenTextNamesKernelAndLine(t *testing.T) {
	text := shaders.LogSoftmax.Source(shaders.Single)
	line := strings.Count(text[:strings.Index(text, "@compute")], "\n") + 1
	d := broken(t, func(text string) string { return strings.Replace(text, "@compute", "let 5; @compute", 1) })
	mustFail(t, d, "kernel logsoftmax", "line "+strconv.Itoa(line))
}

func TestMissingDeclaration(t *testing.T) {
	d := broken(t, func(text string) string { return strings.Replace(text, "@binding(1)", "@binding(5)", 1) })
	mustFail(t, d, "kernel logsoftmax", "binding 5")
}

// What the adapter's validation refuses comes out of Run.
func TestTooManyWorkgroups(t *testing.T) {
	d := openTest(t, Options{})
	k := *shaders.LogSoftmax
	k.Grid = func(*cpu.Params) [3]uint32 { return [3]uint32{1 << 20, 1, 1} }
	y := d.Floats(4)
	var rec compute.Recording
	rec.Dispatch(&k, cpu.Pack(cpu.LogSoftmaxParams{Rows: 1, Width: 4}), d.Floats(4), y)
	rec.DownloadFloats(y, make([]float32, 4))
	if err := d.Run(wait(t), &rec); err == nil || !strings.Contains(err.Error(), "1048576") {
		t.Errorf("a million workgroups: %v", err)
	}
}

func TestBufferBeyondLimits(t *testing.T) {
	d := openTest(t, Options{})
	d.Floats(1 << 50)
	mustFail(t, d, "bytes")
}

func TestWeightBeyondHalf(t *testing.T) {
	half := shaders.Half
	d := openTest(t, Options{Weights: &half})
	d.Weights([]float32{1, 7e4})
	mustFail(t, d, "70000", "f16")
}

// Faults of a recording are found before the device sees them.
func TestFaultyRecordings(t *testing.T) {
	half := shaders.Half
	linear := cpu.Pack(cpu.LinearParams{Rows: 1, In: 1, Out: 1})
	for want, record := range map[string]func(d *Device, r *compute.Recording){
		"weights are taken where": func(d *Device, r *compute.Recording) {
			r.Dispatch(shaders.Linear, linear, d.Floats(1), d.Floats(1), compute.Buffer{}, compute.Buffer{}, d.Floats(1))
		},
		"no multiple of 128": func(d *Device, r *compute.Recording) {
			r.Dispatch(shaders.Linear, linear, d.Floats(1), d.Weights(make([]float32, 200)).At(64, 1), compute.Buffer{}, compute.Buffer{}, d.Floats(1))
		},
		"lie in one buffer": func(d *Device, r *compute.Recording) {
			b := d.Floats(64)
			r.Dispatch(shaders.LogSoftmax, cpu.Pack(cpu.LogSoftmaxParams{Rows: 1, Width: 1}), b, b)
		},
		"two uploads": func(d *Device, r *compute.Recording) {
			b := d.Uints(64)
			r.UploadUints(b.At(3, 2), []uint32{1, 2})
			r.UploadUints(b.At(4, 2), []uint32{1, 2})
		},
		"weights are uploaded once": func(d *Device, r *compute.Recording) { r.UploadFloats(d.Weights(make([]float32, 3)), []float32{1}) },
		"the buffer has 2":          func(d *Device, r *compute.Recording) { r.DownloadFloats(d.Floats(2), make([]float32, 3)) },
		"no WGSL": func(d *Device, r *compute.Recording) {
			k := *shaders.LogSoftmax
			k.Text = ""
			r.Dispatch(&k, cpu.Params{}, d.Floats(1), d.Floats(1))
		},
	} {
		d := openTest(t, Options{Weights: &half})
		var rec compute.Recording
		record(d, &rec)
		if err := d.Run(wait(t), &rec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// A device that computes wrongly does not pass for one that works.
func TestSelfTestFindsWrongResults(t *testing.T) {
	d := openTest(t, Options{})
	d.source = func(k *shaders.Kernel, _ shaders.Weights) string {
		var b strings.Builder
		for i := range k.Bindings {
			fmt.Fprintf(&b, "@group(0) @binding(%d) var<storage, read_write> b%d: array<u32>;\n", i, i)
		}
		fmt.Fprintf(&b, "@group(0) @binding(%d) var<uniform> p: vec4<u32>;\n@compute @workgroup_size(1) fn main() {}\n", len(k.Bindings))
		return b.String()
	}
	clear(d.pipelines)
	d.dropGroups()
	if err := d.selfTest(wait(t)); err == nil || !strings.Contains(err.Error(), "self-test") {
		t.Errorf("the self-test of a kernel that does nothing: %v", err)
	}
}

func TestClosed(t *testing.T) {
	d := openTest(t, Options{})
	d.Close()
	if err := d.Run(wait(t), new(compute.Recording)); err != errClosed {
		t.Errorf("a run of a closed device: %v", err)
	}
}
