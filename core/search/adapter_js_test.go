package search

import "syscall/js"

// noAdapter tells whether a test that finds no adapter is left out: node has no
// WebGPU, a browser has.
func noAdapter() bool {
	n := js.Global().Get("navigator")
	return n.IsUndefined() || n.Get("gpu").IsUndefined()
}
