package cpu

import (
	"cmp"
	"slices"
)

// SelectParams: of the Keep children of each of Rows beams of a level the best
// Next become the beams of the next one.
type SelectParams struct {
	Rows, Keep, Next uint32
	Level            uint32 // of the code that the children add
	First            uint32 // row of the code table of that level's first code
	Width            uint32 // rows of the cache a level
	Stride           uint32 // beams between the states of two levels
}

// Select merges the children of all beams, the highest rank first, equal ones in
// item order, and writes down what the decoder needs for the next code: of each
// beam the row of the code table, and the rows of the cache that its ancestors
// and it have. Bindings: children [Rows, Keep] as Expand lists them, states
// [levels+1, Stride] beams, of which level Level is read and Level+1 written,
// table [Next], keys [Next, Level+2].
func Select[T Float](a *Args[T]) {
	p := Unpack[SelectParams](&a.P)
	children, states, table, keys := a.B[0].U, a.B[1].U, a.B[2].U, a.B[3].U
	all := make([]Beam, p.Rows*p.Keep)
	for i := range all {
		all[i] = LoadBeam(children, i)
	}
	slices.SortStableFunc(all, func(x, y Beam) int {
		return cmp.Or(cmp.Compare(y.Rank, x.Rank), cmp.Compare(x.Lo, y.Lo))
	})
	for b := range p.Next {
		s := all[b]
		StoreBeam(states, int((p.Level+1)*p.Stride+b), s)
		table[b] = p.First + s.Code
		mine := keys[b*(p.Level+2) : (b+1)*(p.Level+2)]
		mine[p.Level+1] = (p.Level+1)*p.Width + b
		at := s.Parent
		for l := int(p.Level); l >= 0; l-- {
			mine[l] = uint32(l)*p.Width + at
			at = LoadBeam(states, l*int(p.Stride)+int(at)).Parent
		}
	}
}
