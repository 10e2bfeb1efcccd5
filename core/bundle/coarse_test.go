package bundle

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestCoarse: what is coarsely stored comes back within half a step, in the bits
// that were promised, and is stored the same way again.
func TestCoarse(t *testing.T) {
	ctx := context.Background()
	const rows, width = 300, 400
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float32, rows*width)
	for i := range x {
		x[i] = float32(rng.NormFloat64() * float64(1+i/width))
	}
	clear(x[:width])
	for _, c := range []struct{ steps, bits float64 }{{Coarse, 3.9}, {Medium, 4.3}, {Fine, 5.6}} {
		b := NewBuilder(Bundle)
		b.AddCoarse("weights", "x", []int{rows, width}, x, c.steps)
		b.Compress("weights")
		file, err := b.File()
		if err != nil {
			t.Fatal(err)
		}
		if bits := float64(8*len(file)) / float64(len(x)); bits > c.bits {
			t.Errorf("%v steps: %.2f bits a value, want %.1f", c.steps, bits, c.bits)
		}
		got, err := OpenBytes(ctx, file)
		if err != nil {
			t.Fatal(err)
		}
		y, _, err := got.Float32s(ctx, "x")
		if err != nil {
			t.Fatal(err)
		}
		q, scales, _, err := got.Int8s(ctx, "x")
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range x {
			if s := scales[i/width]; math.Abs(float64(y[i]-v)) > float64(s)*0.5001 {
				t.Fatalf("%v steps, value %d: %v, was %v in steps of %v", c.steps, i, y[i], v, s)
			}
		}
		for _, s := range scales {
			if math.Float32bits(s)<<16 != 0 {
				t.Errorf("a scale of %x has more than 8 bits", math.Float32bits(s))
			}
		}
		if again, _ := Coarsen(y, rows, c.steps); !slices.Equal(again, q) {
			t.Errorf("%v steps: what was read is stored otherwise", c.steps)
		}
	}
}
