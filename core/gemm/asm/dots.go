//go:build avo

package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// dots computes nr rows of C = A·Bᵀ, n columns, as dot products along k: both
// matrices are read along their rows, so nothing has to be packed. Four rows of
// B at a time, then one. Row i of A is at a + i·lda, row j of B at b + j·ldb,
// row i of C at c + i·ldc.
func dots(s isa, nr int) {
	TEXT(s.DotsName(nr), NOSPLIT,
		"func(n, k int, a *float32, lda int, b *float32, ldb int, c *float32, ldc, acc int)")
	Pragma("noescape")
	n := param("n")
	lda := param("lda")
	a := rowsFrom(param("a"), lda, nr)
	ldb := param("ldb")
	b0 := param("b")
	c := param("c")

	turn := func(label string, nb int) {
		b := rowsFrom(b0, ldb, nb)
		k := param("k")
		sums := make([][]reg.VecVirtual, nr)
		for i := range sums {
			sums[i] = s.vecs(nb)
			s.zero(sums[i]...)
		}
		av, bv := s.vecs(nr), s.vec()
		step := func(load func(Mem, reg.VecVirtual)) {
			for i := range av {
				load(a.at(i, 0), av[i])
			}
			for j := range nb {
				load(b.at(j, 0), bv)
				for i := range av {
					VFMADD231PS(bv, av[i], sums[i][j])
				}
			}
		}
		SUBQ(I32(s.Lanes), k)
		JL(LabelRef(label + "rest"))
		Label(label + "loop")
		step(func(m Mem, v reg.VecVirtual) { VMOVUPS(m, v) })
		a.advance(I32(s.bytes()))
		b.advance(I32(s.bytes()))
		SUBQ(I32(s.Lanes), k)
		JGE(LabelRef(label + "loop"))
		Label(label + "rest")
		ADDQ(I32(s.Lanes), k)
		JZ(LabelRef(label + "reduce"))
		m := s.masks(1, k)
		step(func(from Mem, v reg.VecVirtual) { m.load(0, from, v) })
		Label(label + "reduce")
		// Back to the beginning of the rows of A, on to the next rows of B.
		MOVQ(ldb, k)
		if nb == 4 {
			SHLQ(Imm(2), k)
		}
		ADDQ(k, b0)
		Load(Param("k"), k)
		ANDQ(I32(-s.Lanes), k)
		SHLQ(Imm(2), k)
		SUBQ(k, b0)
		for _, p := range a.bases {
			SUBQ(k, p)
		}
		acc, ldc, row := param("acc"), param("ldc"), GP64()
		TESTQ(acc, acc)
		for i := range sums {
			if i == 0 {
				MOVQ(c, row)
			} else {
				// LEA keeps the flags of the test.
				LEAQ(Mem{Base: row, Index: ldc, Scale: 1}, row)
			}
			x := s.reduce(sums[i], VADDPS)
			skip := fmt.Sprintf("%sset%d", label, i)
			JZ(LabelRef(skip))
			if nb == 1 {
				VADDSS(Mem{Base: row}, x, x)
			} else {
				VADDPS(Mem{Base: row}, x, x)
			}
			Label(skip)
			if nb == 1 {
				VMOVSS(x, Mem{Base: row})
			} else {
				VMOVUPS(x, Mem{Base: row})
			}
		}
		ADDQ(I32(4*nb), c)
	}

	SUBQ(Imm(4), n)
	JL(LabelRef("few"))
	Label("four")
	turn("four", 4)
	SUBQ(Imm(4), n)
	JGE(LabelRef("four"))
	Label("few")
	ADDQ(Imm(4), n)
	JZ(LabelRef("done"))
	Label("one")
	turn("one", 1)
	DECQ(n)
	JNZ(LabelRef("one"))
	Label("done")
	VZEROUPPER()
	RET()
}

// reduce adds up the lanes of each of one or four vectors, by an addition of
// floats or of integers; sum i is lane i of the result. Two rounds of interleaving and adding leave four partial sums in
// each 128-bit lane, then the lanes are added.
func (s isa) reduce(v []reg.VecVirtual, add func(...Op)) reg.Register {
	t := s.vec()
	if len(v) == 4 {
		for _, i := range []int{0, 2} {
			VUNPCKHPS(v[i+1], v[i], t)
			VUNPCKLPS(v[i+1], v[i], v[i])
			add(t, v[i], v[i])
		}
		VUNPCKHPD(v[2], v[0], t)
		VUNPCKLPD(v[2], v[0], v[0])
		add(t, v[0], v[0])
	}
	x, y := v[0].AsX(), v[0].AsY()
	if s.wide() {
		VEXTRACTF64X4(Imm(1), v[0], t.AsY())
		add(t.AsY(), y, y)
		VEXTRACTF32X4(Imm(1), y, t.AsX())
	} else {
		VEXTRACTF128(Imm(1), y, t.AsX())
	}
	add(t.AsX(), x, x)
	if len(v) == 1 {
		VSHUFPS(Imm(0x4e), x, x, t.AsX())
		add(t.AsX(), x, x)
		VSHUFPS(Imm(0xb1), x, x, t.AsX())
		add(t.AsX(), x, x)
	}
	return x
}
