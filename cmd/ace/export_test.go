package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"ace/core/bundle"
	tests "ace/core/bundle/testdata/vectors"

	"github.com/nlpodyssey/safetensors"
)

// TestExport: a reader of safetensors finds each tensor with its values.
func TestExport(t *testing.T) {
	ctx := context.Background()
	in, err := bundle.OpenBytes(ctx, tests.Golden)
	if err != nil {
		t.Fatal(err)
	}
	file, n, err := exported(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if again, _, _ := exported(ctx, in); !bytes.Equal(file, again) {
		t.Error("exported twice, it has other bytes")
	}
	st, err := safetensors.Deserialize(file)
	if err != nil || st.Len() != n {
		t.Fatalf("%d tensors, want %d: %v", st.Len(), n, err)
	}
	seen := 0
	for _, info := range in.Tensors() {
		v, ok := st.Tensor(info.Name)
		if scales(in, info.Name) || info.Name == "sense.reach" {
			if ok {
				t.Errorf("%s is there", info.Name)
			}
			continue
		}
		if !ok {
			t.Errorf("%s is missing", info.Name)
			continue
		}
		if seen++; info.Name == "sense" {
			if s := v.Shape(); len(s) != 2 || s[0] != 5 || s[1] != 4 {
				t.Errorf("word vectors of shape %v", s)
			}
			continue
		}
		if v.DType() != safetensors.F32 || info.DType == bundle.F32 {
			if raw, _, _ := in.Raw(ctx, info.Name); !bytes.Equal(raw, v.Data()) {
				t.Errorf("%s has other bytes", info.Name)
			}
			continue
		}
		x, shape, err := in.Float32s(ctx, info.Name)
		if err != nil {
			t.Fatal(err)
		}
		if len(shape) != len(v.Shape()) || uint64(shape[0]) != v.Shape()[0] || 4*len(x) != len(v.Data()) {
			t.Fatalf("%s: shape %v, want %v", info.Name, v.Shape(), shape)
		}
		for i, want := range x {
			if got := math.Float32frombits(binary.LittleEndian.Uint32(v.Data()[4*i:])); got != want {
				t.Fatalf("%s: element %d is %g, want %g", info.Name, i, got, want)
			}
		}
	}
	if seen != n {
		t.Errorf("%d tensors, want %d", n, seen)
	}
	_, about, err := safetensors.ReadMetadata(file)
	if err != nil || about.Metadata()["ace.sha256"] != in.Sum() || about.Metadata()["ace.model"] == "" {
		t.Errorf("metadata %v, %v", about.Metadata(), err)
	}
}

// TestImport: what was exported and changed comes back so, and what does not
// fit is named.
func TestImport(t *testing.T) {
	ctx := context.Background()
	in, err := bundle.OpenBytes(ctx, tests.Golden)
	if err != nil {
		t.Fatal(err)
	}
	good, _, err := exported(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	changed := func(name string, change func(dtype safetensors.DType, shape []uint64, data []byte) (safetensors.TensorView, error)) []byte {
		st, err := safetensors.Deserialize(good)
		if err != nil {
			t.Fatal(err)
		}
		tensors := map[string]safetensors.TensorView{}
		for _, x := range st.Tensors() {
			tensors[x.Name] = x.TensorView
		}
		x := tensors[name]
		if delete(tensors, name); change != nil {
			if tensors[name], err = change(x.DType(), x.Shape(), bytes.Clone(x.Data())); err != nil {
				t.Fatal(err)
			}
		}
		file, err := safetensors.Serialize(tensors, nil)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	put := func(at int, v float32) func(safetensors.DType, []uint64, []byte) (safetensors.TensorView, error) {
		return func(dtype safetensors.DType, shape []uint64, data []byte) (safetensors.TensorView, error) {
			binary.LittleEndian.PutUint32(data[4*at:], math.Float32bits(v))
			return safetensors.NewTensorView(dtype, shape, data)
		}
	}
	b, _, err := imported(ctx, in, changed("final.norm", put(3, 0.75)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	out, err := bundle.OpenBytes(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	if err := verifyContent(ctx, out, &verdict{}); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"pieces", "final.norm", "dual.items"} {
		want, _, err := in.Float32s(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		if want = slices.Clone(want); name == "final.norm" {
			want[3] = 0.75
		}
		if got, _, err := out.Float32s(ctx, name); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s has other values, %v", name, err)
		}
	}
	for want, file := range map[string][]byte{
		"not a file of safetensors": []byte("\x08\x00\x00\x00\x00\x00\x00\x00{}"),
		"no tensor final.norm":      changed("final.norm", nil),
		"tensor final.norm of shape [2 4], want [8]": changed("final.norm", func(d safetensors.DType, _ []uint64, data []byte) (safetensors.TensorView, error) {
			return safetensors.NewTensorView(d, []uint64{2, 4}, data)
		}),
		"tensor final.norm: of type I32, want F32, F16 or BF16": changed("final.norm", func(_ safetensors.DType, shape []uint64, data []byte) (safetensors.TensorView, error) {
			return safetensors.NewTensorView(safetensors.I32, shape, data)
		}),
		"tensor final.norm: element 2, NaN, is not finite": changed("final.norm", put(2, float32(math.NaN()))),
	} {
		if _, _, err := imported(ctx, in, file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	// The half types, to the bit.
	for dtype, bits := range map[safetensors.DType]uint16{safetensors.F16: 0x3e00, safetensors.BF16: 0x3fc0} {
		x, _ := safetensors.NewTensorView(dtype, []uint64{1}, binary.LittleEndian.AppendUint16(nil, bits))
		var v [1]float32
		if err := readFloats(v[:], x); err != nil || v[0] != 1.5 {
			t.Errorf("%s: %v, %v", dtype, v, err)
		}
	}
}
