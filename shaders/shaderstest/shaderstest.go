// Package shaderstest holds the trials of the kernels: dispatches over awkward
// shapes, with the twin's results, that every other implementation of a kernel
// is tested against. Only tests import it.
package shaderstest

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/x448/float16"

	"ace/shaders"
	"ace/shaders/cpu"
)

// Trial is one dispatch.
type Trial struct {
	Kernel *shaders.Kernel
	Name   string
	Params cpu.Params
	Bind   []Bind // in the table's order
}

// Bind is what a trial binds. The zero Bind leaves an optional binding unbound.
type Bind struct {
	N int       // elements; contents are drawn at random unless given
	U []uint32  // contents of an integer binding, which is len(U) long unless N is more
	F []float32 // contents of a float binding, likewise
	// Small tells that numbers drawn at random are an eighth as large, as weights
	// of sums are.
	Small bool
	// Beams tells that an integer binding holds beams, two words of which are floats.
	Beams bool
}

// N is a binding of n elements.
func N(n int) Bind { return Bind{N: n} }

// W is a binding of n small elements.
func W(n int) Bind { return Bind{N: n, Small: true} }

// U is an integer binding that holds a list.
func U(list ...uint32) Bind { return Bind{U: list} }

// Len is the number of elements.
func (b Bind) Len() int { return max(b.N, len(b.U), len(b.F)) }

// Data makes the contents of the trial's bindings before the dispatch, always
// the same. Numbers drawn at random are normal and have a binary16 form, so
// that packed weights are no less exact.
func (t *Trial) Data() []cpu.View[float32] {
	rng := rand.New(rand.NewPCG(3, 4))
	data := make([]cpu.View[float32], len(t.Bind))
	for i, b := range t.Bind {
		switch {
		case b.Len() == 0:
		case t.Kernel.Bindings[i].Uint:
			data[i].U = make([]uint32, b.Len())
			copy(data[i].U, b.U)
		default:
			f := make([]float32, b.Len())
			for j := copy(f, b.F); j < len(f); j++ {
				f[j] = float16.Fromfloat32(float32(rng.NormFloat64())).Float32()
				if b.Small {
					f[j] /= 8
				}
			}
			data[i].F = f
		}
	}
	return data
}

// Want gives the contents after the twin ran.
func (t *Trial) Want() []cpu.View[float32] {
	data := t.Data()
	args := cpu.Args[float32]{P: t.Params}
	copy(args.B[:], data)
	t.Kernel.F32(&args)
	return data
}

// Compare says where what an implementation left in the bindings is not what
// the twin leaves there: integers must be equal, and for floats |got-want| may
// be tolerance*(1+|want|).
func (t *Trial) Compare(got []cpu.View[float32], tolerance float64) error {
	for i, want := range t.Want() {
		name := t.Kernel.Bindings[i].Name
		if t.Kernel.Bindings[i].Access == shaders.Scratch {
			continue
		}
		if len(got[i].U) != len(want.U) || len(got[i].F) != len(want.F) {
			return fmt.Errorf("%s: %d integers and %d floats, want %d and %d", name, len(got[i].U), len(got[i].F), len(want.U), len(want.F))
		}
		for j, w := range want.U {
			g := got[i].U[j]
			if word := j % cpu.BeamWords; t.Bind[i].Beams && (word == 2 || word == 3) {
				if g, w := math.Float32frombits(g), math.Float32frombits(w); !near(float64(g), float64(w), tolerance) {
					return fmt.Errorf("%s[%d] is %v, the twin's %v", name, j, g, w)
				}
			} else if g != w {
				return fmt.Errorf("%s[%d] is %d, the twin's %d", name, j, g, w)
			}
		}
		for j, w := range want.F {
			g := got[i].F[j]
			if !near(float64(g), float64(w), tolerance) {
				return fmt.Errorf("%s[%d] is %v, the twin's %v", name, j, g, w)
			}
		}
	}
	return nil
}

func near(got, want, tolerance float64) bool {
	return got == want || math.Abs(got-want) <= tolerance*(1+math.Abs(want)) // false for NaN and infinities
}
