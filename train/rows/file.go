package rows

import (
	"encoding/binary"
	"io"
	"math"
	"unsafe"
)

var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// load reads rows of the file.
func (t *Table) load(place int, into []float32) error {
	first := int64(place) * int64(t.D)
	if t.wide {
		b := make([]byte, 8*len(into))
		if err := t.fill(b, t.at+8*first); err != nil {
			return err
		}
		for i := range into {
			into[i] = float32(math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:])))
		}
		return nil
	}
	if err := t.fill(bytesOf(into), t.at+4*first); err != nil {
		return err
	}
	swap(into)
	return nil
}

// fill reads whole, whether or not the file ends there.
func (t *Table) fill(b []byte, at int64) error {
	n, err := t.file.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// store writes a row of the file.
func (t *Table) store(place int, row []float32) error {
	if !littleEndian {
		row = append([]float32(nil), row...)
		swap(row)
	}
	_, err := t.file.(io.WriterAt).WriteAt(bytesOf(row), t.at+4*int64(place)*int64(t.D))
	return err
}

// WriteTo writes all rows as they lie in a file, little endian.
func (t *Table) WriteTo(w io.Writer) (int64, error) {
	const at = 256 // rows at a time
	block, written := make([]float32, min(at, t.N)*t.D), int64(0)
	for from := 0; from < t.N; from += at {
		part := block[:min(at, t.N-from)*t.D]
		t.Read(from, part)
		if err := t.Err(); err != nil {
			return written, err
		}
		swap(part)
		n, err := w.Write(bytesOf(part))
		if written += int64(n); err != nil {
			return written, err
		}
	}
	return written, nil
}

// bytesOf gives the memory of x.
func bytesOf(x []float32) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 4*len(x))
}

// swap turns values between this machine's order and that of files.
func swap(x []float32) {
	if littleEndian {
		return
	}
	b := bytesOf(x)
	for i := range x {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(x[i]))
	}
}
