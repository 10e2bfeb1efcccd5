//go:build avo

package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// copyRows copies k rows of cols elements, stride bytes apart, to rows of nv
// vectors that follow each other, filled up with zeros.
func copyRows(s isa, nv int) {
	TEXT(s.CopyName(nv), NOSPLIT,
		"func(k int, src *float32, stride int, dst *float32, cols int)")
	Pragma("noescape")
	k := param("k")
	src := param("src")
	stride := param("stride")
	dst := param("dst")
	cols := param("cols")
	m := s.masks(nv, cols)
	v := s.vecs(nv)
	ahead := GP64() // these rows are visited once and are far apart: ask early
	IMUL3Q(I32(16), stride, ahead)
	CMPQ(cols, I32(nv*s.Lanes))
	JNE(LabelRef("masked"))
	for _, masked := range []bool{false, true} {
		label := "full"
		if masked {
			label = "masked"
		}
		Label(label)
		for d := 0; d < nv*s.bytes(); d += 64 {
			PREFETCHT0(Mem{Base: src, Index: ahead, Scale: 1, Disp: d})
		}
		for j := range v {
			from := Mem{Base: src, Disp: j * s.bytes()}
			if masked {
				m.load(j, from, v[j])
			} else {
				VMOVUPS(from, v[j])
			}
			VMOVUPS(v[j], Mem{Base: dst, Disp: j * s.bytes()})
		}
		ADDQ(stride, src)
		ADDQ(I32(nv*s.bytes()), dst)
		DECQ(k)
		JNZ(LabelRef(label))
		VZEROUPPER()
		RET()
	}
}

// The transposing kernels turn k elements of `lanes` rows, given by their
// addresses, into k rows of `lanes` elements, stride bytes apart; k is a
// multiple of 4. Lane l of a vector takes four neighbouring elements of row 4·l+q
// straight from memory, which leaves a transposition of 4x4 elements inside each
// lane: eight shuffles for four finished rows.

const transposeSignature = "func(k int, rows *[%d]*float32, dst *float32, stride int)"

func transpose512() {
	TEXT("transposeAVX512", NOSPLIT, fmt.Sprintf(transposeSignature, 16))
	Pragma("noescape")
	k, table, dst, stride := param("k"), param("rows"), param("dst"), param("stride")
	lane := make([]reg.OpmaskVirtual, 4)
	t := GP32()
	for l := 1; l < 4; l++ {
		lane[l] = K()
		MOVL(U32(0xf<<(4*l)), t)
		KMOVW(t, lane[l])
	}
	transposeLoop(k, table, dst, stride, avx512, func(l int, m Mem, v reg.VecVirtual) {
		if l == 0 {
			VBROADCASTF32X4(m, v)
		} else {
			VBROADCASTF32X4(m, lane[l], v)
		}
	})
}

func transpose256() {
	TEXT("transposeAVX2", NOSPLIT, fmt.Sprintf(transposeSignature, 8))
	Pragma("noescape")
	k, table, dst, stride := param("k"), param("rows"), param("dst"), param("stride")
	transposeLoop(k, table, dst, stride, avx2, func(l int, m Mem, v reg.VecVirtual) {
		if l == 0 {
			VBROADCASTF128(m, v)
		} else {
			VINSERTF128(Imm(1), m, v, v)
		}
	})
}

// transposeLoop takes groups of `lanes` elements of every row, so that an
// address is loaded once for several vectors, then groups of four.
func transposeLoop(k, table, dst, stride reg.GPVirtual, s isa, loadLane func(l int, m Mem, v reg.VecVirtual)) {
	p, row := GP64(), GP64()
	XORQ(p, p)
	group := func(blocks int) {
		v := make([][]reg.VecVirtual, blocks)
		for c := range v {
			v[c] = s.vecs(4)
		}
		for q := range 4 {
			for l := range s.Lanes / 4 {
				MOVQ(Mem{Base: table, Disp: 8 * (4*l + q)}, row)
				for c := range v {
					loadLane(l, Mem{Base: row, Index: p, Scale: 4, Disp: 16 * c}, v[c][q])
				}
			}
		}
		for c := range v {
			for _, r := range s.transpose4(v[c]) {
				VMOVUPS(r, Mem{Base: dst})
				ADDQ(stride, dst)
			}
		}
		ADDQ(I32(4*blocks), p)
	}
	end := GP64()
	MOVQ(k, end)
	ANDQ(I32(-s.Lanes), end)
	JZ(LabelRef("small"))
	Label("large")
	group(s.Lanes / 4)
	CMPQ(p, end)
	JL(LabelRef("large"))
	Label("small")
	CMPQ(p, k)
	JGE(LabelRef("done"))
	Label("four")
	group(1)
	CMPQ(p, k)
	JL(LabelRef("four"))
	Label("done")
	VZEROUPPER()
	RET()
}

// transpose4 transposes the 4x4 elements in each 128-bit lane of four vectors.
func (s isa) transpose4(v []reg.VecVirtual) []reg.VecVirtual {
	t := s.vecs(4)
	VUNPCKLPS(v[1], v[0], t[0]) // a0 b0 a1 b1
	VUNPCKHPS(v[1], v[0], t[1]) // a2 b2 a3 b3
	VUNPCKLPS(v[3], v[2], t[2]) // c0 d0 c1 d1
	VUNPCKHPS(v[3], v[2], t[3]) // c2 d2 c3 d3
	VUNPCKLPD(t[2], t[0], v[0]) // a0 b0 c0 d0
	VUNPCKHPD(t[2], t[0], v[1]) // a1 b1 c1 d1
	VUNPCKLPD(t[3], t[1], v[2])
	VUNPCKHPD(t[3], t[1], v[3])
	return v
}
