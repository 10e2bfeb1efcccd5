package identify

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core/gemm"
)

// mul64 is gemm.Mul in float64, plainly.
func mul64(tA, tB bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int, acc bool) {
	for i := range m {
		for j := range n {
			var s float64
			if acc {
				s = c[i*ldc+j]
			}
			for l := range k {
				var x, y float64
				if tA {
					x = a[l*lda+i]
				} else {
					x = a[i*lda+l]
				}
				if tB {
					y = b[j*ldb+l]
				} else {
					y = b[l*ldb+j]
				}
				s += x * y
			}
			c[i*ldc+j] = s
		}
	}
}

// differ compares a gradient with central differences of f in theta.
func differ(t *testing.T, theta, grad []float64, f func() float64) {
	t.Helper()
	const h = 1e-6
	worst := 0.0
	for i := range theta {
		keep := theta[i]
		theta[i] = keep + h
		up := f()
		theta[i] = keep - h
		down := f()
		theta[i] = keep
		want := (up - down) / (2 * h)
		if e := math.Abs(grad[i]-want) / (1e-3 + math.Abs(want)); e > 1e-5 {
			t.Errorf("parameter %d: gradient %g, differences %g", i, grad[i], want)
		} else {
			worst = max(worst, e)
		}
	}
	t.Logf("%d parameters, largest relative difference %.1e", len(theta), worst)
}

// example is a small model in float64, and m inputs in the shard. Biases are
// away from 0, so that no rectifier is at its corner.
func example(m int) (*rqvae[float64], *shard[float64]) {
	rng := rand.New(rand.NewPCG(4, 4))
	q := newRQVAE[float64]([]int{7, 9, 6, 3}, 0.25)
	q.enc.start(rng)
	q.dec.start(rng)
	for i := range q.theta {
		q.theta[i] += 0.05 * rng.NormFloat64()
	}
	s := q.newShard(2, 5)
	for i := range s.enc.out[0][:m*7] {
		s.enc.out[0][i] = rng.NormFloat64()
	}
	return q, s
}

func TestGradientOfTheAutoencoder(t *testing.T) {
	const m, batch = 11, 20
	q, s := example(m)
	q.gradient(mul64, s, m, batch)
	grad := slices.Clone(s.grad)
	differ(t, q.theta, grad, func() float64 {
		q.gradient(mul64, s, m, batch)
		return s.loss
	})
}

// With codebooks the gradient is that of a loss in which what the quantiser
// changed is held: the codes, and the step from each latent to the sum of its
// codes.
func TestGradientThroughTheQuantiser(t *testing.T) {
	const m, batch, d, latent = 11, 20, 7, 3
	q, s := example(m)
	rng := rand.New(rand.NewPCG(5, 5))
	books := [][]float64{make([]float64, 4*latent), make([]float64, 5*latent)}
	for _, b := range books {
		for i := range b {
			b[i] = rng.NormFloat64()
		}
	}
	q.setBooks(books)
	q.gradient(mul64, s, m, batch)
	grad, loss := slices.Clone(s.grad), s.loss
	sum := slices.Clone(s.dec.out[0][:m*latent])
	z0 := slices.Clone(s.enc.out[q.enc.layers()][:m*latent])
	var parts [][]float64 // per level, what the codes up to it sum to
	for l := range books {
		part := make([]float64, m*latent)
		for i := range part {
			part[i] = z0[i] - s.rest[l+1][i]
		}
		parts = append(parts, part)
	}
	held := func() float64 {
		z := q.enc.forward(mul64, s.enc, m)
		for i, v := range z {
			s.dec.out[0][i] = v + (sum[i] - z0[i])
		}
		var loss float64
		for i, v := range q.dec.forward(mul64, s.dec, m) {
			e := v - s.enc.out[0][i]
			loss += e * e / (batch * d)
		}
		for _, part := range parts {
			for i, v := range z {
				e := v - part[i]
				loss += 0.25 * e * e / (batch * latent)
			}
		}
		return loss
	}
	if h := held(); math.Abs(h-loss) > 1e-12 {
		t.Fatalf("loss %g, recomputed %g", loss, h)
	}
	differ(t, q.theta, grad, held)
}

// The float32 model that trains is the float64 one that was checked.
func TestGradientInSinglePrecision(t *testing.T) {
	const m, batch = 11, 20
	q, s := example(m)
	q.gradient(mul64, s, m, batch)
	q32 := newRQVAE[float32]([]int{7, 9, 6, 3}, 0.25)
	for i, v := range q.theta {
		q32.theta[i] = float32(v)
	}
	s32 := q32.newShard(2, 5)
	for i, v := range s.enc.out[0] {
		s32.enc.out[0][i] = float32(v)
	}
	q32.gradient(gemm.Mul, s32, m, batch)
	if e := math.Abs(s.loss - s32.loss); e > 1e-6 {
		t.Errorf("losses %g and %g", s.loss, s32.loss)
	}
	for i, g := range s.grad {
		if e := math.Abs(g - float64(s32.grad[i])); e > 1e-5 {
			t.Errorf("parameter %d: gradients %g and %g", i, g, s32.grad[i])
		}
	}
}
