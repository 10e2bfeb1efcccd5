package onnx

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/x448/float16"
)

// Tensor is values in row-major order.
type Tensor struct {
	Shape  []int
	Values []float32
}

// Run gives the network its only input and returns one of its outputs, both by
// their places in Inputs and Outputs. It may run in several goroutines at once.
func (s *Session) Run(in Tensor, output int) (out Tensor, err error) {
	if len(s.Inputs) != 1 {
		return Tensor{}, fmt.Errorf("the network has %d inputs, one is given", len(s.Inputs))
	}
	port, l := s.Inputs[0], s.lib
	n := 1
	shape := make([]int64, len(in.Shape)+1) // never empty
	for i, d := range in.Shape {
		n *= d
		shape[i] = int64(d)
	}
	if n != len(in.Values) || n == 0 {
		return Tensor{}, fmt.Errorf("%d values for an input of shape %v", len(in.Values), in.Shape)
	}
	data, bytes := unsafe.Pointer(&in.Values[0]), 4*n
	switch port.Type {
	case Float32:
	case Float16:
		half := make([]float16.Float16, n)
		for i, v := range in.Values {
			half[i] = float16.Fromfloat32(v)
		}
		data, bytes = unsafe.Pointer(&half[0]), 2*n
	default:
		return Tensor{}, fmt.Errorf("input %s is of type %d of onnxruntime's, not of floating-point values", port.Name, port.Type)
	}
	values := make([]unsafe.Pointer, 2) // the input and the output
	defer func() {
		for _, v := range values {
			l.free(releaseValue, v)
		}
		runtime.KeepAlive(data)
	}()
	if err := l.do(createTensorWithDataAsOrtValue, l.memory, data, bytes, unsafe.Pointer(&shape[0]), len(in.Shape), int(port.Type), unsafe.Pointer(&values[0])); err != nil {
		return Tensor{}, err
	}
	names := []unsafe.Pointer{chars(port.Name), chars(s.Outputs[output].Name)}
	if err := l.do(run, s.ptr, unsafe.Pointer(nil), unsafe.Pointer(&names[0]), unsafe.Pointer(&values[0]), 1, unsafe.Pointer(&names[1]), 1, unsafe.Pointer(&values[1])); err != nil {
		return Tensor{}, err
	}
	return l.read(values[1])
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
	t = Tensor{shape, make([]float32, n)}
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
