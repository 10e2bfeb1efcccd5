package cpu

import "ace/shaders/cpu"

// Embed is the gradient of cpu.Embed. Bindings: pieces, start, place, dy,
// dtable, dplaces.
func Embed[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[cpu.EmbedParams](&a.P)
	pieces, start, place, dy, dtable, dplaces := a.B[0].U, a.B[1].U, a.B[2].U, a.B[3].F, a.B[4].F, a.B[5].F
	w := int(p.Width)
	for r := 0; r < int(p.Rows); r++ {
		ps := pieces[start[r]:start[r+1]]
		scale := cpu.EmbedScale[T](len(ps))
		for i := 0; i < w; i++ {
			for _, t := range ps {
				dtable[int(t)*w+i] += dy[r*w+i] * scale
			}
			dplaces[int(place[r])*w+i] += dy[r*w+i]
		}
	}
}
