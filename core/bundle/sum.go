//go:build !js

package bundle

import "crypto/sha256"

// sum256 is SHA-256.
func sum256(b []byte) [32]byte { return sha256.Sum256(b) }
