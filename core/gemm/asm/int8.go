//go:build avo

package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// dots8 computes nr rows of Y = Q·Wᵀ, n columns, for int16 elements of Q and int8
// elements of W, each sum times the scale of its row of Q and of its row of W. Four
// rows of W at a time, then one; k is a multiple of twice the lanes. Row i of Q is at
// q + i·ldq, row i of Y at y + i·ldy, rows of W follow each other.
func dots8(s isa, nr int) {
	TEXT(s.Dots8Name(nr), NOSPLIT,
		"func(n, k int, q *int16, ldq int, w *int8, qscale, wscale, y *float32, ldy int)")
	Pragma("noescape")
	n := param("n")
	q := rowsFrom(param("q"), param("ldq"), nr)
	w0, ldw := param("w"), param("k")
	ws, y := param("wscale"), param("y")

	turn := func(label string, nb int) {
		w := rowsFrom(w0, ldw, nb)
		k := param("k")
		sums := make([][]reg.VecVirtual, nr)
		for i := range sums {
			sums[i] = s.vecs(nb)
			s.zero(sums[i]...)
		}
		wv, t := s.vec(), s.vec()
		Label(label + "loop")
		for j := range nb {
			VPMOVSXBW(w.at(j, 0), wv)
			for i := range nr {
				VPMADDWD(q.at(i, 0), wv, t)
				VPADDD(t, sums[i][j], sums[i][j])
			}
		}
		q.advance(I32(s.bytes()))
		w.advance(I32(2 * s.Lanes))
		SUBQ(I32(2*s.Lanes), k)
		JG(LabelRef(label + "loop"))
		// Back to the beginning of the rows of Q, on to the next rows of W.
		Load(Param("k"), k)
		for range nb - 1 {
			ADDQ(ldw, w0)
		}
		ADDQ(k, k)
		for _, p := range q.bases {
			SUBQ(k, p)
		}
		qs, ldy, row := param("qscale"), param("ldy"), GP64()
		MOVQ(y, row)
		scale, each := XMM(), XMM()
		if nb == 1 {
			VMOVSS(Mem{Base: ws}, scale)
		} else {
			VMOVUPS(Mem{Base: ws}, scale)
		}
		for i := range sums {
			x := s.reduce(sums[i], VPADDD)
			VCVTDQ2PS(x, x)
			VBROADCASTSS(Mem{Base: qs, Disp: 4 * i}, each)
			VMULPS(scale, each, each)
			VMULPS(each, x, x)
			if nb == 1 {
				VMOVSS(x, Mem{Base: row})
			} else {
				VMOVUPS(x, Mem{Base: row})
			}
			if i+1 < nr {
				ADDQ(ldy, row)
			}
		}
		ADDQ(I32(4*nb), ws)
		ADDQ(I32(4*nb), y)
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
