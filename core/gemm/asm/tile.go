//go:build avo

package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// operands says what a tile knows about its operands beforehand. A known stride
// is a displacement instead of an addition, and additions take turns at the
// ports of the multiply-adds.
type operands struct {
	kind     string
	csa, rsb int // bytes; 0: an argument
}

const unroll = 4

// tile computes a block of C in registers: nr rows, nv vectors wide, cols of
// the columns in use. For each p one row of B is loaded and every element of a
// column of A is broadcast against it. Element (i, p) of A is at a + i·rsa +
// p·csa, row p of B at b + p·rsb, row i of C at c + i·ldc.
func tile(s isa, nr, nv int, o operands) {
	TEXT(s.TileName(nr, nv, o.kind), NOSPLIT,
		"func(k int, a *float32, rsa, csa int, b *float32, rsb int, c *float32, ldc, cols, acc int)")
	Pragma("noescape")
	k := param("k")
	a := rowsFrom(param("a"), param("rsa"), nr)
	b := param("b")
	var csa, rsb Op = I32(o.csa), I32(o.rsb)
	if o.csa == 0 {
		csa = param("csa")
	}
	if o.rsb == 0 {
		rsb = param("rsb")
	}
	sums := make([][]reg.VecVirtual, nr)
	for i := range sums {
		sums[i] = s.vecs(nv)
		s.zero(sums[i]...)
	}
	cols := param("cols")
	m := s.masks(nv, cols)

	step := func(masked bool, u int) {
		bv, av := s.vecs(nv), s.vecs(2)
		for j := range bv {
			from := Mem{Base: b, Disp: u*o.rsb + j*s.bytes()}
			if masked {
				m.load(j, from, bv[j])
			} else {
				VMOVUPS(from, bv[j])
			}
		}
		for i := range nr {
			x := av[i%2]
			VBROADCASTSS(a.at(i, u*o.csa), x)
			for j := range bv {
				VFMADD231PS(bv[j], x, sums[i][j])
			}
		}
	}
	// advance follows each of the steps with an unknown stride and, where the
	// stride is known, `steps` of them together.
	advance := func(steps int, last bool) {
		if o.rsb == 0 {
			ADDQ(rsb, b)
		} else if last {
			ADDQ(I32(steps*o.rsb), b)
		}
		if o.csa == 0 {
			a.advance(csa)
		} else if last {
			a.advance(I32(steps * o.csa))
		}
	}
	CMPQ(cols, I32(nv*s.Lanes))
	JNE(LabelRef("masked"))
	turns := GP64()
	MOVQ(k, turns)
	SHRQ(Imm(2), turns)
	JZ(LabelRef("rest"))
	Label("turn")
	for u := range unroll {
		step(false, u)
		advance(unroll, u == unroll-1)
	}
	DECQ(turns)
	JNZ(LabelRef("turn"))
	Label("rest")
	ANDQ(Imm(unroll-1), k)
	JZ(LabelRef("done"))
	Label("single")
	step(false, 0)
	advance(1, true)
	DECQ(k)
	JNZ(LabelRef("single"))
	Label("done")
	store(s, nr, nv, sums, nil)
	Label("masked")
	step(true, 0)
	advance(1, true)
	DECQ(k)
	JNZ(LabelRef("masked"))
	store(s, nr, nv, sums, &m)
}

// store writes the sums to C, or adds them to it, and returns; with masks, only
// some of the columns.
func store(s isa, nr, nv int, sums [][]reg.VecVirtual, m *lanemasks) {
	c, ldc, acc := param("c"), param("ldc"), param("acc")
	set := "set"
	if m != nil {
		set = "setmasked"
	}
	TESTQ(acc, acc)
	JZ(LabelRef(set))
	for _, add := range []bool{true, false} {
		if !add {
			Label(set)
		}
		spare := s.vec()
		for i := range nr {
			for j := range nv {
				to, sum := Mem{Base: c, Disp: j * s.bytes()}, sums[i][j]
				switch {
				case m == nil:
					if add {
						VADDPS(to, sum, sum)
					}
					VMOVUPS(sum, to)
					continue
				case add && s.wide():
					VADDPS_Z(to, sum, m.k[j], sum)
				case add:
					m.load(j, to, spare)
					VADDPS(spare, sum, sum)
				}
				m.store(j, sum, spare, to)
			}
			if i+1 < nr {
				ADDQ(ldc, c)
			}
		}
		VZEROUPPER()
		RET()
	}
}
