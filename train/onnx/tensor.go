package onnx

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/x448/float16"
)

// Tensor is values in row-major order: numbers or, for an input of integers, Ints.
type Tensor struct {
	Shape  []int
	Values []float32
	Ints   []int64
}

// data is the tensor's values as a port wants them, and how many bytes they take.
func (t *Tensor) data(port *Port) (unsafe.Pointer, int, error) {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	have := len(t.Values)
	if integer := port.Type == Int64 || port.Type == Int32; integer {
		have = len(t.Ints)
	}
	if n != have || n <= 0 {
		return nil, 0, fmt.Errorf("%d values for an input of shape %v", have, t.Shape)
	}
	switch port.Type {
	case Float32:
		return unsafe.Pointer(&t.Values[0]), 4 * n, nil
	case Float16:
		half := make([]float16.Float16, n)
		for i, v := range t.Values {
			half[i] = float16.Fromfloat32(v)
		}
		return unsafe.Pointer(&half[0]), 2 * n, nil
	case Int64:
		return unsafe.Pointer(&t.Ints[0]), 8 * n, nil
	case Int32:
		short := make([]int32, n)
		for i, v := range t.Ints {
			short[i] = int32(v)
		}
		return unsafe.Pointer(&short[0]), 4 * n, nil
	}
	return nil, 0, fmt.Errorf("input %s is of type %d of onnxruntime's, not of floating-point values or integers", port.Name, port.Type)
}

// Run gives the network its inputs, in the order of Inputs, and returns one of its
// outputs, by its place in Outputs. It may run in several goroutines at once.
func (s *Session) Run(output int, in ...Tensor) (out Tensor, err error) {
	if len(s.Inputs) != len(in) {
		return Tensor{}, fmt.Errorf("the network has %d inputs, %d are given", len(s.Inputs), len(in))
	}
	l, n := s.lib, len(in)
	// Of each input and, last, the output: its value and its name. What C reads
	// while the network runs is kept.
	values, names, kept := make([]unsafe.Pointer, n+1), make([]unsafe.Pointer, n+1), make([]unsafe.Pointer, n)
	defer func() {
		for _, v := range values {
			l.free(releaseValue, v)
		}
		runtime.KeepAlive(kept)
	}()
	for i := range in {
		port, bytes := &s.Inputs[i], 0
		if kept[i], bytes, err = in[i].data(port); err != nil {
			return Tensor{}, err
		}
		shape := make([]int64, len(in[i].Shape)+1) // never empty
		for k, d := range in[i].Shape {
			shape[k] = int64(d)
		}
		if err := l.do(createTensorWithDataAsOrtValue, l.memory, kept[i], bytes, unsafe.Pointer(&shape[0]), len(in[i].Shape), int(port.Type), unsafe.Pointer(&values[i])); err != nil {
			return Tensor{}, err
		}
		names[i] = chars(port.Name)
	}
	names[n] = chars(s.Outputs[output].Name)
	if err := l.do(run, s.ptr, unsafe.Pointer(nil), unsafe.Pointer(&names[0]), unsafe.Pointer(&values[0]), n, unsafe.Pointer(&names[n]), 1, unsafe.Pointer(&values[n])); err != nil {
		return Tensor{}, err
	}
	return l.read(values[n])
}

// read copies an OrtValue.
func (l *Library) read(value unsafe.Pointer) (t Tensor, err error) {
	info, data := new(unsafe.Pointer), new(unsafe.Pointer)
	if err := l.do(getTensorTypeAndShape, value, unsafe.Pointer(info)); err != nil {
		return Tensor{}, err
	}
	defer l.free(releaseTensorTypeAndShapeInfo, *info)
	kind, shape, err := l.form(*info)
	if err != nil {
		return Tensor{}, err
	}
	if err := l.do(getTensorMutableData, value, unsafe.Pointer(data)); err != nil {
		return Tensor{}, err
	}
	n := 1
	for _, d := range shape {
		n *= d
	}
	t = Tensor{Shape: shape, Values: make([]float32, n)}
	switch {
	case n == 0:
	case kind == Float32:
		copy(t.Values, unsafe.Slice((*float32)(*data), n))
	case kind == Float64:
		for i, v := range unsafe.Slice((*float64)(*data), n) {
			t.Values[i] = float32(v)
		}
	case kind == Float16:
		for i, v := range unsafe.Slice((*float16.Float16)(*data), n) {
			t.Values[i] = v.Float32()
		}
	default:
		return Tensor{}, fmt.Errorf("an output of type %d of onnxruntime's, not of floating-point values", kind)
	}
	return t, nil
}
