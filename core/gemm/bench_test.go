package gemm

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// eachKernelBenchmark runs the benchmark for every set of kernels and tells it
// the peak of the machine in GFLOP/s, 0 where unknown.
func eachKernelBenchmark(b *testing.B, bench func(b *testing.B)) {
	for _, k := range supported() {
		b.Run(k.String(), func(b *testing.B) {
			defer use(use(k))
			bench(b)
		})
	}
}

// A processor that is shared is interrupted and changes its clock rate, so what
// is reported is the best of many short samples: of the call and, in the same
// run, of Peak.
const sample = 50 * time.Microsecond

// fastest returns the seconds a call took at best, measured in samples while
// b.Loop goes on.
func fastest(b *testing.B, call func()) float64 {
	call()
	start := time.Now()
	call()
	calls := 1 + int(sample/(time.Since(start)+1))
	best := time.Duration(1 << 62)
	for b.Loop() {
		start := time.Now()
		for range calls {
			call()
		}
		best = min(best, time.Since(start))
	}
	b.ReportMetric(0, "ns/op")
	return best.Seconds() / float64(calls)
}

// peakSpeed is the best speed of Peak, in GFLOP/s.
func peakSpeed() (best float64) {
	for range 100 {
		start := time.Now()
		gflop := Peak(10_000)
		best = max(best, gflop/time.Since(start).Seconds())
	}
	return best
}

func BenchmarkPeak(b *testing.B) {
	eachKernelBenchmark(b, func(b *testing.B) {
		var gflop float64
		seconds := fastest(b, func() { gflop = Peak(10_000) })
		b.ReportMetric(gflop/seconds, "GFLOP/s")
	})
}

// The products of training and of search, as m, n, k of C [m, n] = A·B over k.
var (
	tokens  = [][3]int{{2048, 256, 256}, {1024, 1024, 256}, {1024, 256, 1024}, {500, 128, 128}, {3000, 192, 192}, {1500, 384, 384}, {1000, 512, 512}}
	logits  = [][3]int{{640, 64, 256}, {640, 256, 256}, {640, 512, 256}}
	weights = [][3]int{{256, 256, 2048}, {1024, 256, 1024}, {256, 1024, 1024}, {128, 128, 500}, {192, 192, 3000}, {384, 384, 1500}, {512, 512, 1000}, {64, 256, 640}}
	heads   = [][3]int{{24, 24, 64}, {24, 64, 24}, {12, 12, 32}, {12, 32, 12}, {64, 64, 64}}
	steps   = [][3]int{{1, 256, 256}, {1, 1024, 256}, {1, 1024, 1024}, {4, 256, 256}, {10, 256, 256}, {10, 1024, 256}, {10, 256, 1024}, {10, 1024, 1024}, {20, 256, 256}, {20, 1024, 1024}}
)

func BenchmarkMul(b *testing.B) {
	for _, set := range []struct {
		name   string
		form   form
		bytes  int // of all B together: a decoder's weights do not stay in a cache
		shapes [][3]int
	}{
		{"forward", form{tB: true}, 0, append(tokens, logits...)}, // X·Wᵀ
		{"plain", form{}, 0, append(tokens, logits...)},           // dY·W
		{"weights", form{tA: true, acc: true}, 0, weights},        // dYᵀ·X
		{"headsT", form{tB: true}, 0, heads},                      // Q·Kᵀ
		{"heads", form{}, 0, heads},                               // P·V
		{"headsA", form{tA: true}, 0, heads},                      // Pᵀ·dY
		{"stepsT", form{tB: true}, 16 << 20, steps},
		{"steps", form{}, 16 << 20, steps},
	} {
		b.Run(set.name, func(b *testing.B) {
			eachKernelBenchmark(b, func(b *testing.B) {
				for _, s := range set.shapes {
					benchmarkMul(b, set.form, s[0], s[1], s[2], set.bytes)
				}
			})
		})
	}
}

func benchmarkMul(b *testing.B, f form, m, n, k, bytes int) {
	b.Run(fmt.Sprintf("%dx%dx%d", m, n, k), func(b *testing.B) {
		r := rand.New(rand.NewPCG(1, 2))
		x, z := newMatrix(m, k, k), newMatrix(m, n, n)
		x.fill(reals(r))
		z.fill(reals(r))
		var ys []matrix
		for range max(1, bytes/(4*n*k)) {
			y := newMatrix(k, n, n)
			y.fill(reals(r))
			_, y = f.stored(x, y, 0)
			ys = append(ys, y)
		}
		x, _ = f.stored(x, ys[0], 0)
		peak := peakSpeed()
		seconds := fastest(b, func() {
			for _, y := range ys {
				mulMatrix(f, m, n, k, x, y, z)
			}
		})
		speed := 2e-9 * float64(m*n*k*len(ys)) / seconds
		b.ReportMetric(speed, "GFLOP/s")
		if peak = max(peak, peakSpeed()); peak > 0 {
			b.ReportMetric(100*speed/peak, "%peak")
		}
	})
}

func BenchmarkVector(b *testing.B) {
	eachKernelBenchmark(b, func(b *testing.B) {
		for _, n := range []int{32, 256, 4096} {
			x, y := make([]float32, n), make([]float32, n)
			r := rand.New(rand.NewPCG(1, 2))
			for i := range x {
				x[i], y[i] = r.Float32(), r.Float32()
			}
			elements := func(b *testing.B, f func()) {
				b.ReportMetric(1e-9*float64(n)/fastest(b, f), "Gelement/s")
			}
			var sink float32
			b.Run(fmt.Sprintf("dot/%d", n), func(b *testing.B) { elements(b, func() { sink += Dot(x, y) }) })
			b.Run(fmt.Sprintf("axpy/%d", n), func(b *testing.B) { elements(b, func() { Axpy(1e-9, x, y) }) })
			b.Run(fmt.Sprintf("expsum/%d", n), func(b *testing.B) { elements(b, func() { sink += ExpSum(y, x, 1) }) })
		}
	})
}
