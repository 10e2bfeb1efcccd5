package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// The numbers that the binary format of WebAssembly gives to what is touched here
// (its specification, section 5).
const (
	sectionData = 11
	segmentInto = 0    // the only memory, at a place that is
	opI32Const  = 0x41 // a constant
	opEnd       = 0x0b
)

// zeros is how many zero bytes in the memory of a program are written out rather
// than left out. Go's linker leaves out every eight; that makes 90,000 pieces, whose
// headers cost brotli a hundred kilobytes and a browser time, and zeros cost neither.
const zeros = 64

// maxMemory holds the data of a program, in bytes: ours has 4 MB.
const maxMemory = 64 << 20

// repacked is a WebAssembly binary with another memory at its start, as edit makes
// it, in few segments.
func repacked(wasm []byte, edit func(memory []byte) error) ([]byte, error) {
	if !bytes.HasPrefix(wasm, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errors.New("not a WebAssembly binary of version 1")
	}
	out, rest := bytes.Clone(wasm[:8]), wasm[8:]
	for len(rest) > 0 {
		r := reader{b: rest[1:]}
		section := r.take(r.unsigned())
		if r.bad {
			return nil, errors.New("a section is cut off")
		}
		if rest[0] != sectionData {
			out = append(out, rest[:len(rest)-len(r.b)]...)
		} else {
			memory, err := readData(section)
			if err == nil {
				err = edit(memory)
			}
			if err != nil {
				return nil, err
			}
			body := appendData(nil, memory)
			out = append(binary.AppendUvarint(append(out, sectionData), uint64(len(body))), body...)
		}
		rest = r.b
	}
	return out, nil
}

// readData gives the memory that a data section makes, to its last byte.
func readData(section []byte) ([]byte, error) {
	r := reader{b: section}
	var memory []byte
	for i := range r.unsigned() {
		mode, op := r.unsigned(), r.byte()
		at, end := r.signed(), r.byte()
		data := r.take(r.unsigned())
		if r.bad || mode != segmentInto || op != opI32Const || end != opEnd || at < 0 || at+len(data) > maxMemory {
			return nil, fmt.Errorf("data segment %d is not of the kind that Go writes", i)
		}
		if n := at + len(data) - len(memory); n > 0 {
			memory = append(memory, make([]byte, n)...)
		}
		copy(memory[at:], data)
	}
	if r.bad || len(r.b) > 0 {
		return nil, errors.New("the data section does not end with its last segment")
	}
	return memory, nil
}

// appendData writes the data section that makes a memory.
func appendData(b, memory []byte) []byte {
	gap := make([]byte, zeros)
	var segments []byte
	n := 0
	for at := 0; ; n++ {
		for at < len(memory) && memory[at] == 0 {
			at++
		}
		if at == len(memory) {
			break
		}
		data := memory[at:]
		if end := bytes.Index(data, gap); end >= 0 {
			data = data[:end]
		}
		segments = append(segments, segmentInto, opI32Const)
		segments = append(appendSigned(segments, at), opEnd)
		segments = append(binary.AppendUvarint(segments, uint64(len(data))), data...)
		at += len(data)
	}
	return append(binary.AppendUvarint(b, uint64(n)), segments...)
}

// appendSigned writes a number from 0 as signed LEB128, whose last byte has room
// for a sign.
func appendSigned(b []byte, n int) []byte {
	for n > 0x3f {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}

// reader reads from the front of b. After the first mistake it reads zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n < 0 || n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	head := r.b[:n]
	r.b = r.b[n:]
	return head
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// leb reads a number of 32 bits as LEB128, and the bits that it took.
func (r *reader) leb() (n, bits int) {
	for bits < 35 {
		b := r.byte()
		n |= int(b&0x7f) << bits
		bits += 7
		if b < 0x80 {
			return n, bits
		}
	}
	r.take(-1)
	return 0, bits
}

func (r *reader) unsigned() int {
	n, _ := r.leb()
	return n
}

func (r *reader) signed() int {
	n, bits := r.leb()
	if n>>(bits-1)&1 != 0 {
		n -= 1 << bits
	}
	return n
}
