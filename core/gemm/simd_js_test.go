package gemm

import (
	"os"
	"syscall/js"
	"testing"
)

// A stack would be a global, and a call through a pointer needs a table: without
// both the module is still valid, so there are none.
func TestModuleHasNoState(t *testing.T) {
	for name, file := range map[string]string{"kernels": simdModule, "relaxed": relaxedModule} {
		module := []byte(header)
		sections(t, []byte(file), func(id int, whole []byte, _ reader) {
			if id != tables && id != globals {
				module = append(module, whole...)
			}
		})
		b := js.Global().Get("Uint8Array").New(len(module))
		js.CopyBytesToJS(b, module)
		if !js.Global().Get("WebAssembly").Call("validate", b).Bool() {
			t.Errorf("module %s needs its global or its table", name)
		}
	}
}

// Where nobody forbids them, the kernels are there to be tested.
func TestModuleStarts(t *testing.T) {
	want := 3
	if os.Getenv("ACE_SIMD") == "off" {
		want = 1
	}
	if got := len(supported()); got != want {
		t.Errorf("%d sets of kernels, want %d", got, want)
	}
}
