package cpu

// ProjectParams: y = act(n w^T + bias + res), where n is x or, with G, its rows
// normalised by Norm. One dispatch may do several products:
// Layers x Views of them, each of Rows rows. In must be a multiple of 4.
type ProjectParams struct {
	Rows, In, Out uint32
	ReLU          uint32 // 1: max(0, .)
	G, Bias, Res  uint32 // 1: bound
	Eps           float32
	Parts         uint32 // more than 1: the sum of products of that many views with as many weights, one behind the other
	Layers, Views uint32 // weights and views
	From          uint32 // row of y where the result begins
	W, WStride    uint32 // where the weights of layer 0 begin, and how far those of the next are; multiples of 4
}

// Project is a projection, usually of normalised rows. Bindings: x [Views +
// Parts - 1, Rows, In], g [In] or empty, w, of which each layer has [Parts, Out,
// In], bias [Out] or empty, res [Rows, Out] or empty, y [Views, Layers, Rows, Out].
func Project[T Float](a *Args[T]) {
	p := Unpack[ProjectParams](&a.P)
	x, g, w, y := a.B[0].F, a.B[1].F, a.B[2].F, a.B[5].F[p.From*p.Out:]
	rows, in, out := int(p.Rows), int(p.In), int(p.Out)
	if p.G == 1 {
		n := make([]T, len(x))
		run(Norm, NormParams{Rows: (p.Views + p.Parts - 1) * p.Rows, Width: p.In, Eps: p.Eps}, x, g, n)
		x = n
	}
	for layer := range int(p.Layers) {
		for view := range int(p.Views) {
			y := y[(view*int(p.Layers)+layer)*rows*out:][:rows*out]
			res := a.B[4].F
			for part := range int(p.Parts) {
				lin := LinearParams{Rows: p.Rows, In: p.In, Out: p.Out, Res: p.Res}
				if part > 0 {
					res, lin.Res = append([]T(nil), y...), 1
				}
				if part == int(p.Parts)-1 {
					lin.ReLU, lin.Bias = p.ReLU, p.Bias
				}
				run(Linear, lin, x[(view+part)*rows*in:], w[int(p.W)+layer*int(p.WStride)+part*out*in:], a.B[3].F, res, y)
			}
		}
	}
}

// run calls a twin on float bindings.
func run[T Float, P any](twin func(*Args[T]), p P, bind ...[]T) {
	a := Args[T]{P: Pack(p)}
	for i, b := range bind {
		a.B[i].F = b
	}
	twin(&a)
}
