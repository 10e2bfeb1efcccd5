//go:build avo

package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// access is how one vector of a sweep meets memory: wholly or, at the end, as
// far as there are elements.
type access struct {
	disp  int // from the pointers
	load  func(Mem, reg.VecVirtual)
	store func(v, spare reg.VecVirtual, to Mem)
	keep  func(reg.VecVirtual) // clears what lies past the end
}

// sweep visits n > 0 elements: turns of `chains` vectors, single vectors, and a
// last vector under a mask. body gets the number of the vector in its turn.
func sweep(s isa, chains int, n reg.GPVirtual, pointers []reg.GPVirtual, body func(i int, a access)) {
	loop := func(label, next string, count int) {
		SUBQ(I32(count*s.Lanes), n)
		JL(LabelRef(next))
		Label(label)
		for i := range count {
			body(i, access{
				i * s.bytes(),
				func(m Mem, v reg.VecVirtual) { VMOVUPS(m, v) },
				func(v, _ reg.VecVirtual, m Mem) { VMOVUPS(v, m) },
				func(reg.VecVirtual) {},
			})
		}
		for _, p := range pointers {
			ADDQ(I32(count*s.bytes()), p)
		}
		SUBQ(I32(count*s.Lanes), n)
		JGE(LabelRef(label))
		Label(next)
		ADDQ(I32(count*s.Lanes), n)
	}
	loop("many", "few", chains)
	loop("single", "last", 1)
	JZ(LabelRef("done"))
	m := s.masks(1, n)
	body(0, access{
		0,
		func(from Mem, v reg.VecVirtual) { m.load(0, from, v) },
		func(v, spare reg.VecVirtual, to Mem) { m.store(0, v, spare, to) },
		func(v reg.VecVirtual) { m.keep(0, v) },
	})
	Label("done")
}

// total adds up the lanes of all vectors and returns the sum.
func (s isa) total(v []reg.VecVirtual) reg.Register {
	for n := len(v) / 2; n > 0; n /= 2 {
		for i := range n {
			VADDPS(v[i+n], v[i], v[i])
		}
	}
	return s.reduce(v[:1], VADDPS)
}

func dot(s isa) {
	TEXT("dot"+s.Name, NOSPLIT, "func(n int, x, y *float32) float32")
	Pragma("noescape")
	n, x, y := param("n"), param("x"), param("y")
	sums := s.vecs(8) // enough to hide the latency of a fused multiply-add
	s.zero(sums...)
	v, w := s.vec(), s.vec()
	sweep(s, len(sums), n, []reg.GPVirtual{x, y}, func(i int, m access) {
		m.load(Mem{Base: x, Disp: m.disp}, v)
		m.load(Mem{Base: y, Disp: m.disp}, w)
		VFMADD231PS(v, w, sums[i])
	})
	sum := s.total(sums)
	VZEROUPPER()
	Store(sum, ReturnIndex(0))
	RET()
}

func axpy(s isa) {
	TEXT("axpy"+s.Name, NOSPLIT, "func(n int, alpha float32, x, y *float32)")
	Pragma("noescape")
	n, x, y := param("n"), param("x"), param("y")
	a := s.vec()
	address, _ := Param("alpha").Resolve()
	VBROADCASTSS(address.Addr, a)
	v, w := s.vec(), s.vec()
	sweep(s, 4, n, []reg.GPVirtual{x, y}, func(_ int, m access) {
		m.load(Mem{Base: x, Disp: m.disp}, v)
		m.load(Mem{Base: y, Disp: m.disp}, w)
		VFMADD231PS(a, v, w)
		m.store(w, v, Mem{Base: y, Disp: m.disp})
	})
	VZEROUPPER()
	RET()
}

// peak runs n turns of 24 fused multiply-adds on 12 registers that do not depend
// on each other.
func peak(s isa) {
	TEXT("peak"+s.Name, NOSPLIT, "func(n int)")
	n := param("n")
	x, sums := s.vec(), s.vecs(12)
	s.zero(x)
	s.zero(sums...)
	Label("turn")
	for i := range 24 {
		VFMADD231PS(x, x, sums[i%12])
	}
	DECQ(n)
	JNZ(LabelRef("turn"))
	VZEROUPPER()
	RET()
}
