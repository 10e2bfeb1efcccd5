package cpu

// Tile is how many rows a workgroup of the kernels with rounds has.
const Tile = 5

// AttendParams: rows of queries, Heads heads of width Head, a multiple of 4. Row
// r has its query, key and value, each as wide as all heads, in row From + r of
// qkv. No row has more than Keys keys.
type AttendParams struct {
	Rows, Heads, Head, From, Keys uint32
}

// Scratch is how many floats of room a dispatch takes.
func (p AttendParams) Scratch() int {
	rows := int(p.Rows+Tile-1) / Tile * Tile
	return rows * int(p.Heads*p.Head+p.Heads*((p.Keys+3)/4*4))
}

// Attend is Attention over qkv, its projection by w and a residual. Bindings:
// qkv [., 3 Heads*Head], keys, span [Rows, 2], w [Heads*Head, Heads*Head],
// res [Rows, Heads*Head], scratch, y [Rows, Heads*Head].
func Attend[T Float](a *Args[T]) {
	p := Unpack[AttendParams](&a.P)
	qkv, keys, span, w, res, y := a.B[0].F, a.B[1].U, a.B[2].U, a.B[3].F, a.B[4].F, a.B[6].F
	d := p.Heads * p.Head
	seen := make([]T, p.Rows*d)
	Attention(&Args[T]{
		P: Pack(AttentionParams{Rows: p.Rows, Heads: p.Heads, Head: p.Head, QStride: 3 * d, QOff: p.From * 3 * d, KVStride: 3 * d, KOff: d, VOff: 2 * d}),
		B: [MaxBindings]View[T]{{F: qkv}, {F: qkv}, {U: keys}, {U: span}, {F: seen}},
	})
	run(Linear, LinearParams{Rows: p.Rows, In: d, Out: d, Res: 1}, seen, w, nil, res, y)
}
