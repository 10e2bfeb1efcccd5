package vectors

import (
	"encoding/binary"
	"math"

	"ace/core/bundle"
)

// write puts the content into a container, with tensors as they are.
func (c *content) write() (*written, error) {
	b := bundle.NewBuilder(c.kind)
	for _, key := range c.keys {
		b.SetMeta(key, c.meta[key])
	}
	for _, s := range c.sections {
		if s.tensors == nil {
			b.AddBlob(s.name, s.blob, s.zip)
			continue
		}
		for _, t := range s.tensors {
			b.AddTensor(s.name, t.Name, t.DType, t.Shape, values(t.DType, t.data))
		}
		if s.zip && len(s.tensors) > 0 {
			b.Compress(s.name)
		}
	}
	file, err := b.File()
	if err != nil {
		return nil, err
	}
	return disassemble(file)
}

// values gives data as the Builder takes it.
func values(dtype bundle.DType, data []byte) any {
	switch dtype {
	case bundle.F32:
		x := make([]float32, len(data)/4)
		for i := range x {
			x[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
		return x
	case bundle.U32:
		x := make([]uint32, len(data)/4)
		for i := range x {
			x[i] = binary.LittleEndian.Uint32(data[4*i:])
		}
		return x
	case bundle.U16:
		x := make([]uint16, len(data)/2)
		for i := range x {
			x[i] = binary.LittleEndian.Uint16(data[2*i:])
		}
		return x
	case bundle.I8:
		x := make([]int8, len(data))
		for i := range x {
			x[i] = int8(data[i])
		}
		return x
	}
	return data
}
