package gemm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// form is one of the eight ways to call Mul.
type form struct{ tA, tB, acc bool }

func (f form) String() string {
	s := [2]string{"n", "t"}
	i := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	acc := [2]string{"set", "add"}
	return s[i(f.tA)] + s[i(f.tB)] + acc[i(f.acc)]
}

func forms() (all []form) {
	for i := range 8 {
		all = append(all, form{i&1 != 0, i&2 != 0, i&4 != 0})
	}
	return all
}

// stored returns the operands in the layout that the form asks for, with row
// strides extra longer than the rows.
func (f form) stored(a, b matrix, extra int) (matrix, matrix) {
	if f.tA {
		a = a.transposed(a.rows + extra)
	}
	if f.tB {
		b = b.transposed(b.rows + extra)
	}
	return a, b
}

func mulMatrix(f form, m, n, k int, a, b, c matrix) {
	Mul(f.tA, f.tB, m, n, k, a.data, a.ld, b.data, b.ld, c.data, c.ld, f.acc)
}

// Whole numbers make every sum exact, so results must be equal, not close.
func TestMulIsExactOnIntegers(t *testing.T) {
	sizes := []int{1, 2, 3, 5, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 257}
	depths := []int{0, 1, 2, 3, 7, 16, 17, 33, 64, 100, 257}
	r := rand.New(rand.NewPCG(1, 2))
	for _, m := range sizes {
		for _, n := range sizes {
			for _, k := range depths {
				if m*n*k > 17*17*17 && r.IntN(10) != 0 {
					continue // a tenth of the larger ones will do
				}
				checkExactly(t, r, m, n, k, r.IntN(3)*5)
			}
		}
	}
}

// Large products pass through every level of blocking.
func TestMulLarge(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range [][3]int{{200, 96, 130}, {97, 1100, 65}, {50, 70, 1200}, {13, 600, 330}, {1, 1000, 1100}, {60, 530, 400}} {
		checkExactly(t, r, s[0], s[1], s[2], 3)
	}
}

// checkExactly compares all forms of a product of whole numbers, with rows extra
// elements apart, with the reference.
func checkExactly(t *testing.T, r *rand.Rand, m, n, k, extra int) {
	t.Helper()
	a, b, c0 := newMatrix(m, k, k+extra), newMatrix(k, n, n+extra), newMatrix(m, n, n+extra)
	a.fill(integers(r))
	b.fill(integers(r))
	c0.fill(integers(r))
	product := c0.clone()
	MulGeneric(false, false, m, n, k, a.data, a.ld, b.data, b.ld, product.data, product.ld, false)
	for _, f := range forms() {
		sa, sb := f.stored(a, b, extra)
		withEachKernel(func(kn kernels) {
			c := c0.clone()
			mulMatrix(f, m, n, k, sa, sb, c)
			compareExactly(t, fmt.Sprintf("%v %v m %d n %d k %d extra %d", kn, f, m, n, k, extra), f, c, c0, product)
		})
	}
}

// The reference itself, in all forms, by hand.
func TestMulGeneric(t *testing.T) {
	for _, f := range forms() {
		a, b := []float32{1, 2, 3, 4, 5, 6}, []float32{7, 8, 9, 10, 11, 12} // [2, 3] and [3, 2]
		lda, ldb := 3, 2
		if f.tA {
			a, lda = []float32{1, 4, 2, 5, 3, 6}, 2
		}
		if f.tB {
			b, ldb = []float32{7, 9, 11, 8, 10, 12}, 3
		}
		c, want := []float32{1, 1, 1, 1}, []float32{58, 64, 139, 154}
		MulGeneric(f.tA, f.tB, 2, 2, 3, a, lda, b, ldb, c, 2, f.acc)
		for i, w := range want {
			if f.acc {
				w++
			}
			if c[i] != w {
				t.Errorf("%v: c[%d] = %v, want %v", f, i, c[i], w)
			}
		}
	}
}

func compareExactly(t *testing.T, what string, f form, c, c0, product matrix) {
	t.Helper()
	for i := range c.rows {
		for j := range c.cols {
			want := product.data[i*c.ld+j]
			if f.acc {
				want += c0.data[i*c.ld+j]
			}
			if got := c.data[i*c.ld+j]; got != want {
				t.Fatalf("%s: c[%d,%d] = %v, want %v", what, i, j, got, want)
			}
		}
	}
	if !c.intact() {
		t.Fatalf("%s: wrote outside c", what)
	}
}

// The rounding error of a sum of k products, in any order, is at most about
// k·2^-24 times the sum of their magnitudes (Higham, Accuracy and Stability of
// Numerical Algorithms, 2002, section 3.1).
func TestMulRounding(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 25 {
		m, n, k := 1+r.IntN(70), 1+r.IntN(70), 1+r.IntN(500)
		a, b, c0 := newMatrix(m, k, k), newMatrix(k, n, n), newMatrix(m, n, n)
		a.fill(reals(r))
		b.fill(reals(r))
		c0.fill(reals(r))
		magnitude := c0.clone()
		positive := func(x matrix) []float32 {
			y := make([]float32, len(x.data))
			for i, v := range x.data {
				y[i] = float32(math.Abs(float64(v)))
			}
			return y
		}
		copy(magnitude.data, positive(c0))
		MulGeneric(false, false, m, n, k, positive(a), k, positive(b), n, magnitude.data, n, true)
		for _, acc := range []bool{false, true} {
			want := c0.clone()
			MulGeneric(false, false, m, n, k, a.data, k, b.data, n, want.data, n, acc)
			for _, f := range forms() {
				if f.acc != acc {
					continue
				}
				sa, sb := f.stored(a, b, r.IntN(9))
				withEachKernel(func(kn kernels) {
					c := c0.clone()
					mulMatrix(f, m, n, k, sa, sb, c)
					for i, got := range c.data {
						bound := float64(k+2) * 0x1p-24 * float64(magnitude.data[i])
						if !(math.Abs(float64(got)-float64(want.data[i])) <= bound) {
							t.Fatalf("%v %v m %d n %d k %d: element %d is %v, want %v within %v", kn, f, m, n, k, i, got, want.data[i], bound)
						}
					}
				})
			}
		}
	}
}

// A zero does not hide a NaN or an infinity of the other operand, and an
// accumulated NaN stays.
func TestMulPropagatesNaNAndInf(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	eachKernel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(7, 8))
		for _, s := range [][3]int{{1, 1, 1}, {1, 40, 9}, {5, 20, 33}, {13, 70, 18}, {40, 33, 70}, {70, 9, 100}} {
			m, n, k := s[0], s[1], s[2]
			for _, bad := range []float32{nan, inf, -inf} {
				a, b, c0 := newMatrix(m, k, k), newMatrix(k, n, n), newMatrix(m, n, n)
				a.fill(integers(r))
				b.fill(integers(r))
				c0.fill(integers(r))
				a.data[r.IntN(m*k)] = bad
				b.data[r.IntN(k*n)] = bad
				c0.data[r.IntN(m*n)] = bad
				for _, f := range forms() {
					sa, sb := f.stored(a, b, 2)
					want, c := c0.clone(), c0.clone()
					MulGeneric(f.tA, f.tB, m, n, k, sa.data, sa.ld, sb.data, sb.ld, want.data, want.ld, f.acc)
					mulMatrix(f, m, n, k, sa, sb, c)
					for i, got := range c.data {
						if w := want.data[i]; got != w && !(got != got && w != w) {
							t.Fatalf("%v %v m %d n %d k %d: element %d is %v, want %v", f, bad, m, n, k, i, got, w)
						}
					}
				}
			}
		}
	})
}

func TestMulRefusesWrongSizes(t *testing.T) {
	ok := make([]float32, 12)
	calls := map[string]func(){
		"negative":   func() { Mul(false, false, -1, 2, 3, ok, 3, ok, 2, ok, 2, false) },
		"short a":    func() { Mul(false, false, 4, 3, 3, ok[:11], 3, ok, 3, ok, 3, false) },
		"short b":    func() { Mul(false, true, 2, 4, 3, ok, 3, ok[:11], 3, ok, 4, false) },
		"short c":    func() { Mul(false, false, 4, 3, 1, ok, 1, ok, 3, ok[:11], 3, false) },
		"stride a":   func() { Mul(true, false, 4, 2, 2, ok, 3, ok, 2, ok, 2, false) },
		"stride b":   func() { Mul(false, false, 2, 4, 2, ok, 2, ok, 3, ok, 4, false) },
		"stride c":   func() { Mul(false, false, 2, 4, 2, ok, 2, ok, 4, ok, 3, false) },
		"zero width": func() { Mul(false, false, 2, 2, 1, ok, 0, ok, 2, ok, 2, false) },
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			call()
		})
	}
}

func TestMulOfNothing(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		Mul(false, false, 0, 3, 3, nil, 3, nil, 3, nil, 3, false)
		Mul(true, true, 3, 0, 3, nil, 3, nil, 3, nil, 0, true)
		c := []float32{1, 2}
		Mul(false, false, 1, 2, 0, nil, 0, nil, 2, c, 2, true)
		if c[0] != 1 || c[1] != 2 {
			t.Errorf("adding an empty product gave %v", c)
		}
		Mul(false, false, 1, 2, 0, nil, 0, nil, 2, c, 2, false)
		if c[0] != 0 || c[1] != 0 {
			t.Errorf("an empty product is %v", c)
		}
	})
}

func TestMulAllocatesNothing(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		for _, s := range [][3]int{{1, 300, 200}, {70, 90, 110}} {
			m, n, k := s[0], s[1], s[2]
			a, b, c := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)
			for _, f := range forms() {
				lda, ldb := k, n
				if f.tA {
					lda = m
				}
				if f.tB {
					ldb = k
				}
				// The least of several: a pool may lose its content at any time.
				got := math.Inf(1)
				for range 10 {
					got = min(got, testing.AllocsPerRun(1, func() { Mul(f.tA, f.tB, m, n, k, a, lda, b, ldb, c, n, f.acc) }))
				}
				if got != 0 {
					t.Errorf("%v m %d n %d k %d: %v allocations a call", f, m, n, k, got)
				}
			}
		}
	})
}
