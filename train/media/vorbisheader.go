package media

import (
	"encoding/binary"
	"errors"
	"io"
	"math/bits"
)

// The Vorbis decoder trusts the headers of a file: it allocates what they
// claim and follows code trees that need not end. checkVorbis reads the three
// headers before it does (Vorbis I specification, sections 3.2.1, 4.2 and 5,
// https://xiph.org/vorbis/doc/Vorbis_I_spec.html).

const (
	maxVorbisHeaders = 4 << 20 // bytes of the comment and setup headers
	maxBookValues    = 1 << 20 // numbers of a codebook
)

var errVorbis = errors.New("bad Ogg Vorbis: damaged headers")

func checkVorbis(r io.Reader) error {
	packets, err := oggHeaders(r, 3)
	if err != nil {
		return err
	}
	for i, kind := range []byte{1, 3, 5} {
		if p := packets[i]; len(p) < 7 || p[0] != kind || string(p[1:7]) != "vorbis" {
			return errVorbis
		}
		packets[i] = packets[i][7:]
	}
	if err := checkIdentification(packets[0]); err != nil {
		return err
	}
	if err := checkComments(packets[1]); err != nil {
		return err
	}
	return checkBooks(&bitReader{data: packets[2]})
}

func checkIdentification(b []byte) error {
	if len(b) < 23 || b[4] == 0 {
		return errVorbis
	}
	short, long := b[21]&15, b[21]>>4
	if short < 6 || long > 13 || short > long {
		return errVorbis
	}
	return nil
}

// checkComments sees that no length leads out of the packet.
func checkComments(b []byte) error {
	take := func() (uint32, bool) {
		if len(b) < 4 {
			return 0, false
		}
		n := binary.LittleEndian.Uint32(b)
		b = b[4:]
		return n, true
	}
	vendor, ok := take()
	if !ok || uint64(vendor) > uint64(len(b)) {
		return errVorbis
	}
	b = b[vendor:]
	count, ok := take()
	if !ok || uint64(count) > uint64(len(b)/4) {
		return errVorbis
	}
	for range count {
		n, ok := take()
		if !ok || uint64(n) > uint64(len(b)) {
			return errVorbis
		}
		b = b[n:]
	}
	return nil
}

// checkBooks sees that every codebook is of a size that can be, and that its
// code words make a complete tree, so that each word ends.
func checkBooks(r *bitReader) error {
	for range r.read(8) + 1 {
		if r.read(24) != 0x564342 {
			return errVorbis
		}
		dimensions, entries := r.read(16), r.read(24)
		if dimensions == 0 || entries == 0 || uint64(dimensions)*uint64(entries) > maxBookValues {
			return errVorbis
		}
		lengths, ok := codeLengths(r, entries)
		if !ok {
			return errVorbis
		}
		var sum uint64 // of 2^-length, in units of 2^-32: Kraft's equality
		for _, l := range lengths {
			sum += 1 << (32 - l)
		}
		if sum != 1<<32 {
			return errVorbis
		}
		lookup := r.read(4)
		if lookup > 2 {
			return errVorbis
		}
		if lookup > 0 {
			r.read(32)
			r.read(32)
			width := r.read(4) + 1
			r.read(1)
			n := uint64(dimensions) * uint64(entries)
			if lookup == 1 {
				n = uint64(root(entries, dimensions))
			}
			if !r.skip(n * uint64(width)) {
				return errVorbis
			}
		}
		if r.past {
			return errVorbis
		}
	}
	return nil
}

// codeLengths reads the lengths, 1 to 32, of the code words that are used.
func codeLengths(r *bitReader, entries uint32) (lengths []uint32, ok bool) {
	if r.read(1) == 0 {
		sparse := r.read(1) == 1
		for range entries {
			if r.past {
				return nil, false
			}
			if !sparse || r.read(1) == 1 {
				lengths = append(lengths, r.read(5)+1)
			}
		}
		return lengths, !r.past
	}
	length := r.read(5) + 1
	for left := entries; left > 0; length++ {
		n := r.read(bits.Len32(left))
		if r.past || n > left || length > 32 {
			return nil, false
		}
		for range n {
			lengths = append(lengths, length)
		}
		left -= n
	}
	return lengths, true
}

// root is the greatest integer whose power to dimensions is at most entries.
func root(entries, dimensions uint32) uint32 {
	for n := uint32(1); ; n++ {
		p := uint64(1)
		for range dimensions {
			if p *= uint64(n + 1); p > uint64(entries) {
				return n
			}
		}
	}
}

// bitReader reads numbers from the least significant bit on.
type bitReader struct {
	data []byte
	at   uint64 // in bits
	past bool   // the end was passed
}

func (r *bitReader) read(n int) (v uint32) {
	for i := range n {
		if r.at>>3 >= uint64(len(r.data)) {
			r.past = true
			return 0
		}
		v |= uint32(r.data[r.at>>3]>>(r.at&7)&1) << i
		r.at++
	}
	return v
}

func (r *bitReader) skip(n uint64) bool {
	r.at += n
	return r.at <= uint64(len(r.data))*8
}
