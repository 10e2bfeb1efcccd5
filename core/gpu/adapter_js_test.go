package gpu

import "syscall/js"

// missing tells whether a test that found no adapter is left out: node has no
// WebGPU, a browser has.
func missing(error) bool {
	navigator := js.Global().Get("navigator")
	return navigator.IsUndefined() || navigator.Get("gpu").IsUndefined()
}
