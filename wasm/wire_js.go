package main

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"

	"ace/core"
)

// Hits travel from the worker to the page as one array of bytes, which is
// handed over, not copied: numbers as uvarints, a string or a list behind its
// length, float64 as its bits, little-endian.

func encodeHits(hits []core.Hit) []byte {
	b := binary.AppendUvarint(make([]byte, 0, 512*len(hits)+8), uint64(len(hits)))
	for i := range hits {
		b = appendHit(b, &hits[i])
	}
	return b
}

func appendHit(b []byte, h *core.Hit) []byte {
	it := &h.Item
	b = binary.AppendUvarint(b, uint64(h.Index))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(h.Score))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(h.Confidence))
	b = binary.AppendUvarint(b, uint64(len(h.Identifier)))
	for _, t := range h.Identifier {
		b = binary.AppendUvarint(b, uint64(t))
	}
	b = append(b, byte(it.Kind))
	for _, s := range []string{it.ID, it.File, it.Title, it.URL, it.Colour, it.Thumb} {
		b = appendString(b, s)
	}
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(max(it.Width, 0))), uint64(max(it.Height, 0)))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(it.Seconds))
	for _, list := range [][]string{it.Captions, it.Keywords} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, s := range list {
			b = appendString(b, s)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(it.Meta)))
	for _, key := range slices.Sorted(maps.Keys(it.Meta)) {
		b = appendString(appendString(b, key), it.Meta[key])
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var errWire = errors.New("malformed message from the worker")

// decodeHits is the inverse of encodeHits. Empty lists come back as nil.
func decodeHits(b []byte) (hits []core.Hit, err error) {
	r := &wireReader{b: b}
	hits = make([]core.Hit, r.length())
	for i := range hits {
		r.hit(&hits[i])
	}
	if r.bad || len(r.b) > 0 {
		return nil, errWire
	}
	return hits, nil
}

// wireReader reads from the front of b; after the first mistake everything is
// zero.
type wireReader struct {
	b   []byte
	bad bool
}

func (r *wireReader) take(n int) []byte {
	if r.bad || n < 0 || n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	head := r.b[:n]
	r.b = r.b[n:]
	return head
}

func (r *wireReader) number() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.take(-1)
		return 0
	}
	r.take(n)
	return v
}

// length reads a length: each counted thing takes a byte at least.
func (r *wireReader) length() int {
	v := r.number()
	if v > uint64(len(r.b)) {
		r.take(-1)
		return 0
	}
	return int(v)
}

func (r *wireReader) float() float64 {
	if b := r.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

func (r *wireReader) text() string { return string(r.take(r.length())) }

func (r *wireReader) list() []string {
	n := r.length()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = r.text()
	}
	return list
}

func (r *wireReader) hit(h *core.Hit) {
	h.Index = int(r.number())
	h.Score, h.Confidence = r.float(), r.float()
	if n := r.length(); n > 0 {
		h.Identifier = make(core.ID, n)
		for i := range h.Identifier {
			h.Identifier[i] = core.Token(r.number())
		}
	}
	it := &h.Item
	if b := r.take(1); b != nil {
		it.Kind = core.Kind(b[0])
	}
	it.ID, it.File, it.Title, it.URL, it.Colour, it.Thumb = r.text(), r.text(), r.text(), r.text(), r.text(), r.text()
	it.Width, it.Height, it.Seconds = int(r.number()), int(r.number()), r.float()
	it.Captions, it.Keywords = r.list(), r.list()
	if n := r.length(); n > 0 {
		it.Meta = make(map[string]string, n)
		for range n {
			key := r.text()
			it.Meta[key] = r.text()
		}
	}
}
