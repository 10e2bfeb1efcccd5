//go:build !js

package bundle

import (
	"crypto/sha256"
	"hash"
)

// sum256 is SHA-256.
func sum256(b []byte) [32]byte { return sha256.Sum256(b) }

// newSum is SHA-256 of what is written to it.
func newSum() hash.Hash { return sha256.New() }
