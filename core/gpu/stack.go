//go:build !js

package gpu

import "runtime"

// frame is below what Go would move to the heap.
const frame = 100 << 10

// steady calls f on a stack that does not move: it is large enough not to grow,
// and used too much to be shrunk. The binding to Vulkan hands addresses of
// variables on the stack over as numbers (hal/vulkan, ensureMemoryMapped), which
// a move would leave behind.
func steady(f func()) { deeper(2, f) }

//go:noinline
func deeper(levels int, f func()) {
	var room [frame]byte
	if levels > 1 {
		deeper(levels-1, f)
	} else {
		f()
	}
	runtime.KeepAlive(room[levels:])
}
