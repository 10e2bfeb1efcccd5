package cpu

import "ace/shaders/cpu"

// Gate is the gradient of cpu.Gate by c and g. Bindings: c, g, dy, dc, dg.
func Gate[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[cpu.GateParams](&a.P)
	c, g, dy, dc, dg := a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F, a.B[4].F
	for i := 0; i < int(p.N); i++ {
		s := cpu.Sigmoid(g[i])
		dc[i] += T(p.Scale) * dy[i] * s
		dg[i] += T(p.Scale) * dy[i] * c[i] * s * (1 - s)
	}
}
