// Package compute runs kernels. Work is data until the last moment: a Recording
// lists uploads, dispatches and downloads, and a Device executes it.
package compute

import (
	"context"
	"fmt"

	"ace/shaders"
	"ace/shaders/cpu"
)

// Buffer is a run of 4-byte elements on a device: the whole of an allocation or
// a part of it. The zero Buffer stands for an unbound optional binding.
type Buffer struct {
	id, off, n int
	uint       bool
}

// NewBuffer is a device's allocation number id, of n elements, integers or floats.
func NewBuffer(id, n int, uint bool) Buffer { return Buffer{id, 0, n, uint} }

// ID is the number that the device gave to b's allocation.
func (b Buffer) ID() int { return b.id }

// Len is the number of elements.
func (b Buffer) Len() int { return b.n }

// At is the part of b that starts at element off and has n elements.
func (b Buffer) At(off, n int) Buffer {
	if off < 0 || n < 0 || off+n > b.n {
		panic(fmt.Sprintf("compute: part [%d:%d] of a buffer of %d", off, off+n, b.n))
	}
	return Buffer{b.id, b.off + off, n, b.uint}
}

// Same tells whether both are parts of one allocation.
func (b Buffer) Same(c Buffer) bool { return b.id == c.id }

// Offset is where b starts in its allocation, in elements.
func (b Buffer) Offset() int { return b.off }

// Dispatch is one run of a kernel.
type Dispatch struct {
	Kernel *shaders.Kernel
	Params cpu.Params
	Bind   [cpu.MaxBindings]Buffer
}

// Transfer moves elements between a buffer and memory: one of Floats and Uints.
type Transfer struct {
	Buffer Buffer
	Floats []float32
	Uints  []uint32
}

// Recording is work to do: first the uploads, then the dispatches in order, then
// the downloads. Memory named by transfers is read and written when it runs.
type Recording struct {
	Uploads    []Transfer
	Dispatches []Dispatch
	Downloads  []Transfer
}

// Reset empties the recording and keeps its room.
func (r *Recording) Reset() {
	r.Uploads, r.Dispatches, r.Downloads = r.Uploads[:0], r.Dispatches[:0], r.Downloads[:0]
}

// UploadFloats copies src to b when the recording runs.
func (r *Recording) UploadFloats(b Buffer, src []float32) {
	r.Uploads = append(r.Uploads, Transfer{Buffer: b, Floats: src})
}

// UploadUints copies src to b when the recording runs.
func (r *Recording) UploadUints(b Buffer, src []uint32) {
	r.Uploads = append(r.Uploads, Transfer{Buffer: b, Uints: src})
}

// Dispatch appends a run of a kernel over its bindings, in the table's order.
// It panics where a binding is missing: that is a fault of the program.
func (r *Recording) Dispatch(k *shaders.Kernel, p cpu.Params, bind ...Buffer) {
	d := Dispatch{Kernel: k, Params: p}
	if len(bind) != len(k.Bindings) {
		panic(fmt.Sprintf("compute: %s takes %d bindings, got %d", k.Name, len(k.Bindings), len(bind)))
	}
	for i, b := range bind {
		if want := k.Bindings[i]; (b.n == 0 && !want.Optional) || (b.n > 0 && b.uint != want.Uint) {
			panic(fmt.Sprintf("compute: %s: binding %s does not fit", k.Name, want.Name))
		}
		d.Bind[i] = b
	}
	r.Dispatches = append(r.Dispatches, d)
}

// DownloadFloats copies b to dst when all dispatches are done.
func (r *Recording) DownloadFloats(b Buffer, dst []float32) {
	r.Downloads = append(r.Downloads, Transfer{Buffer: b, Floats: dst})
}

// DownloadUints copies b to dst when all dispatches are done.
func (r *Recording) DownloadUints(b Buffer, dst []uint32) {
	r.Downloads = append(r.Downloads, Transfer{Buffer: b, Uints: dst})
}

// Device owns buffers and executes recordings, one at a time.
type Device interface {
	// Name is what a user reads: "cpu", "webgpu".
	Name() string
	// Floats and Uints allocate a zeroed buffer of n elements.
	Floats(n int) Buffer
	Uints(n int) Buffer
	// Run executes r wholly or returns an error, after which the contents of
	// written buffers are undefined. It stops early when ctx is done.
	Run(ctx context.Context, r *Recording) error
}

// Sketch is a device without memory: recordings made over its buffers show how
// much they would need.
type Sketch struct{}

// Name implements Device.
func (Sketch) Name() string { return "sketch" }

// Floats implements Device.
func (Sketch) Floats(n int) Buffer { return Buffer{0, 0, n, false} }

// Uints implements Device.
func (Sketch) Uints(n int) Buffer { return Buffer{0, 0, n, true} }

// Run implements Device: it always fails.
func (Sketch) Run(context.Context, *Recording) error {
	return fmt.Errorf("compute: a sketch has no memory to run on")
}
