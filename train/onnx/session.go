package onnx

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"unicode/utf16"
	"unsafe"
)

// Element is the type of a tensor's values, numbered as in the C API.
type Element int32

// The types that Run reads and writes.
const (
	Float32 Element = 1
	Int32   Element = 6
	Int64   Element = 7
	Float16 Element = 10
	Float64 Element = 11
)

// Port is an input or output of a network.
type Port struct {
	Name  string
	Type  Element // 0: not a tensor
	Shape []int   // -1 where any size will do
}

// Session is a network that is ready to run.
type Session struct {
	Inputs, Outputs []Port
	lib             *Library
	ptr             unsafe.Pointer
}

// Load reads a network from a file; weights in files beside it are found. Each
// Run takes one thread: several at a time are for the caller to start.
func (l *Library) Load(path string) (*Session, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	options := new(unsafe.Pointer)
	if err := l.do(createSessionOptions, unsafe.Pointer(options)); err != nil {
		return nil, err
	}
	defer l.free(releaseSessionOptions, *options)
	name := chars(path)
	if runtime.GOOS == "windows" {
		name = unsafe.Pointer(&append(utf16.Encode([]rune(path)), 0)[0])
	}
	s := &Session{lib: l}
	err := errors.Join(l.do(setIntraOpNumThreads, *options, 1), l.do(setInterOpNumThreads, *options, 1))
	if err == nil {
		err = l.do(createSession, l.env, name, *options, unsafe.Pointer(&s.ptr))
	}
	if err == nil {
		s.Inputs, err = s.ports(sessionGetInputCount, sessionGetInputName, sessionGetInputTypeInfo)
	}
	if err == nil {
		s.Outputs, err = s.ports(sessionGetOutputCount, sessionGetOutputName, sessionGetOutputTypeInfo)
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("%s: onnxruntime %s: %w", path, l.Version, err)
	}
	return s, nil
}

// Close frees the network. No Run may be under way.
func (s *Session) Close() {
	s.lib.free(releaseSession, s.ptr)
	s.ptr = nil
}

func (s *Session) ports(count, name, info int) ([]Port, error) {
	n := new(int)
	if err := s.lib.do(count, s.ptr, unsafe.Pointer(n)); err != nil {
		return nil, err
	}
	list := make([]Port, *n)
	for i := range list {
		chars, kind := new(unsafe.Pointer), new(unsafe.Pointer)
		if err := s.lib.do(name, s.ptr, i, s.lib.allocator, unsafe.Pointer(chars)); err != nil {
			return nil, err
		}
		list[i].Name = text(*chars)
		if err := s.lib.do(allocatorFree, s.lib.allocator, *chars); err != nil {
			return nil, err
		}
		if err := s.lib.do(info, s.ptr, i, unsafe.Pointer(kind)); err != nil {
			return nil, err
		}
		tensor := new(unsafe.Pointer) // part of kind; nil: not a tensor
		err := s.lib.do(castTypeInfoToTensorInfo, *kind, unsafe.Pointer(tensor))
		if err == nil && *tensor != nil {
			list[i].Type, list[i].Shape, err = s.lib.form(*tensor)
		}
		s.lib.free(releaseTypeInfo, *kind)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// form reads an OrtTensorTypeAndShapeInfo.
func (l *Library) form(info unsafe.Pointer) (Element, []int, error) {
	e, n := new(Element), new(int)
	if err := errors.Join(l.do(getTensorElementType, info, unsafe.Pointer(e)), l.do(getDimensionsCount, info, unsafe.Pointer(n))); err != nil {
		return 0, nil, err
	}
	dims := make([]int64, *n+1) // never empty
	if err := l.do(getDimensions, info, unsafe.Pointer(&dims[0]), *n); err != nil {
		return 0, nil, err
	}
	shape := make([]int, *n)
	for i := range shape {
		shape[i] = int(max(dims[i], -1))
	}
	return *e, shape, nil
}
