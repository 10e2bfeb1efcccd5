package gpu

import (
	"context"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"ace/core/compute"
)

func TestLostDevice(t *testing.T) {
	d := openTest(t, Options{})
	d.watch.device.Get("device").Call("destroy")
	mustFail(t, d, "lost", "destroyed")
}

// Nothing is read back, so that no map can fail.
func TestLostDeviceWithoutDownloads(t *testing.T) {
	d := openTest(t, Options{})
	var rec compute.Recording
	rec.UploadUints(d.Uints(1), []uint32{1})
	d.watch.device.Get("device").Call("destroy")
	if err := d.Run(wait(t), &rec); err == nil || !strings.Contains(err.Error(), "lost") {
		t.Errorf("a run of a lost device: %v", err)
	}
}

// What goes wrong between runs comes out of the next one.
func TestOutOfMemory(t *testing.T) {
	d := openTest(t, Options{})
	trouble := js.Global().Get("GPUOutOfMemoryError").New("no room for a buffer")
	event := js.Global().Get("GPUUncapturedErrorEvent").New("uncapturederror", map[string]any{"error": trouble})
	d.watch.device.Get("device").Call("dispatchEvent", event)
	mustFail(t, d, "no room for a buffer")
}

// A native driver may crash of it.
func TestMissingEntryPoint(t *testing.T) {
	mustFail(t, broken(t, func(text string) string { return strings.Replace(text, "fn main(", "fn other(", 1) }), "logsoftmax")
}

// Browsers refuse in many ways.
func TestRefusals(t *testing.T) {
	openTest(t, Options{})
	gpu := js.Global().Get("navigator").Get("gpu")
	adapter := js.Global().Get("GPUAdapter").Get("prototype")
	promise := js.Global().Get("Promise")
	nothing := func(js.Value, []js.Value) any { return promise.Call("resolve", js.Null()) }
	refusal := func(js.Value, []js.Value) any {
		return promise.Call("reject", js.Global().Get("Error").New("not today"))
	}
	silence := func(js.Value, []js.Value) any { return promise.Call("race", []any{}) }
	for _, c := range []struct {
		of     js.Value
		name   string
		answer func(js.Value, []js.Value) any
		want   string
	}{
		{gpu, "requestAdapter", nothing, "no adapter"},
		{gpu, "requestAdapter", refusal, "not today"},
		{gpu, "requestAdapter", silence, "deadline"},
		{adapter, "requestDevice", refusal, "not today"},
	} {
		old, f := c.of.Get(c.name), js.FuncOf(c.answer)
		c.of.Set(c.name, f)
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		d, err := Open(ctx, Options{})
		cancel()
		c.of.Set(c.name, old)
		if err == nil {
			d.Close()
			t.Errorf("%s: a device was opened, want %q", c.name, c.want)
		} else if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q does not say %q", c.name, err, c.want)
		}
	}
}
