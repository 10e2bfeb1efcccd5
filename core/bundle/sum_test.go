package bundle

import (
	"crypto/sha256"
	"math/rand/v2"
	"testing"
)

// The sum is SHA-256, of every length up to some blocks and beyond.
func TestSum(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 100_003)
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
	for n := range 300 {
		if sum256(b[:n]) != sha256.Sum256(b[:n]) {
			t.Fatalf("of %d bytes it is wrong", n)
		}
	}
	before := b[len(b)-1]
	if sum256(b[:len(b)-1]) != sha256.Sum256(b[:len(b)-1]) || sum256(b) != sha256.Sum256(b) || b[len(b)-1] != before {
		t.Error("of many bytes it is wrong, or it writes to them")
	}
}
