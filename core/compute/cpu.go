package compute

import (
	"context"

	"ace/shaders"
	"ace/shaders/cpu"
)

// CPU executes recordings on the calling goroutine. CPU[float32] with fast
// kernels is the device of searches and training; CPU[float64] is the oracle
// of the gradients.
type CPU[T cpu.Float] struct {
	floats [][]T
	uints  [][]uint32
	packed map[int]*Packed // by allocation
	kernel func(*shaders.Kernel) func(*cpu.Args[T])
	args   cpu.Args[T]
}

// Fast maps kernels to implementations that stand in for their twins.
type Fast map[*shaders.Kernel]func(*cpu.Args[float32])

// NewCPU is the float32 device with the fast kernels of this package and more,
// such as training's.
func NewCPU(more ...Fast) *CPU[float32] {
	all := Fast{}
	for _, f := range append([]Fast{fastKernels}, more...) {
		for k, v := range f {
			all[k] = v
		}
	}
	return &CPU[float32]{kernel: func(k *shaders.Kernel) func(*cpu.Args[float32]) {
		if f, ok := all[k]; ok {
			return f
		}
		return k.F32
	}}
}

// NewReference is the float32 device that runs the twins alone.
func NewReference() *CPU[float32] {
	return &CPU[float32]{kernel: func(k *shaders.Kernel) func(*cpu.Args[float32]) { return k.F32 }}
}

// NewOracle is the float64 device, twins alone.
func NewOracle() *CPU[float64] {
	return &CPU[float64]{kernel: func(k *shaders.Kernel) func(*cpu.Args[float64]) { return k.F64 }}
}

// Name implements Device.
func (c *CPU[T]) Name() string { return "cpu" }

// Floats implements Device.
func (c *CPU[T]) Floats(n int) Buffer {
	c.floats = append(c.floats, make([]T, n))
	c.uints = append(c.uints, nil)
	return Buffer{len(c.floats) - 1, 0, n, false}
}

// Adopt is Floats over memory that the caller keeps, such as weights shared by
// several devices.
func (c *CPU[T]) Adopt(memory []T) Buffer {
	c.floats = append(c.floats, memory)
	c.uints = append(c.uints, nil)
	return Buffer{len(c.floats) - 1, 0, len(memory), false}
}

// Uints implements Device.
func (c *CPU[T]) Uints(n int) Buffer {
	c.floats = append(c.floats, nil)
	c.uints = append(c.uints, make([]uint32, n))
	return Buffer{len(c.floats) - 1, 0, n, true}
}

// Memory is the float buffer's own memory: this device can be looked into.
func (c *CPU[T]) Memory(b Buffer) []T { return c.floats[b.id][b.off : b.off+b.n : b.off+b.n] }

// MemoryUints is the integer buffer's own memory.
func (c *CPU[T]) MemoryUints(b Buffer) []uint32 {
	return c.uints[b.id][b.off : b.off+b.n : b.off+b.n]
}

// Run implements Device.
func (c *CPU[T]) Run(ctx context.Context, r *Recording) error {
	for _, t := range r.Uploads {
		if t.Buffer.uint {
			copy(c.MemoryUints(t.Buffer), t.Uints)
		} else {
			convert(c.Memory(t.Buffer), t.Floats)
		}
	}
	for i := range r.Dispatches {
		if err := ctx.Err(); err != nil {
			return err
		}
		d := &r.Dispatches[i]
		c.args.P = d.Params
		for j := range d.Kernel.Bindings {
			c.args.B[j] = c.view(d.Bind[j])
		}
		c.kernel(d.Kernel)(&c.args)
	}
	for _, t := range r.Downloads {
		if t.Buffer.uint {
			copy(t.Uints, c.MemoryUints(t.Buffer))
			continue
		}
		convert(t.Floats, c.Memory(t.Buffer)[:len(t.Floats)])
	}
	return nil
}

// convert copies x to the beginning of dst.
func convert[A, B cpu.Float](dst []A, x []B) {
	dst = dst[:len(x)]
	if same, ok := any(x).([]A); ok {
		copy(dst, same)
		return
	}
	for i, v := range x {
		dst[i] = A(v)
	}
}

func (c *CPU[T]) view(b Buffer) cpu.View[T] {
	switch {
	case b.n == 0:
		return cpu.View[T]{}
	case c.packed[b.id] != nil:
		return any(c.packed[b.id].view(b)).(cpu.View[T]) // only float32 devices have any
	case b.uint:
		return cpu.View[T]{U: c.MemoryUints(b)}
	}
	return cpu.View[T]{F: c.Memory(b)}
}
