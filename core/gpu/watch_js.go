package gpu

import (
	"context"
	"errors"
	"fmt"
	"syscall/js"

	"github.com/gogpu/gputypes"
)

// backend is what a user reads.
const backend = "webgpu"

// zeroed tells whether new buffers hold zeros.
const zeroed = true

// limits are what is asked of a device.
func limits(l gputypes.Limits) gputypes.Limits { return l }

// watch is gpu.js, which the page loads before this program: it hears what goes
// wrong on a device, where the calls return nothing.
type watch struct{ device js.Value }

// attach finds the watch over the device that was opened last.
func (w *watch) attach(gputypes.AdapterInfo) (Info, error) {
	script := js.Global().Get("aceGPU")
	if script.IsUndefined() {
		return Info{}, errors.New("gpu: gpu.js was not loaded before the program")
	}
	w.device = script.Get("latest")
	return Info{Adapter: w.device.Get("adapter").String(), Fallback: w.device.Get("fallback").Bool()}, nil
}

// begin collects what goes wrong from here on.
func (w *watch) begin() { w.device.Call("begin") }

// end closes the collection; what it returns waits for it and is its error.
func (w *watch) end() func(context.Context) error {
	heard := make(chan string, 1)
	var done js.Func
	done = js.FuncOf(func(_ js.Value, args []js.Value) any {
		done.Release()
		heard <- args[0].String()
		return nil
	})
	w.device.Call("end", done)
	return func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case said := <-heard:
			if said == "" {
				return nil
			}
			return errors.New("gpu: " + said)
		}
	}
}

// caught turns an exception of JavaScript into an error.
func caught(err *error) {
	switch r := recover().(type) {
	case nil:
	case js.Error:
		*err = fmt.Errorf("gpu: %s", r.Error())
	default:
		panic(r)
	}
}

// steady calls f.
func steady(f func()) { f() }
