//go:build avo

package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// isa is one instruction set: how wide its vectors are and how large a tile its
// registers hold.
type isa struct {
	Name      string
	Kernels   string      // the constant that stands for it in package gemm
	Lanes     int         // float32 elements of a vector
	TileRows  map[int]int // by vectors of a row: most rows of a tile
	MainRows  int         // rows and vectors of the tile for packed operands
	MainVecs  int
	StripVecs int // vectors of a packed strip of A: a whole number of main tiles
	DotRows   int // most rows of A in one pass of dot products
}

// The main tile of AVX-512 is low and wide: the fewer loads there are for a
// multiply-add, the less power it takes, and power sets the clock rate.
var (
	avx2   = isa{Name: "AVX2", Kernels: "avx2", Lanes: 8, TileRows: map[int]int{1: 6, 2: 6, 4: 2}, MainRows: 6, MainVecs: 2, StripVecs: 3, DotRows: 3}
	avx512 = isa{Name: "AVX512", Kernels: "avx512", Lanes: 16, TileRows: map[int]int{1: 12, 2: 12, 4: 6}, MainRows: 6, MainVecs: 4, StripVecs: 3, DotRows: 6}
)

// vectorCounts are the widths of tiles, in vectors.
var vectorCounts = []int{1, 2, 4}

func (s isa) wide() bool { return s.Lanes == 16 }
func (s isa) bytes() int { return 4 * s.Lanes }

// Panel and Strip are the widths, in elements, of packed parts of B and A.
func (s isa) Panel() int { return s.MainVecs * s.Lanes }
func (s isa) Strip() int { return s.StripVecs * s.Lanes }

// The names of the kernels; kind tells tiles of one size apart.
func (s isa) TileName(rows, vectors int, kind string) string {
	return fmt.Sprintf("tile%dx%d%s%s", rows, vectors*s.Lanes, kind, s.Name)
}
func (s isa) DotsName(rows int) string    { return fmt.Sprintf("dots%d%s", rows, s.Name) }
func (s isa) Dots8Name(rows int) string   { return fmt.Sprintf("dots8x%d%s", rows, s.Name) }
func (s isa) CopyName(vectors int) string { return fmt.Sprintf("copy%d%s", vectors*s.Lanes, s.Name) }

func (s isa) vec() reg.VecVirtual {
	if s.wide() {
		return ZMM()
	}
	return YMM()
}

func (s isa) vecs(n int) []reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	for i := range v {
		v[i] = s.vec()
	}
	return v
}

func (isa) zero(v ...reg.VecVirtual) {
	for _, v := range v {
		VXORPS(v, v, v)
	}
}

// lanemasks says which lanes of a row of vectors hold elements: opmask
// registers for AVX-512, vectors in memory for AVX2.
type lanemasks struct {
	s   isa
	k   []reg.OpmaskVirtual
	mem []Mem
}

// masks computes the lane masks of n vectors that hold count elements together,
// 0 < count <= n·lanes. For AVX2 they are windows on a table of ones then zeros.
func (s isa) masks(n int, count reg.Register) lanemasks {
	m := lanemasks{s: s}
	if s.wide() {
		bits := GP64()
		MOVQ(I32(-1), bits)
		BZHIQ(count, bits, bits)
		for i := range n {
			k := K()
			KMOVW(bits.As32(), k)
			if i+1 < n {
				SHRQ(Imm(16), bits)
			}
			m.k = append(m.k, k)
		}
		return m
	}
	// The table has ones for 32 elements and zeros for 32: the mask of vector i
	// begins 32-count+i·lanes elements into it.
	table, index := GP64(), GP64()
	LEAQ(maskTable(), table)
	MOVQ(I32(32), index)
	SUBQ(count, index)
	LEAQ(Mem{Base: table, Index: index, Scale: 4}, table)
	for i := range n {
		m.mem = append(m.mem, Mem{Base: table, Disp: i * s.bytes()})
	}
	return m
}

var maskData Mem

func maskTable() Mem {
	if maskData.Base == nil {
		maskData = GLOBL("laneMasks", RODATA|NOPTR)
		for i := range 64 {
			v := U32(0)
			if i < 32 {
				v = U32(0xffffffff)
			}
			DATA(4*i, v)
		}
	}
	return maskData
}

// load reads vector i at m, its lanes outside the mask as zero.
func (l lanemasks) load(i int, m Mem, v reg.VecVirtual) {
	if l.s.wide() {
		VMOVUPS_Z(m, l.k[i], v)
		return
	}
	VMOVUPS(l.mem[i], v)
	VMASKMOVPS(m, v, v)
}

// store writes vector i to m; spare is overwritten.
func (l lanemasks) store(i int, v, spare reg.VecVirtual, m Mem) {
	if l.s.wide() {
		VMOVUPS(v, l.k[i], m)
		return
	}
	VMOVUPS(l.mem[i], spare)
	VMASKMOVPS(v, spare, m)
}

// keep clears the lanes of v outside the mask.
func (l lanemasks) keep(i int, v reg.VecVirtual) {
	if l.s.wide() {
		VMOVAPS_Z(v, l.k[i], v)
		return
	}
	VANDPS(l.mem[i], v, v)
}

// rows gives addresses in consecutive rows, stride apart, from as few registers
// as addressing modes allow: one for every three rows.
type rows struct {
	bases  []reg.GPVirtual
	stride reg.GPVirtual
}

func rowsFrom(base, stride reg.GPVirtual, n int) rows {
	r := rows{[]reg.GPVirtual{base}, stride}
	if n > 3 {
		three := GP64()
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, three)
		for i := 3; i < n; i += 3 {
			p := GP64()
			LEAQ(Mem{Base: r.bases[len(r.bases)-1], Index: three, Scale: 1}, p)
			r.bases = append(r.bases, p)
		}
	}
	return r
}

func (r rows) at(i, disp int) Mem {
	m := Mem{Base: r.bases[i/3], Disp: disp}
	if i%3 != 0 {
		m.Index, m.Scale = r.stride, uint8(i%3)
	}
	return m
}

func (r rows) advance(by Op) {
	for _, b := range r.bases {
		ADDQ(by, b)
	}
}

// param loads an integer or pointer argument.
func param(name string) reg.GPVirtual {
	v := GP64()
	Load(Param(name), v)
	return v
}
