package bundle

import (
	"context"
	"fmt"
)

// Has says whether the container has a tensor of this name.
func (c *Container) Has(name string) bool {
	_, ok := c.tensors[name]
	return ok
}

// Tensor describes a tensor without loading it.
func (c *Container) Tensor(name string) (TensorInfo, bool) {
	t, ok := c.tensors[name]
	return t, ok
}

// Raw returns a tensor's bytes as they lie in its section, little-endian. As
// with all readers of tensors, what comes back may be the kept section itself:
// the caller does not change it.
func (c *Container) Raw(ctx context.Context, name string) ([]byte, TensorInfo, error) {
	t, ok := c.tensors[name]
	if !ok {
		return nil, t, fmt.Errorf("no tensor %q", name)
	}
	data, err := c.Section(ctx, t.Section)
	if err != nil {
		return nil, t, fmt.Errorf("tensor %q: %w", name, err)
	}
	end := t.Offset + t.Elements()*t.DType.Size()
	return data[t.Offset:end:end], t, nil
}

// Float32s returns a tensor's values and shape: f32 as it lies (no copy where
// the memory is aligned), f16 widened, i8 times the scale of its row.
func (c *Container) Float32s(ctx context.Context, name string) ([]float32, []int, error) {
	switch c.tensors[name].DType {
	case F16:
		raw, t, err := c.Raw(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		return widen(raw), t.Shape, nil
	case I8:
		q, scale, shape, err := c.Int8s(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		if scale == nil {
			return nil, nil, fmt.Errorf("tensor %q is i8 without %q", name, name+ScaleSuffix)
		}
		return dequantise(q, scale), shape, nil
	}
	return values[float32](ctx, c, name, F32)
}

// Int8s returns an i8 tensor [R, ...] as stored, with the scales of its rows [R],
// nil where it has none.
func (c *Container) Int8s(ctx context.Context, name string) (q []int8, scale []float32, shape []int, err error) {
	if q, shape, err = values[int8](ctx, c, name, I8); err != nil {
		return nil, nil, nil, err
	}
	if c.Has(name + ScaleSuffix) {
		if scale, _, err = values[float32](ctx, c, name+ScaleSuffix, F32); err != nil {
			return nil, nil, nil, err
		}
	}
	return q, scale, shape, nil
}

// Uint8s returns a u8 tensor's values and shape.
func (c *Container) Uint8s(ctx context.Context, name string) ([]uint8, []int, error) {
	return values[uint8](ctx, c, name, U8)
}

// Uint16s returns a u16 tensor's values and shape.
func (c *Container) Uint16s(ctx context.Context, name string) ([]uint16, []int, error) {
	return values[uint16](ctx, c, name, U16)
}

// Uint32s returns a u32 tensor's values and shape.
func (c *Container) Uint32s(ctx context.Context, name string) ([]uint32, []int, error) {
	return values[uint32](ctx, c, name, U32)
}

func values[T element](ctx context.Context, c *Container, name string, want DType) ([]T, []int, error) {
	if t, ok := c.tensors[name]; ok && t.DType != want {
		return nil, nil, fmt.Errorf("tensor %q is %s, want %s", name, t.DType, want)
	}
	raw, t, err := c.Raw(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	return view[T](raw), t.Shape, nil
}
