// Package purego takes the place of github.com/ebitengine/purego, which the linker
// does not take beside github.com/go-webgpu/goffi: both define what stands in for
// cgo's runtime. It finds no shared library. github.com/gen2brain/webp, which asks for
// the system's libwebp by it, then uses the translation of libwebp that it holds, so
// the same picture gives the same bytes on every machine.
package purego

import "errors"

// The modes of Dlopen.
const (
	RTLD_NOW    = 2
	RTLD_GLOBAL = 0x100
)

var errNone = errors.New("shared libraries are not used")

// Dlopen finds none.
func Dlopen(string, int) (uintptr, error) { return 0, errNone }

// RegisterLibFunc panics: no function of a library can be called.
func RegisterLibFunc(any, uintptr, string) { panic(errNone) }

// NewCallback returns 0, as nothing calls back.
func NewCallback(any) uintptr { return 0 }
