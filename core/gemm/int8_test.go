package gemm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// layer is the operands of one Linear, in slices full of guards.
type layer struct {
	m, n, k         int
	x, w, bias, res matrix
	y               matrix
	relu            bool
}

func newLayer(r *rand.Rand, m, n, k int, with [3]bool) layer {
	l := layer{m: m, n: n, k: k, x: newMatrix(m, k, k), w: newMatrix(n, k, k), y: newMatrix(m, n, n), relu: with[2]}
	l.x.fill(reals(r))
	l.w.fill(reals(r))
	if with[0] {
		l.bias = newMatrix(1, n, n)
		l.bias.fill(reals(r))
	}
	if with[1] {
		l.res = newMatrix(m, n, n)
		l.res.fill(reals(r))
	}
	return l
}

// layers are of awkward sizes, with and without each of the companions.
func layers(test func(l layer)) {
	r := rand.New(rand.NewPCG(2, 3))
	for _, m := range []int{1, 2, 3, 4, 5, 7, 10, 13} {
		for _, n := range []int{1, 2, 3, 4, 5, 8, 11, 33} {
			for _, k := range []int{1, 3, 4, 7, 8, 9, 16, 24, 31, 40, 72, 256} {
				test(newLayer(r, m, n, k, [3]bool{r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0}))
			}
		}
	}
}

func (l *layer) String() string {
	return fmt.Sprintf("m %d n %d k %d bias %v res %v relu %v", l.m, l.n, l.k, l.bias.data != nil, l.res.data != nil, l.relu)
}

// reference is Linear in float64; magnitude is the sum of the magnitudes.
func (l *layer) reference() (want, magnitude []float64) {
	for r := range l.m {
		for o := range l.n {
			var s, a float64
			add := func(v float64) { s, a = s+v, a+math.Abs(v) }
			for i := range l.k {
				add(float64(l.x.data[r*l.k+i]) * float64(l.w.data[o*l.k+i]))
			}
			if l.bias.data != nil {
				add(float64(l.bias.data[o]))
			}
			if l.res.data != nil {
				add(float64(l.res.data[r*l.n+o]))
			}
			if l.relu {
				s = max(s, 0)
			}
			want, magnitude = append(want, s), append(magnitude, a)
		}
	}
	return want, magnitude
}

func TestLinear(t *testing.T) {
	layers(func(l layer) {
		want, magnitude := l.reference()
		withEachKernel(func(kn kernels) {
			for _, inPlace := range []bool{false, true} {
				y, res := l.y.clone(), l.res.data
				if inPlace && res != nil {
					copy(y.data, res)
					res = y.data[:l.m*l.n]
				}
				Linear(l.m, l.n, l.k, l.x.data, l.w.data, l.bias.data, res, y.data, l.relu)
				for i, w := range want {
					if got := float64(y.data[i]); !(math.Abs(got-w) <= float64(l.k+4)*0x1p-24*magnitude[i]) {
						t.Fatalf("%v %v: element %d is %v, want %v", kn, &l, i, got, w)
					}
				}
				if !y.intact() {
					t.Fatalf("%v %v: wrote outside y", kn, &l)
				}
			}
		})
	})
}

// packed rounds the rows of w to int8.
func packed(w matrix) Int8 {
	p := Int8{Q: make([]int8, w.rows*w.cols), Scale: make([]float32, w.rows), Cols: w.cols}
	for o := range w.rows {
		row := w.data[o*w.cols:][:w.cols]
		var top float32
		for _, v := range row {
			top = max(top, float32(math.Abs(float64(v))))
		}
		p.Scale[o] = top / 127
		for i, v := range row {
			p.Q[o*w.cols+i] = int8(math.Round(float64(v / p.Scale[o])))
		}
	}
	return p
}

// All kernels give the bytes of the reference.
func TestInt8IsExact(t *testing.T) {
	layers(func(l layer) {
		w := packed(l.w)
		q, scale, want := make([]int16, l.m*l.k), make([]float32, l.m), make([]float32, l.m*l.n)
		quantiseGeneric(l.m, l.k, l.x.data, q, scale, float32(int8Steps(l.k)))
		linear8Generic(l.m, l.n, l.k, q, scale, w.Q, w.Scale, l.bias.data, l.res.data, want, l.relu)
		withEachKernel(func(kn kernels) {
			y := l.y.clone()
			w.Linear(l.m, l.x.data, l.bias.data, l.res.data, y.data, l.relu)
			if got := y.data[:l.m*l.n]; !slices.Equal(got, want) {
				t.Fatalf("%v %v: %v, want %v", kn, &l, got, want)
			}
			if !y.intact() {
				t.Fatalf("%v %v: wrote outside y", kn, &l)
			}
		})
	})
}

// The largest multiples of both sides do not overflow, however many there are.
func TestInt8DoesNotOverflow(t *testing.T) {
	eachKernel(t, func(t *testing.T) {
		for _, k := range []int{1, 8, 512, 513, 1024, 4096, 32768} {
			x, w := make([]float32, 5*k), Int8{Q: make([]int8, 5*k), Scale: []float32{1, 1, 1, 1, 1}, Cols: k}
			for i := range x {
				x[i], w.Q[i] = -3, -128
			}
			y := make([]float32, 25)
			w.Linear(5, x, nil, nil, y, false)
			for i, v := range y {
				if want := 384 * float64(k); math.Abs(float64(v)-want) > 1e-6*want {
					t.Fatalf("k %d: element %d is %v, want %v", k, i, v, want)
				}
			}
		}
	})
}

// Against the same weights in float32 there is only the rounding of x, half a step
// of its largest element at most: in a sum of independent ones, far less.
func TestInt8Error(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 5))
	for _, k := range []int{256, 1024} {
		l := newLayer(r, 10, 64, k, [3]bool{})
		w := packed(l.w)
		for i, q := range w.Q {
			l.w.data[i] = float32(q) * w.Scale[i/k]
		}
		want, _ := l.reference()
		y := make([]float32, len(want))
		w.Linear(l.m, l.x.data, nil, nil, y, false)
		var worst float64
		for i, v := range want {
			worst = max(worst, math.Abs(v-float64(y[i]))/math.Sqrt(float64(k)))
		}
		t.Logf("k %d: largest error %.2g of a standard deviation", k, worst)
		if worst > 5e-4 {
			t.Errorf("k %d: largest error %v of a standard deviation", k, worst)
		}
	}
}

func TestInt8OfBadRows(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	eachKernel(t, func(t *testing.T) {
		const k = 20
		for at := range k {
			for _, v := range []float32{nan, inf, -inf} {
				x, w, y := make([]float32, 2*k), Int8{Q: make([]int8, 4*k), Scale: make([]float32, 4), Cols: k}, make([]float32, 8)
				x[at] = v
				w.Linear(2, x, nil, nil, y, false)
				for i, got := range y {
					if bad := got != got; bad != (i < 4) {
						t.Fatalf("%v at %d: element %d is %v", v, at, i, got)
					}
				}
			}
		}
		x, w, y := make([]float32, k), Int8{Q: make([]int8, k), Scale: []float32{1}, Cols: k}, []float32{1}
		x[3], w.Q[3] = 1e-42, 127
		if w.Linear(1, x, nil, nil, y, false); y[0] != 0 {
			t.Errorf("a number too small for a scale gives %v", y[0])
		}
	})
}

func TestLinearRefusesWrongSizes(t *testing.T) {
	ok := make([]float32, 12)
	w := Int8{Q: make([]int8, 12), Scale: make([]float32, 4), Cols: 3}
	for name, call := range map[string]func(){
		"short bias":   func() { Linear(4, 3, 3, ok, ok, ok[:2], nil, ok, false) },
		"short res":    func() { Linear(4, 3, 3, ok, ok, nil, ok[:11], ok, false) },
		"short x":      func() { Linear(4, 3, 3, ok[:11], ok, nil, nil, ok, false) },
		"int8 x":       func() { w.Linear(4, ok[:11], nil, nil, make([]float32, 16), false) },
		"int8 y":       func() { w.Linear(4, ok, nil, nil, ok, false) },
		"int8 bias":    func() { w.Linear(3, ok, ok[:3], nil, ok, false) },
		"int8 w":       func() { Int8{Q: w.Q[:11], Scale: w.Scale, Cols: 3}.Linear(3, ok, nil, nil, ok, false) },
		"norm":         func() { Norm(4, ok[:11], ok[:3], ok, 0) },
		"gate":         func() { Gate(1, ok, ok[:3], nil, ok) },
		"attend q":     func() { Attend(Heads{4, 1, 3, 3, 3}, ok[:11], ok, ok, nil, make([]uint32, 8), ok) },
		"attend value": func() { Attend(Heads{1, 1, 3, 3, 3}, ok, ok, ok[:11], []uint32{3}, []uint32{0, 1}, ok) },
	} {
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

var raced bool // the race detector watches

func TestLayersAllocateNothing(t *testing.T) {
	if raced {
		t.Skip("the race detector allocates")
	}
	eachKernel(t, func(t *testing.T) {
		const m, n, k = 5, 40, 64
		x, y, w := make([]float32, m*k), make([]float32, m*n), Int8{Q: make([]int8, n*k), Scale: make([]float32, n), Cols: k}
		keys, span := []uint32{0, 1, 2}, []uint32{0, 3, 0, 2, 1, 1, 0, 0, 0, 3}
		got := math.Inf(1)
		for range 10 { // the least of several: a pool may lose its content at any time
			got = min(got, testing.AllocsPerRun(1, func() {
				w.Linear(m, x, nil, nil, y, true)
				Attend(Heads{Rows: m, Count: 2, Width: 20, Q: 40, KV: 40}, x, x, x, keys, span, y)
				Norm(m, x, x[:n], y, 1)
				Gate(1, x, x, x, x)
			}))
		}
		if got != 0 {
			t.Errorf("%v allocations a call", got)
		}
	})
}
