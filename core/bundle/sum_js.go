package bundle

import (
	"bytes"
	"encoding/binary"
	"hash"
	"math"
	"math/bits"
)

// sum256 is SHA-256 (FIPS 180-4). In the browser crypto/sha256 would bring its
// self-tests and the ciphers they touch along, a fiftieth of the program; and it is
// asked little there, as the browser's own checks the sections.
func sum256(b []byte) [32]byte {
	h := [8]uint32{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}
	tail := append(b[len(b)&^63:len(b):len(b)], 0x80)
	for len(tail)%64 != 56 {
		tail = append(tail, 0)
	}
	tail = binary.BigEndian.AppendUint64(tail, uint64(len(b))*8)
	for i := 0; i+64 <= len(b); i += 64 {
		block(&h, b[i:i+64])
	}
	for i := 0; i < len(tail); i += 64 {
		block(&h, tail[i:i+64])
	}
	var sum [32]byte
	for i, v := range h {
		binary.BigEndian.PutUint32(sum[4*i:], v)
	}
	return sum
}

// newSum is SHA-256 of what is written to it, all of which it keeps: no page asks.
func newSum() hash.Hash { return new(gathered) }

type gathered struct{ bytes.Buffer }

func (g *gathered) Sum(b []byte) []byte {
	sum := sum256(g.Bytes())
	return append(b, sum[:]...)
}

func (g *gathered) Size() int      { return 32 }
func (g *gathered) BlockSize() int { return 64 }

// constants are the first 32 bits of the fractional parts of the cube roots of
// the first 64 primes.
var constants = func() (k [64]uint32) {
	n := 0
	for p := 2; n < len(k); p++ {
		prime := true
		for d := 2; d*d <= p; d++ {
			prime = prime && p%d != 0
		}
		if prime {
			_, f := math.Modf(math.Cbrt(float64(p)))
			k[n] = uint32(f * (1 << 32))
			n++
		}
	}
	return k
}()

// block is the compression function, for 64 bytes.
func block(h *[8]uint32, p []byte) {
	var w [64]uint32
	for i := range 16 {
		w[i] = binary.BigEndian.Uint32(p[4*i:])
	}
	right := func(x uint32, n int) uint32 { return bits.RotateLeft32(x, -n) }
	for i := 16; i < 64; i++ {
		s0 := right(w[i-15], 7) ^ right(w[i-15], 18) ^ w[i-15]>>3
		s1 := right(w[i-2], 17) ^ right(w[i-2], 19) ^ w[i-2]>>10
		w[i] = w[i-16] + s0 + w[i-7] + s1
	}
	s := *h
	for i, k := range constants {
		s1 := right(s[4], 6) ^ right(s[4], 11) ^ right(s[4], 25)
		choice := s[4]&s[5] ^ ^s[4]&s[6]
		t1 := s[7] + s1 + choice + k + w[i]
		s0 := right(s[0], 2) ^ right(s[0], 13) ^ right(s[0], 22)
		majority := s[0]&s[1] ^ s[0]&s[2] ^ s[1]&s[2]
		s = [8]uint32{t1 + s0 + majority, s[0], s[1], s[2], s[3] + t1, s[4], s[5], s[6]}
	}
	for i := range h {
		h[i] += s[i]
	}
}
