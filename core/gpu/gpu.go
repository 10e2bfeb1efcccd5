// Package gpu runs recordings on a graphics processor: through WebGPU in the
// browser and through Vulkan elsewhere, one source for both, over
// github.com/gogpu/wgpu (https://www.w3.org/TR/webgpu/). A recording is one
// submission and one read-back, whatever number of dispatches it has.
package gpu

import (
	"github.com/gogpu/wgpu"

	"ace/core/compute"
	"ace/shaders"
)

// Options of a device. The zero value asks for the quickest adapter there is.
type Options struct {
	Fallback bool             // the adapter that computes in software
	Weights  *shaders.Weights // how weights lie in memory; nil: Single on a software adapter, else Half
	Now      func() float64   // milliseconds of any clock, for Stats; nil: no times
}

// Info says what a device is.
type Info struct {
	Adapter  string // as the driver or the browser calls it
	Fallback bool   // it computes in software
	Weights  shaders.Weights
}

// Stats counts what a device has done since it was opened.
type Stats struct {
	Runs, Dispatches, Submits, Maps int
	WeightBytes                     int64   // of the weights that dispatches had bound
	Record                          float64 // milliseconds from the beginning of Run to its submission
	Wait                            float64 // milliseconds from there until everything was read back
}

// Device is a compute.Device. An error of the adapter, such as its loss, is
// final: every later Run returns it.
type Device struct {
	instance *wgpu.Instance
	adapter  *wgpu.Adapter
	device   *wgpu.Device
	queue    *wgpu.Queue
	watch    watch
	info     Info
	now      func() float64
	stats    Stats
	source   func(*shaders.Kernel, shaders.Weights) string

	memory    []memory
	unflushed bool // writes wait that the next run's writes may overlap
	pipelines map[*shaders.Kernel]*pipeline
	groups    map[groupKey]*wgpu.BindGroup
	unbound   [2]*wgpu.Buffer // stand in for unbound bindings, each its part: those that are read and those that are written
	params    *wgpu.Buffer    // a slot for each dispatch
	staging   *wgpu.Buffer    // what is read back

	steps   []step
	order   []int
	scratch []byte
	failed  error
}

var _ compute.Device = (*Device)(nil)

// Name implements compute.Device.
func (d *Device) Name() string { return backend }

// Info says what the device is.
func (d *Device) Info() Info { return d.info }

// Stats are the counts so far.
func (d *Device) Stats() Stats { return d.stats }

// Close gives the adapter's memory back. The device cannot be used afterwards.
func (d *Device) Close() {
	if d.failed == errClosed {
		return
	}
	steady(d.release)
	d.failed = errClosed
}

func (d *Device) release() {
	_ = d.device.WaitIdle() // natively, a write that is under way does not keep its buffer
	d.dropGroups()
	for _, p := range d.pipelines {
		p.release()
	}
	for _, m := range d.memory {
		if m.buffer != nil {
			m.buffer.Release()
		}
	}
	for _, b := range []*wgpu.Buffer{d.unbound[0], d.unbound[1], d.params, d.staging} {
		if b != nil {
			b.Release()
		}
	}
	d.device.Release()
	d.adapter.Release()
	d.instance.Release()
}

// fail keeps the first error that leaves the device useless and returns it.
func (d *Device) fail(err error) error {
	if d.failed == nil {
		d.failed = err
	}
	return d.failed
}
