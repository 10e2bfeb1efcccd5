package onnx_test

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"ace/train/onnx"
	"ace/train/onnx/onnxtest"
)

func port(name string, kind onnx.Element, shape ...int) onnx.Port {
	return onnx.Port{Name: name, Type: kind, Shape: shape}
}

// affine is x·W + b for x [n, 3], W [3, 2], and the sum of each row of it.
func affine() *onnxtest.Model {
	return &onnxtest.Model{
		Inputs:  []onnx.Port{port("x", onnx.Float32, -1, 3)},
		Outputs: []onnx.Port{port("y", onnx.Float32, -1, 2), port("sum", onnx.Float32, -1)},
		Weights: map[string]onnx.Tensor{
			"w": {Shape: []int{3, 2}, Values: []float32{1, 2, 3, 4, 5, 6}},
			"b": {Shape: []int{2}, Values: []float32{0.5, -0.5}},
		},
		Nodes: []onnxtest.Node{
			{Op: "Gemm", In: []string{"x", "w", "b"}, Out: []string{"y"}},
			{Op: "ReduceMean", In: []string{"y"}, Out: []string{"mean"}, Attributes: map[string]any{"axes": []int{1}, "keepdims": 0}},
			{Op: "Add", In: []string{"mean", "mean"}, Out: []string{"sum"}},
		},
	}
}

func TestRun(t *testing.T) {
	lib := onnxtest.Library(t)
	if lib.Version == "" || lib.Path == "" {
		t.Errorf("library %q of version %q", lib.Path, lib.Version)
	}
	m := affine()
	s, err := lib.Load(m.Write(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !reflect.DeepEqual(s.Inputs, m.Inputs) || !reflect.DeepEqual(s.Outputs, m.Outputs) {
		t.Errorf("inputs %v, outputs %v, want %v, %v", s.Inputs, s.Outputs, m.Inputs, m.Outputs)
	}
	var wg sync.WaitGroup
	for n := 1; n <= 8; n++ { // several at once, of different sizes
		wg.Go(func() {
			in := onnx.Tensor{Shape: []int{n, 3}}
			y, sum := []float32{}, []float32{}
			for i := range n {
				a, b, c := float32(i), float32(n), float32(1)
				in.Values = append(in.Values, a, b, c)
				p, q := a+3*b+5*c+0.5, 2*a+4*b+6*c-0.5
				y, sum = append(y, p, q), append(sum, p+q)
			}
			for range 50 {
				for i, want := range []onnx.Tensor{{Shape: []int{n, 2}, Values: y}, {Shape: []int{n}, Values: sum}} {
					if got, err := s.Run(i, in); err != nil || !reflect.DeepEqual(got, want) {
						t.Errorf("output %d of %d rows: %v, %v, want %v", i, n, got, err, want)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	for _, bad := range []onnx.Tensor{{Shape: []int{2, 3}, Values: make([]float32, 5)}, {Shape: []int{0, 3}}, {Shape: []int{1, 4}, Values: make([]float32, 4)}, {Shape: []int{3}, Values: make([]float32, 3)}} {
		if _, err := s.Run(0, bad); err == nil {
			t.Errorf("shape %v with %d values was taken", bad.Shape, len(bad.Values))
		}
	}
}

// Half-precision networks are given and give float32.
func TestHalf(t *testing.T) {
	m := &onnxtest.Model{
		Inputs:  []onnx.Port{port("x", onnx.Float16, 1, -1)},
		Outputs: []onnx.Port{port("y", onnx.Float16, 1, -1), port("z", onnx.Float64, 1, -1), port("i", 7, 1, -1)},
		Nodes: []onnxtest.Node{
			{Op: "Add", In: []string{"x", "x"}, Out: []string{"y"}},
			{Op: "Cast", In: []string{"y"}, Out: []string{"z"}, Attributes: map[string]any{"to": int(onnx.Float64)}},
			{Op: "Cast", In: []string{"y"}, Out: []string{"i"}, Attributes: map[string]any{"to": 7}},
		},
	}
	s, err := onnxtest.Library(t).Load(m.Write(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	in := onnx.Tensor{Shape: []int{1, 4}, Values: []float32{0.25, -3, 1. / 3, 1000}}
	for i := range 2 {
		got, err := s.Run(i, in)
		if err != nil || len(got.Values) != 4 {
			t.Fatalf("output %d: %v, %v", i, got, err)
		}
		for j, v := range got.Values {
			if want := 2 * in.Values[j]; math.Abs(float64(v-want)) > 1e-3*math.Abs(float64(want)) {
				t.Errorf("output %d, value %d: %g, want %g", i, j, v, want)
			}
		}
	}
	if got, err := s.Run(2, in); err == nil || !strings.Contains(err.Error(), "floating-point") {
		t.Errorf("integers: %v, %v", got, err)
	}
}

func TestLoadErrors(t *testing.T) {
	lib := onnxtest.Library(t)
	broken := affine()
	broken.Nodes[0].Op = "Gemmm"
	text := filepath.Join(t.TempDir(), "text.onnx")
	if err := os.WriteFile(text, []byte("a text"), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{text: "onnxruntime", broken.Write(t): "Gemmm", filepath.Join(t.TempDir(), "none"): "no such file"} {
		if s, err := lib.Load(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("%s: %v, %v, want an error that names it and %q", path, s, err, want)
		}
	}
	two := affine()
	two.Inputs = append(two.Inputs, port("u", onnx.Float32, 1))
	s, err := lib.Load(two.Write(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Run(0, onnx.Tensor{Shape: []int{1, 3}, Values: make([]float32, 3)}); err == nil {
		t.Error("a network of two inputs ran with one")
	}
}

func TestOpenErrors(t *testing.T) {
	if _, err := onnx.Open(filepath.Join(t.TempDir(), "libonnxruntime.so")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a library that is not there: %v", err)
	}
	text := filepath.Join(t.TempDir(), "libonnxruntime.so")
	if err := os.WriteFile(text, []byte("a text"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv(onnx.Variable, text)
	if _, err := onnx.Open(""); err == nil || !strings.Contains(err.Error(), text) {
		t.Errorf("a text for a library: %v", err)
	}
}
