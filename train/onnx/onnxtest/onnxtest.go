// Package onnxtest writes small networks in the ONNX format and finds the library
// that runs them, for tests.
package onnxtest

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"ace/train/onnx"
)

// Library opens onnxruntime. Where it is not installed the test is skipped or,
// with ACE_ONNX=1 in the environment, fails.
func Library(t testing.TB) *onnx.Library {
	t.Helper()
	l, err := onnx.Open("")
	if errors.Is(err, onnx.ErrMissing) && os.Getenv("ACE_ONNX") != "1" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Model is a network (message ModelProto of
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), of opset 13.
type Model struct {
	Inputs, Outputs []onnx.Port
	Weights         map[string]onnx.Tensor
	Nodes           []Node
}

// Node is an operator with its inputs and outputs by name. Attributes are lists of
// integers ([]int), integers (int) or numbers (float32).
type Node struct {
	Op         string
	In, Out    []string
	Attributes map[string]any
}

// Write writes the network into a new folder and returns its path.
func (m *Model) Write(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "model.onnx")
	if err := os.WriteFile(path, m.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// message is a protocol buffer being written: fields of integers and of bytes.
type message []byte

func (m *message) number(field int, v int) {
	*m = binary.AppendUvarint(binary.AppendUvarint(*m, uint64(field)<<3), uint64(v))
}

func (m *message) bytes(field int, v []byte) {
	*m = binary.AppendUvarint(binary.AppendUvarint(*m, uint64(field)<<3|2), uint64(len(v)))
	*m = append(*m, v...)
}

func (m *message) text(field int, v string) { m.bytes(field, []byte(v)) }

func (m *message) float(field int, v float32) {
	*m = binary.LittleEndian.AppendUint32(binary.AppendUvarint(*m, uint64(field)<<3|5), math.Float32bits(v))
}

// Bytes is the network as it lies in a file.
func (m *Model) Bytes() []byte {
	var graph, opset, model message
	for _, n := range m.Nodes {
		graph.bytes(1, n.bytes())
	}
	graph.text(2, "test")
	for name, w := range m.Weights {
		var tensor message
		for _, d := range w.Shape {
			tensor.number(1, d)
		}
		tensor.number(2, int(onnx.Float32))
		for _, v := range w.Values {
			tensor.float(4, v)
		}
		tensor.text(8, name)
		graph.bytes(5, tensor)
	}
	for _, p := range m.Inputs {
		graph.bytes(11, port(p))
	}
	for _, p := range m.Outputs {
		graph.bytes(12, port(p))
	}
	opset.number(2, 13)
	model.number(1, 7) // version of the format
	model.bytes(7, graph)
	model.bytes(8, opset)
	return model
}

func (n *Node) bytes() []byte {
	var node message
	for _, s := range n.In {
		node.text(1, s)
	}
	for _, s := range n.Out {
		node.text(2, s)
	}
	node.text(4, n.Op)
	for name, v := range n.Attributes {
		var a message
		a.text(1, name)
		switch v := v.(type) {
		case float32:
			a.float(2, v)
			a.number(20, 1)
		case int:
			a.number(3, v)
			a.number(20, 2)
		case []int:
			for _, i := range v {
				a.number(8, i)
			}
			a.number(20, 7)
		}
		node.bytes(5, a)
	}
	return node
}

func port(p onnx.Port) []byte {
	var shape, tensor, kind, info message
	for _, d := range p.Shape {
		var dim message
		if d >= 0 {
			dim.number(1, d)
		} else {
			dim.text(2, "any")
		}
		shape.bytes(1, dim)
	}
	tensor.number(1, int(p.Type))
	tensor.bytes(2, shape)
	kind.bytes(1, tensor)
	info.text(1, p.Name)
	info.bytes(2, kind)
	return info
}
