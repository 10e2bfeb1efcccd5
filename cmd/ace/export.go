package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"ace/core/bundle"
	"ace/core/search"

	"github.com/nlpodyssey/safetensors"
)

type exportCmd struct {
	File string `arg:"" help:"SITE/bundle, or a file that ace wrote."`
	Out  string `short:"o" required:"" placeholder:"FILE" help:"Where the tensors go, such as model.safetensors."`
}

// Run writes the tensors of a container as safetensors
// (https://github.com/huggingface/safetensors), under their own names: what is
// quantised as F32 without its scales, word vectors as F32 [words, width], all
// else as it is. The shape of the model goes along as metadata.
func (c *exportCmd) Run(ctx context.Context, t *out) error {
	release, err := claim(c.Out)
	if err != nil {
		return err
	}
	defer release()
	in, err := openContainer(ctx, c.File)
	if err != nil {
		return err
	}
	file, n, err := exported(ctx, in)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if err := writeFile(c.Out, file); err != nil {
		return err
	}
	t.print("%s: %d tensors, %d bytes", c.Out, n, len(file))
	return nil
}

// exported gives the file, and how many tensors it holds.
func exported(ctx context.Context, in *bundle.Container) ([]byte, int, error) {
	tensors := map[string]safetensors.TensorView{}
	add := func(name string, dtype safetensors.DType, shape []int, data []byte) error {
		dims := make([]uint64, len(shape))
		for i, d := range shape {
			dims[i] = uint64(d)
		}
		v, err := safetensors.NewTensorView(dtype, dims, data)
		tensors[name] = v
		return err
	}
	words, err := search.ReadSense(ctx, in)
	if err != nil {
		return nil, 0, err
	}
	for _, info := range in.Tensors() {
		name := info.Name
		if scales(in, name) || words != nil && (name == "sense" || name == "sense.reach") {
			continue
		}
		var err error
		if dtype, whole := wholeTypes[info.DType]; whole && !quantised(in, info) {
			var raw []byte
			if raw, _, err = in.Raw(ctx, name); err == nil {
				err = add(name, dtype, info.Shape, raw)
			}
		} else {
			var x []float32
			if x, _, err = in.Float32s(ctx, name); err == nil {
				err = add(name, safetensors.F32, info.Shape, littleEndian(x))
			}
		}
		if err != nil {
			return nil, 0, err
		}
	}
	if words != nil {
		x := make([]float32, words.Len()*words.Dim())
		for r := range words.Len() {
			words.Vector(r, x[r*words.Dim():])
		}
		if err := add("sense", safetensors.F32, []int{words.Len(), words.Dim()}, littleEndian(x)); err != nil {
			return nil, 0, err
		}
	}
	about := map[string]string{"format": "pt", "ace.kind": string(in.Kind()), "ace.sha256": in.Sum()}
	for _, key := range in.MetaKeys() {
		if key == metaModel || key == "levels" || key == search.MetaMix || key == search.MetaTrust {
			var value json.RawMessage
			if err := in.Meta(key, &value); err != nil {
				return nil, 0, err
			}
			about["ace."+key] = string(value)
		}
	}
	file, err := safetensors.Serialize(tensors, about)
	return file, len(tensors), err
}

// wholeTypes are dtypes that safetensors has as well.
var wholeTypes = map[bundle.DType]safetensors.DType{
	bundle.F32: safetensors.F32, bundle.F16: safetensors.F16, bundle.I8: safetensors.I8,
	bundle.U8: safetensors.U8, bundle.U16: safetensors.U16, bundle.U32: safetensors.U32,
}

// quantised tells whether a tensor has scales.
func quantised(in *bundle.Container, t bundle.TensorInfo) bool {
	return t.DType == bundle.I8 && in.Has(t.Name+bundle.ScaleSuffix)
}

func littleEndian(x []float32) []byte {
	b := make([]byte, 0, 4*len(x))
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}
