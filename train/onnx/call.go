package onnx

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"github.com/go-webgpu/goffi/ffi"
	"github.com/go-webgpu/goffi/types"
)

// The functions of the C API by their places in struct OrtApi of
// onnxruntime_c_api.h. The struct only ever grows at its end, and these have been
// there since its version 1.
const (
	getErrorMessage                = 2
	createEnv                      = 3
	createSession                  = 7
	run                            = 9
	createSessionOptions           = 10
	setIntraOpNumThreads           = 24
	setInterOpNumThreads           = 25
	sessionGetInputCount           = 30
	sessionGetOutputCount          = 31
	sessionGetInputTypeInfo        = 33
	sessionGetOutputTypeInfo       = 34
	sessionGetInputName            = 36
	sessionGetOutputName           = 37
	createTensorWithDataAsOrtValue = 49
	getTensorMutableData           = 51
	castTypeInfoToTensorInfo       = 55
	getTensorElementType           = 60
	getDimensionsCount             = 61
	getDimensions                  = 62
	getTensorTypeAndShape          = 65
	createCPUMemoryInfo            = 69
	allocatorFree                  = 76
	getAllocatorWithDefaultOptions = 78
	releaseStatus                  = 93
	releaseSession                 = 95
	releaseValue                   = 96
	releaseTypeInfo                = 98
	releaseTensorTypeAndShapeInfo  = 99
	releaseSessionOptions          = 100
	functions                      = 101 // how many of the struct are read
)

const apiVersion = 1

// call calls a C function whose arguments and result are pointers (of type
// unsafe.Pointer; Go memory must not be on a stack) or integers of up to 64 bits
// (of type int).
func call(fn unsafe.Pointer, args ...any) unsafe.Pointer {
	kinds := make([]*types.TypeDescriptor, len(args))
	values := make([]unsafe.Pointer, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case unsafe.Pointer:
			p := new(unsafe.Pointer)
			*p = a
			kinds[i], values[i] = types.PointerTypeDescriptor, unsafe.Pointer(p)
		case int:
			n := new(uint64)
			*n = uint64(a)
			kinds[i], values[i] = types.UInt64TypeDescriptor, unsafe.Pointer(n)
		default:
			panic(fmt.Sprintf("argument %d is a %T", i, a))
		}
	}
	var f types.CallInterface
	result := new(unsafe.Pointer)
	err := ffi.PrepareCallInterface(&f, types.DefaultCall, types.PointerTypeDescriptor, kinds)
	if err == nil {
		_, err = ffi.CallFunction(&f, fn, unsafe.Pointer(result), values)
	}
	runtime.KeepAlive(args)
	if err != nil { // a mistake of this package, or a processor that goffi does not know
		panic(err)
	}
	return *result
}

// do calls a function of the API that returns a status.
func (l *Library) do(function int, args ...any) error {
	status := call(l.api[function], args...)
	if status == nil {
		return nil
	}
	message := text(call(l.api[getErrorMessage], status))
	call(l.api[releaseStatus], status)
	return errors.New(message)
}

// free calls one of the Release functions.
func (l *Library) free(function int, p unsafe.Pointer) {
	if p != nil {
		call(l.api[function], p)
	}
}

// text copies a C string.
func text(p unsafe.Pointer) string {
	if p == nil {
		return ""
	}
	n := 0
	for *(*byte)(unsafe.Add(p, n)) != 0 {
		n++
	}
	return string(unsafe.Slice((*byte)(p), n))
}

// chars is a C string.
func chars(s string) unsafe.Pointer { return unsafe.Pointer(&append([]byte(s), 0)[0]) }
