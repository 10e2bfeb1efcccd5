package cpu

import "math"

// FusionParams: rows of Width, a multiple of 4 Heads, that attend to Words words in each
// of the views: one if Coarse is 1, and Fine of them; one where both are 0. The
// rest says where in w the tensors begin, in elements, each a multiple of 4.
type FusionParams struct {
	Rows, Width, Heads, Words   uint32
	First, Stride               uint32 // rows of kv where the views begin: the first, and from one to the next
	Coarse, Fine                uint32
	Eps                         float32
	Norm, Query, Out            uint32
	CoarseW, CoarseB            uint32
	FineState, FineCross, FineB uint32
}

// Views is how many views a row attends to.
func (p FusionParams) Views() uint32 { return max(p.Coarse+p.Fine, 1) }

// Scratch is how many floats of room a dispatch takes.
func (p FusionParams) Scratch() int {
	rows := int(p.Rows+Tile-1) / Tile * Tile
	return rows * int(2*p.Width+p.Views()*(2*p.Width+p.Heads*((p.Words+3)/4*4)))
}

// Fusion is what a decoder layer takes from the query (arXiv 2406.17507, section
// 3). With Y = norm(x) and H_v = cross-attention(Y query^T, view v) out^T,
//
//	y = x + H_0 sigmoid(H_0 coarse^T + b) + sum over fine views of H_v sigmoid(Y state^T + H_v cross^T + b) / sqrt(Fine)
//
// and y = x + H_0 where there is neither branch. Bindings: x [Rows, Width], w,
// kv [., 2 Width], scratch, y [Rows, Width].
func Fusion[T Float](a *Args[T]) {
	p := Unpack[FusionParams](&a.P)
	x, w, kv, y := a.B[0].F, a.B[1].F, a.B[2].F, a.B[4].F
	d, n := p.Width, p.Rows*p.Width
	keys, span := make([]uint32, p.Words), make([]uint32, 2*p.Rows)
	for i := range keys {
		keys[i] = uint32(i)
	}
	for r := range p.Rows {
		span[2*r+1] = p.Words
	}
	state, query := make([]T, n), make([]T, n)
	run(Norm, NormParams{Rows: p.Rows, Width: d, Eps: p.Eps}, x, w[p.Norm:], state)
	square := LinearParams{Rows: p.Rows, In: d, Out: d}
	run(Linear, square, state, w[p.Query:], nil, nil, query)
	copy(y[:n], x)
	for v := range p.Views() {
		seen, h, gate := make([]T, n), make([]T, n), make([]T, n)
		Attention(&Args[T]{
			P: Pack(AttentionParams{Rows: p.Rows, Heads: p.Heads, Head: d / p.Heads, QStride: d, KVStride: 2 * d, VOff: d}),
			B: [MaxBindings]View[T]{{F: query}, {F: kv[(p.First+v*p.Stride)*2*d:]}, {U: keys}, {U: span}, {F: seen}},
		})
		run(Linear, square, seen, w[p.Out:], nil, nil, h)
		biased, scale := square, T(1)
		biased.Bias = 1
		switch {
		case p.Coarse+p.Fine == 0:
			for i := range h {
				y[i] += h[i]
			}
			continue
		case p.Coarse == 1 && v == 0:
			run(Linear, biased, h, w[p.CoarseW:], w[p.CoarseB:], nil, gate)
		default:
			fine := make([]T, n)
			run(Linear, biased, state, w[p.FineState:], w[p.FineB:], nil, fine)
			square.Res = 1
			run(Linear, square, h, w[p.FineCross:], nil, fine, gate)
			square.Res = 0
			scale = 1 / T(math.Sqrt(float64(p.Fine)))
		}
		run(Gate, GateParams{N: n, Scale: float32(scale), Res: 1}, h, gate, append([]T(nil), y[:n]...), y)
	}
}
