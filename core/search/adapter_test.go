//go:build !js

package search

import "os"

// noAdapter tells whether a test that finds no adapter is left out: `make test`
// installs one and sets ACE_GPU, and then that is a failure.
func noAdapter() bool { return os.Getenv("ACE_GPU") == "" }
