package main

import (
	"math"
	"os"

	"github.com/rogpeppe/go-internal/testscript"

	"ace/train/onnx"
	"ace/train/onnx/onnxtest"
)

// networkCmd writes a network whose vector is the mean square and the largest value
// of each colour of a picture of 8 x 8 points, or of a quarter of a second of sound;
// or one for texts, of as many values, the mean of its tokens' rows in a table.
func networkCmd(ts *testscript.TestScript, neg bool, args []string) {
	if args[1] == "text" {
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), textNetwork().Bytes(), 0o666))
		return
	}
	axes, shape, keep := []int{2, 3}, []int{-1, 3, 8, 8}, 0
	if args[1] == "sound" {
		axes, shape, keep = []int{1}, []int{1, 4000}, 1
	}
	m := &onnxtest.Model{
		Inputs: []onnx.Port{{Name: "x", Type: onnx.Float32, Shape: shape}},
		Nodes:  []onnxtest.Node{{Op: "Mul", In: []string{"x", "x"}, Out: []string{"y"}}},
	}
	reduce := map[string]any{"axes": axes, "keepdims": keep}
	m.Outputs = []onnx.Port{{Name: "embedding", Type: onnx.Float32, Shape: []int{-1, -1}}}
	m.Nodes = append(m.Nodes,
		onnxtest.Node{Op: "ReduceMean", In: []string{"y"}, Out: []string{"mean"}, Attributes: reduce},
		onnxtest.Node{Op: "ReduceMax", In: []string{"x"}, Out: []string{"max"}, Attributes: reduce},
		onnxtest.Node{Op: "Concat", In: []string{"mean", "max"}, Out: []string{"embedding"}, Attributes: map[string]any{"axis": 1}})
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), m.Bytes(), 0o666))
}

func textNetwork() *onnxtest.Model {
	const words, dims = 16, 6
	table := onnx.Tensor{Shape: []int{words, dims}}
	for i := range words * dims {
		table.Values = append(table.Values, float32(math.Sin(float64(7*i))))
	}
	return &onnxtest.Model{
		Inputs:  []onnx.Port{{Name: "input_ids", Type: onnx.Int64, Shape: []int{-1, -1}}},
		Outputs: []onnx.Port{{Name: "text_embeds", Type: onnx.Float32, Shape: []int{-1, dims}}},
		Weights: map[string]onnx.Tensor{"table": table},
		Nodes: []onnxtest.Node{
			{Op: "Gather", In: []string{"table", "input_ids"}, Out: []string{"rows"}},
			{Op: "ReduceMean", In: []string{"rows"}, Out: []string{"text_embeds"}, Attributes: map[string]any{"axes": []int{1}, "keepdims": 0}},
		},
	}
}
