package gpu

import (
	"fmt"
	"math"
	"unsafe"

	"github.com/gogpu/gputypes"
	"github.com/gogpu/wgpu"
	"github.com/x448/float16"

	"ace/core/compute"
	"ace/shaders"
)

// align is the multiple of bytes that every device binds parts of buffers at;
// allocations and bound parts are rounded up to it.
const align = 256

// chunk is how much is written to a device at once.
const chunk = 4 << 20

// memory is one allocation.
type memory struct {
	buffer *wgpu.Buffer
	weight bool // made by Weights
}

func roundUp(n int) int { return (n + align - 1) &^ (align - 1) }

// buffer makes one of the device's own.
func (d *Device) buffer(label string, size int, usage gputypes.BufferUsage) (b *wgpu.Buffer, err error) {
	defer caught(&err)
	if most := d.device.Limits().MaxBufferSize; uint64(size) > most {
		return nil, fmt.Errorf("gpu: %s of %d bytes, where the adapter gives %d", label, size, most)
	}
	if b, err = d.device.CreateBuffer(&wgpu.BufferDescriptor{Label: label, Size: uint64(size), Usage: usage}); err != nil {
		return nil, fmt.Errorf("gpu: %s of %d bytes: %w", label, size, err)
	}
	return b, nil
}

// allocate makes an allocation of so many bytes. What goes wrong comes out of
// the next Run.
func (d *Device) allocate(label string, bytes int, weight bool) *wgpu.Buffer {
	b, err := d.buffer(label, max(roundUp(bytes), align), wgpu.BufferUsageStorage|wgpu.BufferUsageCopyDst|wgpu.BufferUsageCopySrc)
	if err != nil {
		d.fail(err)
	}
	d.memory = append(d.memory, memory{b, weight})
	return b
}

// Floats implements compute.Device.
func (d *Device) Floats(n int) compute.Buffer { return d.zeros(n, false) }

// Uints implements compute.Device.
func (d *Device) Uints(n int) compute.Buffer { return d.zeros(n, true) }

func (d *Device) zeros(n int, uint bool) compute.Buffer {
	steady(func() {
		b := d.allocate("a buffer", 4*n, false)
		if !zeroed {
			d.write(b, func(room []byte, _ int) { clear(room) })
			d.unflushed = true
		}
	})
	return compute.NewBuffer(len(d.memory)-1, n, uint)
}

// Weights is a buffer of the network's parameters, uploaded once and never
// written again. Only bindings of weights take it and its parts; with
// shaders.Half these begin at multiples of 128 elements, and numbers beyond
// f16 are an error of the next Run.
func (d *Device) Weights(flat []float32) compute.Buffer {
	steady(func() {
		b := d.allocate("weights", d.weightSize()*len(flat), true)
		if d.info.Weights == shaders.Half {
			d.write(b, func(room []byte, at int) { d.pack(room, flat[min(at/2, len(flat)):]) })
		} else {
			d.write(b, func(room []byte, at int) { clear(room[copy(room, bytesOf(flat)[min(at, 4*len(flat)):]):]) })
		}
	})
	return compute.NewBuffer(len(d.memory)-1, len(flat), false)
}

// pack fills room with the f16 forms of x, then zeros.
func (d *Device) pack(room []byte, x []float32) {
	half := unsafe.Slice((*uint16)(unsafe.Pointer(&room[0])), len(room)/2)
	n := min(len(half), len(x))
	for i, v := range x[:n] {
		h := float16.Fromfloat32(v)
		if h.IsInf(0) && !math.IsInf(float64(v), 0) {
			d.fail(fmt.Errorf("gpu: a weight of %g does not fit f16", v))
		}
		half[i] = h.Bits()
	}
	clear(half[n:])
}

// write fills a whole allocation, piece by piece: fill gets room for the bytes
// from at on.
func (d *Device) write(b *wgpu.Buffer, fill func(room []byte, at int)) {
	if d.failed != nil {
		return
	}
	size := int(b.Size())
	d.grow(min(size, chunk))
	for at := 0; at < size; at += chunk {
		room := d.scratch[:min(chunk, size-at)]
		fill(room, at)
		if err := d.send(b, at, room); err != nil {
			d.fail(err)
			return
		}
	}
}

// send writes bytes before what is submitted next.
func (d *Device) send(b *wgpu.Buffer, at int, data []byte) (err error) {
	defer caught(&err)
	if err = d.queue.WriteBuffer(b, uint64(at), data); err != nil {
		return fmt.Errorf("gpu: upload: %w", err)
	}
	return nil
}

// grow makes scratch n bytes long at least.
func (d *Device) grow(n int) {
	if len(d.scratch) < n {
		d.scratch = make([]byte, n)
	}
}

// bytesOf is the memory of a slice. All machines that Go's WebAssembly, Vulkan
// and this program have in common are little-endian, as WebGPU is.
func bytesOf[T float32 | uint32](x []T) []byte {
	if len(x) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), 4*len(x))
}
