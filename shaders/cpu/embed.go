package cpu

import "math"

// EmbedParams: rows of width Width.
type EmbedParams struct {
	Rows, Width uint32
}

// Embed gives each row the sum of its pieces' vectors, over the square root of
// their number, and the vector of its place:
// y[r] = table[p] summed over p in pieces[start[r]:start[r+1]] / sqrt(n) + places[place[r]].
// Bindings: pieces, start [Rows+1], place [Rows], table [., Width],
// places [., Width], y [Rows, Width].
func Embed[T Float](a *Args[T]) {
	p := Unpack[EmbedParams](&a.P)
	pieces, start, place, table, places, y := a.B[0].U, a.B[1].U, a.B[2].U, a.B[3].F, a.B[4].F, a.B[5].F
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		ps := pieces[start[r]:start[r+1]]
		scale := EmbedScale[T](len(ps))
		for i := 0; i < w; i++ {
			var s T
			for _, t := range ps {
				s += table[int(t)*w+i]
			}
			y[r*w+i] = s*scale + places[int(place[r])*w+i]
		}
	}
}

// EmbedScale is 1/sqrt(n), the weight of each of n pieces.
func EmbedScale[T Float](n int) T { return T(1 / math.Sqrt(float64(max(n, 1)))) }
