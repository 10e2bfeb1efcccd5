package gemm

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestDot(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 1))
		for n := range 300 {
			x, y := newMatrix(1, n, n), newMatrix(1, n, n)
			x.fill(integers(r))
			y.fill(integers(r))
			if got, want := Dot(x.data, y.data), dotGeneric(x.data, y.data); got != want {
				t.Fatalf("n %d: %v, want %v", n, got, want)
			}
			x.fill(reals(r))
			y.fill(reals(r))
			var magnitude float64
			for i, v := range x.data {
				magnitude += math.Abs(float64(v) * float64(y.data[i]))
			}
			got, want := float64(Dot(x.data, y.data)), float64(dotGeneric(x.data, y.data))
			if math.Abs(got-want) > float64(n+2)*0x1p-24*magnitude {
				t.Fatalf("n %d: %v, want %v", n, got, want)
			}
		}
	})
}

func TestAxpy(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for n := range 300 {
			x, y := newMatrix(1, n, n), newMatrix(1, n, n)
			x.fill(reals(r))
			y.fill(reals(r))
			alpha, want := float32(r.NormFloat64()), y.clone()
			axpyGeneric(alpha, x.data, want.data)
			before := y.clone()
			Axpy(alpha, x.data, y.data)
			for i, got := range y.data {
				// One rounding of the product, one of the sum.
				bound := 0x1p-23 * (math.Abs(float64(alpha*x.data[i])) + math.Abs(float64(before.data[i])))
				if math.Abs(float64(got)-float64(want.data[i])) > bound {
					t.Fatalf("n %d: y[%d] = %v, want %v", n, i, got, want.data[i])
				}
			}
			if !y.intact() {
				t.Fatalf("n %d: wrote outside y", n)
			}
		}
	})
}

func TestExpSumError(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		const n = 1 << 16
		x, dst := make([]float32, n), make([]float32, n)
		worst, at := 0.0, float32(0)
		check := func(max float32) {
			ExpSum(dst, x, max)
			for i, v := range x {
				d := v - max
				want := math.Exp(float64(d))
				if want < smallestNormal || want > math.MaxFloat32 {
					continue
				}
				if e := math.Abs(float64(dst[i])-want) / want; !(e <= worst) {
					worst, at = e, d
				}
			}
		}
		r := rand.New(rand.NewPCG(1, 3))
		for _, scale := range []float32{1e-6, 0.5, 4, 30, 90} {
			for i := range x {
				x[i] = scale * (2*r.Float32() - 1)
			}
			check(0)
			check(scale / 3)
		}
		for i := range x { // evenly over the whole usable range
			x[i] = expLow + float32(i)*(expHigh-expLow)/(n-1)
		}
		check(0)
		t.Logf("largest relative error %.3g at %v", worst, at)
		if !(worst <= 2e-7) {
			t.Errorf("relative error %v at %v", worst, at)
		}
	})
}

func TestExpSumSum(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 4))
		for n := range 300 {
			x, dst := newMatrix(1, n, n), newMatrix(1, n, n)
			x.fill(reals(r))
			want := dst.clone()
			wantSum := float64(expSumGeneric(want.data, x.data, 1))
			gotSum := float64(ExpSum(dst.data, x.data, 1))
			for i, got := range dst.data {
				if w := float64(want.data[i]); math.Abs(float64(got)-w) > 3e-7*w {
					t.Fatalf("n %d: dst[%d] = %v, want %v", n, i, got, w)
				}
			}
			if math.Abs(gotSum-wantSum) > (float64(n)*0x1p-24+3e-7)*wantSum {
				t.Fatalf("n %d: sum %v, want %v", n, gotSum, wantSum)
			}
			if !dst.intact() {
				t.Fatalf("n %d: wrote outside dst", n)
			}
			if again := ExpSum(x.data, x.data, 1); again != float32(gotSum) {
				t.Fatalf("n %d: in place the sum is %v, apart %v", n, again, gotSum)
			}
		}
	})
}

func TestExpSumEdges(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	next := func(x, to float32) float32 { return math.Nextafter32(x, to) }
	for _, e := range []struct {
		name         string
		x, max, want float32
	}{
		{"one", 3, 3, 1},
		{"minus infinity", -inf, 2, 0},
		{"infinity", inf, 2, inf},
		{"not a number", nan, 2, nan},
		{"maximum not a number", 1, nan, nan},
		{"no mass at all", -inf, -inf, nan},
		{"largest difference", -math.MaxFloat32, math.MaxFloat32, 0},
		{"largest opposite difference", math.MaxFloat32, -math.MaxFloat32, inf},
		{"deep underflow", -1e6, 0, 0},
		{"under the smallest normal", next(expLow, -inf), 0, 0},
		{"smallest normal", expLow, 0, float32(math.Exp(float64(float32(expLow))))},
		{"largest", expHigh, 0, float32(math.Exp(float64(float32(expHigh))))},
		{"over the largest", next(expHigh, inf), 0, inf},
		{"negative zero", float32(math.Copysign(0, -1)), 0, 1},
		{"subnormal", 0x1p-140, 0, 1},
	} {
		t.Run(e.name, func(t *testing.T) {
			eachKernel(t, func(t *testing.T) {
				for n := 1; n < 40; n++ {
					x, dst := make([]float32, n), make([]float32, n)
					for i := range x {
						x[i] = e.x
					}
					sum := ExpSum(dst, x, e.max)
					for i, got := range dst {
						if got != e.want && !(got != got && e.want != e.want) &&
							!(math.Abs(float64(got)-float64(e.want)) <= 2e-7*float64(e.want)) {
							t.Fatalf("n %d: dst[%d] = %v, want %v", n, i, got, e.want)
						}
					}
					if (sum != sum) != (e.want != e.want) {
						t.Fatalf("n %d: sum %v of %v", n, sum, e.want)
					}
				}
			})
		})
	}
	if expSumGeneric(make([]float32, 1), []float32{next(expLow, -inf)}, 0) != 0 ||
		expSumGeneric(make([]float32, 1), []float32{expLow}, 0) < smallestNormal {
		t.Error("expLow is not where the reference underflows")
	}
}

func TestVectorsRefuseDifferentLengths(t *testing.T) {
	x, y := make([]float32, 3), make([]float32, 4)
	for name, call := range map[string]func(){
		"dot": func() { Dot(x, y) }, "axpy": func() { Axpy(1, x, y) }, "exp sum": func() { ExpSum(y, x, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			call()
		})
	}
}

func TestVectorsAllocateNothing(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		got := testing.AllocsPerRun(20, func() {
			var x, y [100]float32
			Axpy(2, x[:], y[:])
			ExpSum(x[:], y[:], Dot(x[:], y[:]))
		})
		if got != 0 {
			t.Errorf("%v allocations a call", got)
		}
	})
}

func TestPeak(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		if Peak(0) != 0 || Peak(-1) != 0 {
			t.Error("no turns, yet operations")
		}
		one, many := Peak(1), Peak(1000)
		if current := Name(); current == "avx2" || current == "avx512" {
			if one <= 0 || math.Abs(many-1000*one) > 1e-9 {
				t.Errorf("%v operations a turn, %v in a thousand", one, many)
			}
		} else if many != 0 {
			t.Errorf("%v operations without a loop", many)
		}
	})
}
