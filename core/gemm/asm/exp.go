//go:build avo

package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// expConstants are those of portable_exp.go, which says what they are; over is
// anything above ln(largest float32), as the scaling by 2^n then overflows by
// itself.
var expConstants = []struct {
	name  string
	value float32
}{
	{"low", -87.33654}, {"over", 89},
	{"log2e", math.Log2E}, {"ln2High", 0.693359375}, {"ln2Low", math.Ln2 - 0.693359375},
	{"exp4", 0.0013814538}, {"exp3", 0.008368745}, {"exp2", 0.04166839}, {"exp1", 0.16666521}, {"exp0", 0.49999994},
	{"one", 1},
}

// Arguments of the comparison and rounding instructions.
const (
	notLess = 0x15 // true where an operand is not a number
	nearest = 0x08 // round to nearest even, no exception
)

// expSum sets dst[i] = exp(x[i]-max) for n > 0 elements and returns their sum.
func expSum(s isa) {
	TEXT("expSum"+s.Name, NOSPLIT, "func(n int, dst, x *float32, max float32) float32")
	Pragma("noescape")
	n, dst, x := param("n"), param("dst"), param("x")
	constant := expTable(s)
	address, _ := Param("max").Resolve()
	most := s.vec()
	VBROADCASTSS(address.Addr, most)
	sums := s.vecs(4)
	s.zero(sums...)
	low, over := s.vec(), s.vec()
	VMOVUPS(constant("low"), low)
	VMOVUPS(constant("over"), over)
	sweep(s, len(sums), n, []reg.GPVirtual{dst, x}, func(i int, m access) {
		t, u, whole, square, p := s.vec(), s.vec(), s.vec(), s.vec(), s.vec()
		m.load(Mem{Base: x, Disp: m.disp}, t)
		VSUBPS(most, t, t)
		VMAXPS(t, low, u) // of two operands the first is the result where one is NaN
		VMINPS(u, over, u)
		VMULPS(constant("log2e"), u, whole)
		if s.wide() {
			VRNDSCALEPS(Imm(nearest), whole, whole)
		} else {
			VROUNDPS(Imm(nearest), whole, whole)
		}
		VFNMADD231PS(constant("ln2High"), whole, u)
		VFNMADD231PS(constant("ln2Low"), whole, u)
		VMULPS(u, u, square)
		VMOVUPS(constant("exp4"), p)
		for _, c := range []string{"exp3", "exp2", "exp1", "exp0"} {
			VFMADD213PS(constant(c), u, p)
		}
		VFMADD213PS(u, square, p)
		VADDPS(constant("one"), p, p)
		if s.wide() {
			normal := K()
			VCMPPS(Imm(notLess), low, t, normal)
			VSCALEFPS_Z(whole, p, normal, p)
		} else {
			scaleByPower(whole, p)
			VCMPPS(Imm(notLess), low, t, t)
			VANDPS(t, p, p)
		}
		m.store(p, t, Mem{Base: dst, Disp: m.disp})
		m.keep(p)
		VADDPS(p, sums[i], sums[i])
	})
	sum := s.total(sums)
	VZEROUPPER()
	Store(sum, ReturnIndex(0))
	RET()
}

// scaleByPower multiplies p by 2^whole, -126 <= whole <= 128, in two steps, as a
// float32 exponent ends at 127.
func scaleByPower(whole, p reg.VecVirtual) {
	half, biases := YMM(), YMM()
	VPCMPEQD(biases, biases, biases) // all ones, shifted to 127 in each lane
	VPSRLD(Imm(25), biases, biases)
	VCVTPS2DQ(whole, whole)
	VPSRAD(Imm(1), whole, half)
	VPSUBD(half, whole, whole)
	for _, v := range []reg.VecVirtual{half, whole} {
		VPADDD(biases, v, v)
		VPSLLD(Imm(23), v, v)
		VMULPS(v, p, p)
	}
}

// expTable stores every constant once a lane and returns how to address it.
func expTable(s isa) func(name string) Mem {
	m := GLOBL("expConstants"+s.Name, RODATA|NOPTR)
	for i, c := range expConstants {
		for l := range s.Lanes {
			DATA(4*(i*s.Lanes+l), F32(c.value))
		}
	}
	base := GP64()
	LEAQ(m, base)
	return func(name string) Mem {
		for i, c := range expConstants {
			if c.name == name {
				return Mem{Base: base, Disp: i * s.bytes()}
			}
		}
		panic("no constant " + name)
	}
}
