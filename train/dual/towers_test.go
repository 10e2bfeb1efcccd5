package dual

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// plain64 are the products in double precision, plainly.
var plain64 = kernels[float64]{
	mul: func(tA, tB bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int, acc bool) {
		at := func(t bool, x []float64, ld, i, j int) float64 {
			if t {
				return x[j*ld+i]
			}
			return x[i*ld+j]
		}
		for i := range m {
			for j := range n {
				var s float64
				if acc {
					s = c[i*ldc+j]
				}
				for l := range k {
					s += at(tA, a, lda, i, l) * at(tB, b, ldb, l, j)
				}
				c[i*ldc+j] = s
			}
		}
	},
	axpy: func(alpha float64, x, y []float64) {
		for i, v := range x {
			y[i] += alpha * v
		}
	},
	dot: func(x, y []float64) (s float64) {
		for i, v := range x {
			s += v * y[i]
		}
		return s
	},
	expSum: func(dst, x []float64, max float64) (s float64) {
		for i, v := range x {
			dst[i] = math.Exp(v - max)
			s += dst[i]
		}
		return s
	},
}

// example is small towers and a batch for them: bags with a piece twice, an item
// without text, one whose text has word vectors alone, one without media, a query
// without words, and masked pairs.
func example(threads int) (*towers[float64], *batch[float64]) {
	const pieces, d, sense, media, n = 9, 5, 3, 4, 6
	rng := rand.New(rand.NewPCG(1, 2))
	m := newTowers(plain64, pieces, d, sense, media, n, threads, 2.5)
	for i := range m.theta {
		m.theta[i] = rng.NormFloat64()
	}
	b := &batch[float64]{mask: [][2]int{{0, 3}, {4, 1}}}
	random := func(k int) (g bag) {
		for range k {
			g.ids, g.weight = append(g.ids, uint32(rng.IntN(pieces))), append(g.weight, 0.5+rng.Float32())
		}
		return g
	}
	for i := range n {
		b.query, b.text = append(b.query, random(2+i)), append(b.text, random(3))
		for range media {
			b.media = append(b.media, rng.NormFloat64())
		}
		for range sense {
			b.querySense, b.textSense = append(b.querySense, rng.NormFloat64()), append(b.textSense, rng.NormFloat64())
		}
	}
	b.query[5], b.text[2], b.text[4] = bag{}, bag{}, bag{}
	clear(b.querySense[5*sense:])
	clear(b.textSense[2*sense : 3*sense])
	clear(b.media[3*media : 4*media])
	return m, b
}

func TestGradient(t *testing.T) {
	for _, threads := range []int{1, 2, 7} {
		m, b := example(threads)
		grad := make([]float64, len(m.theta))
		m.gradient(b, grad)
		const h = 1e-6
		worst := 0.0
		for i, keep := range m.theta {
			scratch := make([]float64, len(m.theta))
			m.theta[i] = keep + h
			up := m.gradient(b, scratch)
			m.theta[i] = keep - h
			down := m.gradient(b, scratch)
			m.theta[i] = keep
			want := (up - down) / (2 * h)
			e := math.Abs(grad[i]-want) / (1e-3 + math.Abs(want))
			if e > 1e-5 {
				t.Errorf("%d threads, parameter %d: gradient %g, differences %g", threads, i, grad[i], want)
			}
			worst = max(worst, e)
		}
		t.Logf("%d parameters, largest relative difference %.1e", len(m.theta), worst)
	}
}

// The loss is the one of the definition: logits with masked pairs left out,
// cross-entropy along rows and along columns.
func TestLoss(t *testing.T) {
	m, b := example(2)
	got := m.gradient(b, make([]float64, len(m.theta)))
	n := len(b.query)
	logit := func(i, j int) float64 {
		if slices.Contains(b.mask, [2]int{i, j}) {
			return math.Inf(-1)
		}
		return m.scale * m.dot(m.q[i*m.d:][:m.d], m.y[j*m.d:][:m.d])
	}
	want := 0.0
	for i := range n {
		var row, col float64
		for j := range n {
			row += math.Exp(logit(i, j))
			col += math.Exp(logit(j, i))
		}
		want += (math.Log(row) + math.Log(col) - 2*logit(i, i)) / float64(2*n)
	}
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("loss %g, want %g", got, want)
	}
}

// The float32 towers that train are the float64 ones that were checked.
func TestGradientInSinglePrecision(t *testing.T) {
	m, b := example(2)
	grad := make([]float64, len(m.theta))
	loss := m.gradient(b, grad)
	m32 := newTowers(single, m.pieces, m.d, m.sense, m.media, len(b.query), 2, float32(m.scale))
	for i, v := range m.theta {
		m32.theta[i] = float32(v)
	}
	narrow := func(x []float64) (out []float32) {
		for _, v := range x {
			out = append(out, float32(v))
		}
		return out
	}
	b32 := &batch[float32]{query: b.query, text: b.text, mask: b.mask, querySense: narrow(b.querySense), textSense: narrow(b.textSense), media: narrow(b.media)}
	grad32 := make([]float32, len(grad))
	if loss32 := m32.gradient(b32, grad32); math.Abs(loss-float64(loss32)) > 1e-5 {
		t.Errorf("losses %g and %g", loss, loss32)
	}
	for i, g := range grad {
		if math.Abs(g-float64(grad32[i])) > 1e-5 {
			t.Errorf("parameter %d: gradients %g and %g", i, g, grad32[i])
		}
	}
}
