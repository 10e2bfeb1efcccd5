package bundle

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A value stored as f16 comes back within half a unit in the last place of
// binary16, and exactly where it is a binary16 value; all 65536 are tried.
func TestHalf(t *testing.T) {
	all := make([]byte, 0, 1<<17)
	for v := range 1 << 16 {
		all = append(all, byte(v), byte(v>>8))
	}
	wide := widen(all)
	for v, x := range wide {
		got, err := appendHalf(nil, []float32{x})
		if err != nil {
			t.Fatal(err)
		}
		if bits := int(got[0]) | int(got[1])<<8; bits != v && !math.IsNaN(float64(x)) {
			t.Fatalf("%04x widens to %g, which is stored as %04x", v, x, bits)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		x := float32(rng.NormFloat64()) * float32(math.Exp2(float64(rng.IntN(40)-26)))
		if x > 65000 || x < -65000 {
			continue
		}
		b, err := appendHalf(nil, []float32{x})
		if err != nil {
			t.Fatal(err)
		}
		ulp := math.Exp2(max(-24, math.Floor(math.Log2(math.Abs(float64(x))))-10))
		if d := math.Abs(float64(widen(b)[0]) - float64(x)); d > ulp/2 {
			t.Fatalf("%g comes back with error %g, a unit is %g", x, d, ulp)
		}
	}
}

func TestQuantise(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, shape := range [][2]int{{1, 1}, {1, 7}, {7, 1}, {5, 33}, {64, 64}} {
		rows, width := shape[0], shape[1]
		x := make([]float32, rows*width)
		for i := range x {
			x[i] = float32(rng.NormFloat64() * math.Exp2(float64(rng.IntN(100)-50)))
		}
		q, scale, err := quantise(x, rows)
		if err != nil {
			t.Fatal(err)
		}
		back := dequantise(q, scale)
		for i, v := range x {
			s := float64(scale[i/width])
			if d := math.Abs(float64(back[i]) - float64(v)); d > s/2*(1+1e-5) {
				t.Fatalf("%v: element %d: %g comes back as %g, scale %g", shape, i, v, back[i], s)
			}
		}
		again, _, err := quantise(back, rows)
		if err != nil || !slices.Equal(again, q) {
			t.Errorf("%v: quantising what was read gives other codes, %v", shape, err)
		}
	}
}

func TestQuantiseExtremes(t *testing.T) {
	x := []float32{0, float32(math.Copysign(0, -1)), math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32,
		math.MaxFloat32, -math.MaxFloat32, 190 * math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32}
	q, scale, err := quantise(x, 4)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int8{0, 0, 0, 0, 127, -127, 127, -1}; !slices.Equal(q, want) {
		t.Errorf("codes %v, want %v", q, want)
	}
	for i, v := range dequantise(q, scale) {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			t.Errorf("element %d comes back as %g", i, v)
		}
	}
}

// Values at odd addresses are copied, others are seen where they lie.
func TestView(t *testing.T) {
	want := []uint32{1, 0x01020304, math.MaxUint32}
	b := appendLittle(make([]byte, 0, 64), want)
	if !slices.Equal(b, []byte{1, 0, 0, 0, 4, 3, 2, 1, 255, 255, 255, 255}) {
		t.Fatalf("stored as %v", b)
	}
	if got := view[uint32](b); !slices.Equal(got, want) {
		t.Errorf("aligned: %v", got)
	} else if got[0] = 7; littleEndian && b[0] != 7 {
		t.Error("an aligned view is a copy")
	}
	b[0] = 1
	for shift := 1; shift < 4; shift++ {
		odd := append(make([]byte, shift, 64), b...)[shift:]
		got := view[uint32](odd)
		if !slices.Equal(got, want) {
			t.Errorf("shifted by %d: %v", shift, got)
		}
		if got[0] = 7; odd[0] == 7 {
			t.Errorf("shifted by %d: not a copy", shift)
		}
	}
}

// The way of a big-endian machine, walked on this one: bytes are turned round
// when written and turned back when read.
func TestOtherEndian(t *testing.T) {
	want := []uint32{1, 0x01020304, math.MaxUint32}
	plain := appendLittle(nil, want)
	defer func(was bool) { littleEndian = was }(littleEndian)
	littleEndian = !littleEndian
	turned := appendLittle(nil, want)
	for i := range plain {
		if turned[i] != plain[i/4*4+3-i%4] {
			t.Fatalf("%v is turned to %v", plain, turned)
		}
	}
	if got := view[uint32](turned); !slices.Equal(got, want) {
		t.Errorf("comes back as %v", got)
	}
}

// A whole file at an odd address reads as well as an aligned one.
func TestOddAddress(t *testing.T) {
	for shift := range 4 {
		file := append(make([]byte, shift), mustFile(t, sample(false))...)[shift:]
		src, err := FromBytes(file)
		if err != nil {
			t.Fatal(err)
		}
		checkSample(t, mustOpen(t, src))
	}
}

func TestWrongReader(t *testing.T) {
	c := mustOpen(t, carriers(t, sample(false))["file"])
	for want, read := range map[string]func() error{
		`no tensor "none"`:                             func() error { _, _, err := c.Float32s(ctx, "none"); return err },
		`tensor "u8" is u8, want u16`:                  func() error { _, _, err := c.Uint16s(ctx, "u8"); return err },
		`tensor "u8" is u8, want f32`:                  func() error { _, _, err := c.Float32s(ctx, "u8"); return err },
		`tensor "raw.i8" is i8 without "raw.i8.scale"`: func() error { _, _, err := c.Float32s(ctx, "raw.i8"); return err },
		`tensor "w/f16" is f16, want i8`:               func() error { _, _, _, err := c.Int8s(ctx, "w/f16"); return err },
		`no section "none"`:                            func() error { _, err := c.Section(ctx, "none"); return err },
		`no meta "none"`:                               func() error { return c.Meta("none", new(int)) },
		`meta "a": json: cannot unmarshal`:             func() error { return c.Meta("a", new(int)) },
	} {
		if err := read(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if !c.Has("u8") || c.Has("none") {
		t.Error("has")
	}
	if info, ok := c.Tensor("w/i8"); !ok || info.DType != I8 || info.Elements() != 9 {
		t.Errorf("tensor w/i8: %v %v", info, ok)
	}
}
