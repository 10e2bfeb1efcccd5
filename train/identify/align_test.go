package identify

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The contrast by itself, against a plain computation of the loss, and on top of
// the other terms.
func TestGradientOfTheContrast(t *testing.T) {
	const m, batch, d, c, latent = 11, 20, 7, 4, 3
	q, s := example(m)
	rng := rand.New(rand.NewPCG(6, 6))
	s.contrast = make([]float64, m*m)
	q.weight, q.text = 0.3, c
	y, x := s.dec.out[q.dec.layers()], s.enc.out[0]
	for i := range m * d {
		y[i] = rng.NormFloat64()
	}
	dy := s.dec.dout[q.dec.layers()]
	clear(dy)
	loss := q.align(mul64, s, m, batch)
	grad := slices.Clone(dy[:m*d])

	// The loss, plainly.
	plain := func() float64 {
		var size, sum float64
		dot := func(i, j int) (s float64) {
			for k := range c {
				s += y[i*d+k] * x[j*d+k]
			}
			return s
		}
		for i := range m {
			for k := range c {
				size += x[i*d+k] * x[i*d+k] / m
			}
		}
		for i := range m {
			var all float64
			for j := range m {
				all += math.Exp((dot(i, j) - dot(i, i)) / (0.07 * size))
			}
			sum += math.Log(all)
		}
		return 0.3 * sum / batch
	}
	if p := plain(); math.Abs(p-loss) > 1e-9*p {
		t.Errorf("loss %g, plainly %g", loss, p)
	}
	differ(t, y[:m*d], grad, plain)

	// In the model it comes on top, once there are codes.
	total := func() float64 { q.gradient(mul64, s, m, batch); return s.loss }
	with := total()
	q.weight = 0
	without := total()
	if with != without {
		t.Errorf("without codes: losses %g and %g", with, without)
	}
	q.setBooks([][]float64{make([]float64, latent)})
	without = total()
	bare := slices.Clone(dy[:m*d])
	q.weight = 0.3
	with = total()
	if p := plain(); math.Abs(with-without-p) > 1e-9*with {
		t.Errorf("losses %g and %g, the contrast alone is %g", with, without, p)
	}
	clear(dy)
	q.align(mul64, s, m, batch)
	alone := slices.Clone(dy[:m*d])
	total()
	for i, v := range dy[:m*d] {
		if math.Abs(v-bare[i]-alone[i]) > 1e-12 {
			t.Fatalf("gradient %d is %g, of its parts %g and %g", i, v, bare[i], alone[i])
		}
	}
	clear(x)
	if l := q.align(mul64, s, m, batch); l != 0 {
		t.Errorf("nothing to contrast: loss %g", l)
	}
}

// What texts say is a small part of the vectors here; the contrast keeps more of
// it in the identifiers.
func TestContrastKeepsWhatTextsSay(t *testing.T) {
	const n, d, text = 600, 32, 8
	x := cloud(19, n, d, 200)
	other := cloud(20, n, d, 50)
	held := Held{}
	for i := range n {
		for j := range d {
			if j >= text {
				x[i*d+j] = 4 * other[i*d+j]
			}
		}
		held.Items = append(held.Items, i)
		held.Texts = append(append(held.Texts, x[i*d:][:text]...), make([]float32, d-text)...)
	}
	held.Without = x
	found := func(weight float64) float64 {
		cfg := quick(n, d)
		cfg.Align, cfg.Text = weight, text
		r, err := AssessTexts(train(t, x, n, d, cfg), x, held)
		if err != nil {
			t.Fatal(err)
		}
		return r.Quantised
	}
	plain, aligned := found(0), found(0.1)
	t.Logf("%.1f %% find their item, with the contrast %.1f %%", plain, aligned)
	if aligned < plain+5 {
		t.Errorf("%.1f %% find their item, with the contrast %.1f %%", plain, aligned)
	}
}
