package main

import (
	"context"
	"fmt"
	"math"
	"slices"

	"ace/core/bundle"
)

// verifyFloats refuses infinities and NaN, which nothing that ace writes holds:
// in f32 and f16 as they are stored, in quantised tensors by their scales.
func verifyFloats(ctx context.Context, in *bundle.Container, v *verdict) error {
	floats := 0
	for i, t := range in.Tensors() {
		if t.DType == bundle.F32 || t.DType == bundle.F16 {
			x, _, err := in.Float32s(ctx, t.Name)
			if err != nil {
				return err
			}
			for i, f := range x {
				// A scale is multiplied by codes of up to 128.
				if a := math.Abs(float64(f)); !(a <= math.MaxFloat32) || scales(in, t.Name) && a*128 > math.MaxFloat32 {
					return fmt.Errorf("tensor %s: element %d, %g, is not finite", t.Name, i, f)
				}
			}
			floats += len(x)
		}
		if all := in.Tensors(); i == len(all)-1 || all[i+1].Section != t.Section {
			in.Release(t.Section)
		}
	}
	v.add("tensors", "%d, of them %d floating-point values, all finite", len(in.Tensors()), floats)
	return nil
}

// scales tells whether a tensor is the scales of another one.
func scales(in *bundle.Container, name string) bool {
	n := len(name) - len(bundle.ScaleSuffix)
	if n <= 0 || name[n:] != bundle.ScaleSuffix {
		return false
	}
	t, ok := in.Tensor(name[:n])
	return ok && t.DType == bundle.I8
}

// form is the section, type and shape that a tensor of a bundle has.
type form struct {
	name, section string
	dtype         bundle.DType
	shape         []int
}

// verifyForms holds tensors to their forms. A dimension of 0 is any.
func verifyForms(in *bundle.Container, forms []form) error {
	for _, f := range forms {
		t, ok := in.Tensor(f.name)
		if !ok {
			return fmt.Errorf("no tensor %s", f.name)
		}
		same := slices.EqualFunc(t.Shape, f.shape, func(have, want int) bool { return want == 0 || have == want })
		if t.Section != f.section || t.DType != f.dtype || !same {
			return fmt.Errorf("tensor %s: %s %v in section %s, want %s %v in section %s", f.name, t.DType, t.Shape, t.Section, f.dtype, f.shape, f.section)
		}
	}
	return nil
}

// trieForms are the tensors of a trie of n items.
func trieForms(levels []int, n int) []form {
	forms := []form{{"trie.first", "trie", bundle.U32, []int{levels[0] + 1}}}
	for l, codes := range levels[1:] {
		dtype := bundle.U8
		if codes > 256 {
			dtype = bundle.U16
		}
		forms = append(forms, form{fmt.Sprintf("trie.%d", l+1), "trie", dtype, []int{n}})
	}
	return append(forms, form{"kinds", "trie", bundle.U8, []int{n}})
}

// lexiconForms are the tensors of a lexicon of n items.
func lexiconForms(n int) []form {
	dtype := bundle.U16
	if n > 1<<16 {
		dtype = bundle.U32
	}
	return []form{
		{"lexicon.many", "lexicon", bundle.U32, []int{0}},
		{"lexicon.items", "lexicon", dtype, []int{0}},
		{"lexicon.times", "lexicon", bundle.U8, []int{0}},
	}
}
