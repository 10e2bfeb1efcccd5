package cpu

// FeedForwardParams: rows of Width through a layer of Hidden, both multiples of 4.
type FeedForwardParams struct {
	Rows, Width, Hidden uint32
	Eps                 float32
}

// Slices is how many sums each output of FeedForward is taken in.
const Slices = 4

// Scratch is how many floats of room a dispatch takes.
func (p FeedForwardParams) Scratch() int {
	rows := int(p.Rows+Tile-1) / Tile * Tile
	return rows * int(p.Hidden+Slices*p.Width)
}

// FeedForward is y = x + max(0, norm(x, g) up^T) down^T. Bindings:
// x [Rows, Width], g [Width], up [Hidden, Width], down [Width, Hidden], scratch,
// y [Rows, Width].
func FeedForward[T Float](a *Args[T]) {
	p := Unpack[FeedForwardParams](&a.P)
	x, g, up, down, y := a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F, a.B[5].F
	n, h := make([]T, p.Rows*p.Width), make([]T, p.Rows*p.Hidden)
	run(Norm, NormParams{Rows: p.Rows, Width: p.Width, Eps: p.Eps}, x, g, n)
	run(Linear, LinearParams{Rows: p.Rows, In: p.Width, Out: p.Hidden, ReLU: 1}, n, up, nil, nil, h)
	run(Linear, LinearParams{Rows: p.Rows, In: p.Hidden, Out: p.Width, Res: 1}, h, down, nil, x, y)
}
