package feature

import (
	"encoding/binary"
	"math"
	"time"
)

// encode writes what was found, but for the digest, which names the file: numbers of
// 64 bits and parts behind their lengths, little endian.
func (f *found) encode() []byte {
	b := make([]byte, 0, 256+4*len(f.Vector)+len(f.Thumb))
	number := func(v uint64) { b = binary.LittleEndian.AppendUint64(b, v) }
	part := func(p []byte) {
		number(uint64(len(p)))
		b = append(b, p...)
	}
	tried := uint64(0)
	if f.Tried {
		tried = 1
	}
	for _, v := range []uint64{uint64(f.Look.Width), uint64(f.Look.Height), uint64(f.Look.Duration), uint64(f.Look.Colour), tried} {
		number(v)
	}
	part(f.Look.Print)
	part(f.Thumb)
	part([]byte(f.Ext))
	number(uint64(len(f.Vector)))
	for _, v := range f.Vector {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// decode reads what encode wrote; false: it did not.
func (f *found) decode(b []byte) bool {
	ok := true
	number := func() (v uint64) {
		if ok = ok && len(b) >= 8; ok {
			v, b = binary.LittleEndian.Uint64(b), b[8:]
		}
		return v
	}
	part := func(width uint64) (p []byte) {
		n := number()
		if ok = ok && n <= uint64(len(b))/width; ok && n > 0 {
			p, b = b[:n*width:n*width], b[n*width:]
		}
		return p
	}
	f.Look.Width, f.Look.Height = int(number()), int(number())
	f.Look.Duration, f.Look.Colour = time.Duration(number()), uint32(number())
	f.Tried = number() == 1
	f.Look.Print, f.Thumb, f.Ext = part(1), part(1), string(part(1))
	vector := part(4)
	if vector != nil {
		f.Vector = make([]float32, len(vector)/4)
		for i := range f.Vector {
			f.Vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(vector[4*i:]))
		}
	}
	return ok && len(b) == 0
}
