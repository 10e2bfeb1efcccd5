package compute

import (
	"fmt"
	"slices"

	"ace/core/gemm"
	"ace/shaders/cpu"
)

// Packed is the parameters of a network in one flat vector of which the matrices
// are kept as int8 with a scale for each row, as bundles ship them. Parts are added
// in the order of their offsets.
type Packed struct {
	n     int // elements of the flat vector
	parts []part
}

// part is one tensor: elements off..off+n of the flat vector.
type part struct {
	off, n int
	floats []float32
	matrix gemm.Int8 // or it is this matrix
}

// NewPacked is for a flat vector of n elements.
func NewPacked(n int) *Packed { return &Packed{n: n} }

// AddFloats adds the elements x at offset off. It keeps their memory.
func (p *Packed) AddFloats(off int, x []float32) {
	p.add(part{off: off, n: len(x), floats: x})
}

// AddInt8 adds a matrix at offset off, in row-major order, each row in whole
// multiples q of its scale. It keeps their memory.
func (p *Packed) AddInt8(off int, q []int8, scale []float32) {
	p.add(part{off: off, n: len(q), matrix: gemm.Int8{Q: q, Scale: scale, Cols: len(q) / len(scale)}})
}

func (p *Packed) add(t part) {
	end := 0
	if k := len(p.parts); k > 0 {
		end = p.parts[k-1].off + p.parts[k-1].n
	}
	if t.off < end || t.off+t.n > p.n {
		panic(fmt.Sprintf("compute: elements [%d:%d] behind %d of %d", t.off, t.off+t.n, end, p.n))
	}
	p.parts = append(p.parts, t)
}

// Flat is the flat vector, with zeros where nothing was added.
func (p *Packed) Flat() []float32 {
	x := make([]float32, p.n)
	for _, t := range p.parts {
		if t.matrix.Cols == 0 {
			copy(x[t.off:], t.floats)
			continue
		}
		for i, v := range t.matrix.Q {
			x[t.off+i] = float32(v) * t.matrix.Scale[i/t.matrix.Cols]
		}
	}
	return x
}

// AdoptPacked is a buffer of the flat vector over the memory of p. Its parts are
// those of p or whole rows of them, and kernels take its matrices as int8: linear
// and embed know how. Where this machine multiplies floats faster, the buffer is
// simply Flat.
func AdoptPacked(c *CPU[float32], p *Packed) Buffer {
	if !gemm.FastInt8() {
		return c.Adopt(p.Flat())
	}
	b := c.Adopt(nil)
	b.n = p.n
	if c.packed == nil {
		c.packed = map[int]*Packed{}
	}
	c.packed[b.id] = p
	return b
}

// view is the view of a part.
func (p *Packed) view(b Buffer) cpu.View[float32] {
	i, found := slices.BinarySearchFunc(p.parts, b.off, func(t part, off int) int { return t.off - off })
	if !found {
		i--
	}
	if i < 0 || b.off+b.n > p.parts[i].off+p.parts[i].n {
		panic(fmt.Sprintf("compute: elements [%d:%d] are no part of the parameters", b.off, b.off+b.n))
	}
	t := &p.parts[i]
	at, cols := b.off-t.off, t.matrix.Cols
	switch {
	case cols == 0:
		return cpu.View[float32]{F: t.floats[at:][:b.n:b.n]}
	case at%cols != 0 || b.n%cols != 0:
		panic(fmt.Sprintf("compute: elements [%d:%d] are not whole rows of %d", at, at+b.n, cols))
	}
	rows := t.matrix.Rows(at/cols, b.n/cols)
	return cpu.View[float32]{Q: rows.Q, S: rows.Scale}
}
