package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"

	"ace/core/bundle"
	"ace/core/search"
	"ace/train/index"

	"github.com/nlpodyssey/safetensors"
	"github.com/x448/float16"
)

type importCmd struct {
	Model   string `arg:"" placeholder:"MODEL.safetensors" help:"Tensors with the names and shapes of those that export writes."`
	Weights string `arg:"" help:"The file that train wrote, whose model they replace."`
	Out     string `short:"o" required:"" placeholder:"FILE" help:"Where the weights go."`
}

// Run writes a file of weights anew, with the network's parameters from
// elsewhere. All else stays as it was, the weights of a hybrid search too.
func (c *importCmd) Run(ctx context.Context, t *out) error {
	release, err := claim(c.Out)
	if err != nil {
		return err
	}
	defer release()
	in, err := stepInput(ctx, c.Weights, bundle.Weights, "train")
	if err != nil {
		return err
	}
	file, err := os.ReadFile(c.Model)
	if err != nil {
		return err
	}
	b, n, err := imported(ctx, in, file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Model, err)
	}
	if err := writeContainer(c.Out, b); err != nil {
		return err
	}
	t.print("%s: %d parameters", c.Out, n)
	return nil
}

// imported is a copy of weights with the parameters of a file of safetensors.
func imported(ctx context.Context, in *bundle.Container, file []byte) (*bundle.Builder, int, error) {
	cfg, params, vocab, err := search.ReadModel(ctx, in)
	if err != nil {
		return nil, 0, err
	}
	st, err := safetensors.Deserialize(file)
	if err != nil {
		return nil, 0, fmt.Errorf("not a file of safetensors: %w", err)
	}
	tensors, _ := cfg.Layout()
	for _, want := range tensors {
		have, ok := st.Tensor(want.Name)
		if !ok {
			return nil, 0, fmt.Errorf("no tensor %s", want.Name)
		}
		if !slices.EqualFunc(have.Shape(), want.Shape, func(a uint64, b int) bool { return a == uint64(b) }) {
			return nil, 0, fmt.Errorf("tensor %s of shape %v, want %v", want.Name, have.Shape(), want.Shape)
		}
		if err := readFloats(params[want.Offset:][:want.Len], have); err != nil {
			return nil, 0, fmt.Errorf("tensor %s: %w", want.Name, err)
		}
	}
	b := bundle.NewBuilder(in.Kind())
	for _, key := range in.MetaKeys() {
		var value json.RawMessage
		if err := in.Meta(key, &value); err != nil {
			return nil, 0, err
		}
		b.SetMeta(key, value)
	}
	if err := index.CopySections(ctx, b, in, "text", "weights"); err != nil {
		return nil, 0, err
	}
	return b, cfg.Parameters(), search.WriteModel(b, cfg, params, vocab, bundle.F32)
}

// readFloats reads a tensor of F32, F16 or BF16, all of it finite.
func readFloats(to []float32, t safetensors.TensorView) error {
	data := t.Data()
	for i := range to {
		switch t.DType() {
		case safetensors.F32:
			to[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		case safetensors.F16:
			to[i] = float16.Frombits(binary.LittleEndian.Uint16(data[2*i:])).Float32()
		case safetensors.BF16:
			to[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(data[2*i:])) << 16)
		default:
			return fmt.Errorf("of type %s, want F32, F16 or BF16", t.DType())
		}
		if v := float64(to[i]); math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("element %d, %g, is not finite", i, v)
		}
	}
	return nil
}
