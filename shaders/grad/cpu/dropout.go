package cpu

import "ace/shaders/cpu"

// DropoutParams: N elements, of which Drop in 256 are cleared; Seed names the
// draw.
type DropoutParams struct {
	N, Drop, Seed uint32
}

// Dropout gives y = res + mask x / (1 - Drop/256). Bindings: x, res or empty, y.
func Dropout[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[DropoutParams](&a.P)
	x, res, y := a.B[0].F, a.B[1].F, a.B[2].F
	scale := 256 / T(256-p.Drop)
	for i := 0; i < int(p.N); i++ {
		var v T
		if Kept(p.Seed, i, p.Drop) {
			v = x[i] * scale
		}
		if len(res) > 0 {
			v += res[i]
		}
		y[i] = v
	}
}

// DropoutX adds to dx the gradient by x. Bindings: dy, dx.
func DropoutX[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[DropoutParams](&a.P)
	dy, dx := a.B[0].F, a.B[1].F
	scale := 256 / T(256-p.Drop)
	for i := 0; i < int(p.N); i++ {
		if Kept(p.Seed, i, p.Drop) {
			dx[i] += dy[i] * scale
		}
	}
}

// Kept draws for element i: one hash serves four elements, a byte each.
func Kept(seed uint32, i int, drop uint32) bool {
	return Draw(seed, uint32(i)/4)>>(8*(uint32(i)%4))&255 >= drop
}

// Draw is a counter-based random word (the finaliser of MurmurHash3 over a
// Weyl sequence), so that any device draws alike.
func Draw(seed, counter uint32) uint32 {
	h := seed ^ counter*0x9e3779b1
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}
