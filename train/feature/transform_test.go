package feature

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/dsp/fourier"
)

// TestTransform holds it against gonum's, for even and odd powers of 2.
func TestTransform(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{4, 8, 16, 32, 512, 4096} {
		in, got := make([]float64, size), make([]float64, size/2+1)
		for i := range in {
			in[i] = rng.NormFloat64()
		}
		room := make([]complex128, size)
		for i := range size / 2 {
			room[i] = complex(in[2*i], in[2*i+1])
		}
		transformOf(size).power(got, room)
		for i, c := range fourier.NewFFT(size).Coefficients(nil, in) {
			if want := real(c)*real(c) + imag(c)*imag(c); math.Abs(got[i]-want) > 1e-11*float64(size) {
				t.Errorf("%d values: power %d is %v, want %v", size, i, got[i], want)
			}
		}
	}
}

func TestAngle(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	check := func(y, x float32) {
		want := math.Atan2(float64(y), float64(x)) / math.Pi
		line := math.Mod(want+1, 1)
		if want < 0 {
			want += 2
		}
		apart := func(a, b, of float64) float64 { return math.Abs(math.Remainder(a-b, of)) }
		if got := angle(y, x, &begins); got < 0 || got > 2 || apart(float64(got), want, 2) > 2e-7 {
			t.Errorf("(%v, %v) is at %v, want %v", x, y, got, want)
		}
		if got := angle(y, x, &lines); got < 0 || got > 1 || apart(float64(got), line, 1) > 2e-7 {
			t.Errorf("a line by (%v, %v) is at %v, want %v", x, y, got, line)
		}
	}
	for range 10000 {
		check(float32(rng.NormFloat64()), float32(rng.NormFloat64()))
	}
	for _, y := range []float32{-1, 0, 1} {
		for _, x := range []float32{-1, 0, 1} {
			if x != 0 || y != 0 {
				check(y, x)
			}
		}
	}
}
