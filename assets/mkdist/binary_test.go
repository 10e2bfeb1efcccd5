package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"testing"
)

// piece is a data segment.
type piece struct {
	at   int
	data []byte
}

// binaryOf is a WebAssembly binary of a section of its own, data, and another.
func binaryOf(pieces ...piece) []byte {
	body := binary.AppendUvarint(nil, uint64(len(pieces)))
	for _, p := range pieces {
		body = append(appendSigned(append(body, segmentInto, opI32Const), p.at), opEnd)
		body = append(binary.AppendUvarint(body, uint64(len(p.data))), p.data...)
	}
	b := []byte("\x00asm\x01\x00\x00\x00\x00\x03\x01xy")
	b = append(binary.AppendUvarint(append(b, sectionData), uint64(len(body))), body...)
	return append(b, 0, 2, 1, 'z')
}

// memoryOf is what a program finds.
func memoryOf(t *testing.T, wasm []byte) (memory []byte) {
	t.Helper()
	_, err := repacked(wasm, func(m []byte) error { memory = bytes.Clone(m); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return memory
}

func untouched([]byte) error { return nil }

func TestRepackedHasTheSameMemory(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, start := range []int{0, 1, 63, 64, 8191, 8192, 1 << 20} {
		var pieces []piece
		var want []byte
		at := start
		for range 300 {
			data := bytes.Repeat([]byte{byte(1 + rng.IntN(255))}, 1+rng.IntN(200))
			pieces = append(pieces, piece{at, data})
			want = append(append(want, make([]byte, at-len(want))...), data...)
			at += len(data) + 8 + rng.IntN(2*zeros)
		}
		before := binaryOf(pieces...)
		after, err := repacked(before, untouched)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(memoryOf(t, before), want) || !bytes.Equal(memoryOf(t, after), want) {
			t.Errorf("from %d: the memory is not what it was", start)
		}
		if !bytes.HasPrefix(after, before[:13]) || !bytes.HasSuffix(after, []byte{0, 2, 1, 'z'}) {
			t.Error("the other sections have changed")
		}
		again, err := repacked(after, untouched)
		if err != nil || !bytes.Equal(after, again) {
			t.Errorf("from %d: another binary the second time, %v", start, err)
		}
	}
}

// Segments are copied one after the other, wherever they lie; small gaps are filled.
func TestRepackedKeepsTheOrder(t *testing.T) {
	near := binaryOf(piece{100, []byte("abc")}, piece{101, []byte("X")}, piece{0, []byte("first")}, piece{8, []byte("second")})
	after, err := repacked(near, untouched)
	want := binaryOf(piece{0, []byte("first\x00\x00\x00second")}, piece{100, []byte("aXc")})
	if err != nil || !bytes.Equal(after, want) {
		t.Errorf("%q, %v, want %q", after, err, want)
	}
	if none, err := repacked(binaryOf(), untouched); err != nil || !bytes.Equal(none, binaryOf()) {
		t.Errorf("without data: %q, %v", none, err)
	}
}

func TestRepackedRefuses(t *testing.T) {
	good := binaryOf(piece{100, []byte("abc")})
	for name, bad := range map[string][]byte{
		"no binary":        []byte("#!/bin/sh"),
		"another version":  []byte("\x00asm\x02\x00\x00\x00"),
		"cut off":          good[:len(good)-1],
		"a passive one":    bytes.Replace(good, []byte{1, segmentInto, opI32Const}, []byte{1, 1, opI32Const}, 1),
		"from a global":    bytes.Replace(good, []byte{1, segmentInto, opI32Const}, []byte{1, segmentInto, 0x23}, 1),
		"fewer than said":  bytes.Replace(good, []byte{1, segmentInto, opI32Const}, []byte{2, segmentInto, opI32Const}, 1),
		"more than said":   bytes.Replace(good, []byte{1, segmentInto, opI32Const}, []byte{0, segmentInto, opI32Const}, 1),
		"longer than said": bytes.Replace(good, []byte("\x03abc"), []byte("\x02abc"), 1),
		"far too large":    binaryOf(piece{maxMemory, []byte("abc")}),
	} {
		if bytes.Equal(bad, good) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if out, err := repacked(bad, untouched); err == nil {
			t.Errorf("%s: %q", name, out)
		}
	}
	wrong := errors.New("no")
	if _, err := repacked(good, func([]byte) error { return wrong }); err != wrong {
		t.Errorf("the error of edit: %v", err)
	}
}
