package identify

import (
	"math"
	"math/rand/v2"
)

// mlp is a stack of linear layers with a rectifier between them, and beside
// them a shortcut: one matrix that maps the input straight to the output. The
// shortcut lets an autoencoder start as a linear one, which already keeps the
// distances, and learn the rest.
type mlp[F number] struct {
	width []int // of the input, of each hidden layer and of the output
	theta []F   // layer by layer: weights [in, out], then biases [out]; then the shortcut [input, output]
}

// layersSize is how many parameters layers of these widths have, the shortcut
// left out.
func layersSize(width []int) int {
	n := 0
	for i, out := range width[1:] {
		n += (width[i] + 1) * out
	}
	return n
}

// mlpSize is how many parameters an mlp of these widths has.
func mlpSize(width []int) int {
	return layersSize(width) + width[0]*width[len(width)-1]
}

func (n *mlp[F]) layers() int { return len(n.width) - 1 }
func (n *mlp[F]) in() int     { return n.width[0] }
func (n *mlp[F]) out() int    { return n.width[n.layers()] }

// layer gives the weights and biases of layer i out of theta, or their
// gradients out of a slice of the same layout.
func (n *mlp[F]) layer(theta []F, i int) (w, b []F) {
	at := layersSize(n.width[:i+1])
	in, out := n.width[i], n.width[i+1]
	return theta[at:][:in*out], theta[at+in*out:][:out]
}

// shortcut gives the shortcut's weights out of theta, or their gradients.
func (n *mlp[F]) shortcut(theta []F) []F { return theta[layersSize(n.width):] }

// start draws the weights: the hidden layers' by normal numbers of variance
// 2/in (arXiv 1502.01852), the shortcut's so that it nearly keeps lengths when
// it widens, 0 for the last layer and the biases.
func (n *mlp[F]) start(rng *rand.Rand) {
	clear(n.theta)
	for i := range n.layers() - 1 {
		w, _ := n.layer(n.theta, i)
		draw(rng, w, math.Sqrt(2/float64(n.width[i])))
	}
	draw(rng, n.shortcut(n.theta), 1/math.Sqrt(float64(max(n.in(), n.out()))))
}

// draw fills w with normal numbers of this deviation.
func draw[F number](rng *rand.Rand, w []F, deviation float64) {
	for i := range w {
		w[i] = F(rng.NormFloat64() * deviation)
	}
}

// tape keeps the output of each layer [m, width], the input being the first,
// for backward, and there their gradients.
type tape[F number] struct {
	out  [][]F
	dout [][]F
}

// newTape makes room for m rows.
func (n *mlp[F]) newTape(m int) *tape[F] {
	t := &tape[F]{}
	for _, w := range n.width {
		t.out = append(t.out, make([]F, m*w))
		t.dout = append(t.dout, make([]F, m*w))
	}
	return t
}

// forward maps the first m rows of t.out[0] to the output, which is its result.
func (n *mlp[F]) forward(mul product[F], t *tape[F], m int) []F {
	last := n.layers() - 1
	for i := range n.layers() {
		w, b := n.layer(n.theta, i)
		in, out := n.width[i], n.width[i+1]
		y := t.out[i+1][:m*out]
		for r := range m {
			copy(y[r*out:][:out], b)
		}
		mul(false, false, m, out, in, t.out[i], in, w, out, y, out, true)
		if i < last {
			for j, v := range y {
				y[j] = max(v, 0)
			}
		}
	}
	y := t.out[last+1][:m*n.out()]
	mul(false, false, m, n.out(), n.in(), t.out[0], n.in(), n.shortcut(n.theta), n.out(), y, n.out(), true)
	return y
}

// backward takes the gradient of the output from the first m rows of the last
// t.dout, adds those of the parameters to grad, which is laid out as theta is,
// and leaves that of the input in t.dout[0] where that is wanted.
func (n *mlp[F]) backward(mul product[F], t *tape[F], m int, grad []F, wantInput bool) {
	last := n.layers() - 1
	end := t.dout[last+1]
	mul(true, false, n.in(), n.out(), m, t.out[0], n.in(), end, n.out(), n.shortcut(grad), n.out(), true)
	for i := last; i >= 0; i-- {
		w, _ := n.layer(n.theta, i)
		dw, db := n.layer(grad, i)
		in, out := n.width[i], n.width[i+1]
		dy := t.dout[i+1][:m*out]
		if i < last {
			for j, v := range t.out[i+1][:m*out] {
				if v <= 0 {
					dy[j] = 0
				}
			}
		}
		mul(true, false, in, out, m, t.out[i], in, dy, out, dw, out, true)
		for r := range m {
			for j, v := range dy[r*out:][:out] {
				db[j] += v
			}
		}
		if i > 0 || wantInput {
			mul(false, true, m, in, out, dy, out, w, out, t.dout[i], in, false)
		}
	}
	if wantInput {
		mul(false, true, m, n.in(), n.out(), end, n.out(), n.shortcut(n.theta), n.out(), t.dout[0], n.in(), true)
	}
}
