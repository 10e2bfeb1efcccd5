package compute

import (
	"math"
	"slices"
	"testing"

	"ace/shaders"
	"ace/shaders/cpu"
	"ace/shaders/shaderstest"
)

// rounded is x in rows of int8 multiples of a scale each.
func rounded(x []float32, cols int) (q []int8, scale []float32) {
	for from := 0; from < len(x); from += cols {
		top := float32(0)
		for _, v := range x[from : from+cols] {
			top = max(top, float32(math.Abs(float64(v))))
		}
		scale = append(scale, top/127)
		for _, v := range x[from : from+cols] {
			q = append(q, int8(math.Round(float64(v/scale[len(scale)-1]))))
		}
	}
	return q, scale
}

// TestPackedAgainstTwin gives the kernels that know int8 their weights so, and the
// twin the same numbers as floats.
func TestPackedAgainstTwin(t *testing.T) {
	weights := map[*shaders.Kernel]func(p *cpu.Params) (bindings []int, cols int){
		shaders.Linear: func(p *cpu.Params) ([]int, int) { return []int{1}, int(cpu.Unpack[cpu.LinearParams](p).In) },
		shaders.Embed:  func(p *cpu.Params) ([]int, int) { return []int{3, 4}, int(cpu.Unpack[cpu.EmbedParams](p).Width) },
	}
	seen := map[*shaders.Kernel]bool{}
	for _, c := range shaderstest.Trials() {
		if weights[c.Kernel] == nil {
			continue
		}
		seen[c.Kernel] = true
		t.Run(c.Kernel.Name+"/"+c.Name, func(t *testing.T) {
			data := c.Data()
			dev := NewCPU()
			bind := bound(dev, data)
			bindings, cols := weights[c.Kernel](&c.Params)
			for _, i := range bindings {
				n := len(data[i].F) / cols * cols
				p := NewPacked(64 + n)
				p.AddFloats(1, []float32{guard})
				q, scale := rounded(data[i].F[:n], cols)
				p.AddInt8(64, q, scale)
				bind[i] = AdoptPacked(dev, p).At(64, n)
				copy(data[i].F, p.Flat()[64:])
			}
			got := run(t, dev, c.Kernel, c.Params, bind)
			args := cpu.Args[float32]{P: c.Params}
			copy(args.B[:], data)
			c.Kernel.F32(&args)
			y := len(bind) - 1
			for i, w := range data[y].F {
				// Half a step of the largest of a row of x, some 1e-4, a column.
				if g := got[y].F[i]; !(math.Abs(float64(g-w)) <= 1e-4*math.Sqrt(float64(cols))*(1+math.Abs(float64(w)))) {
					t.Fatalf("y[%d] is %v, the twin's %v", i, g, w)
				}
			}
		})
	}
	if len(seen) != len(weights) {
		t.Error("not all kernels are tried")
	}
}

func TestPackedParts(t *testing.T) {
	p := NewPacked(40)
	p.AddFloats(0, []float32{1, 2, 3})
	p.AddInt8(8, []int8{1, 2, 3, -4, 5, 6, 7, 8, 9}, []float32{1, .5, 2})
	p.AddFloats(32, []float32{4, 5})
	want := make([]float32, 40)
	copy(want, []float32{1, 2, 3})
	copy(want[8:], []float32{1, 2, 3, -2, 2.5, 3, 14, 16, 18})
	copy(want[32:], []float32{4, 5})
	if got := p.Flat(); !slices.Equal(got, want) {
		t.Errorf("flat %v, want %v", got, want)
	}
	whole := Buffer{n: 40}
	see := func(off, n int) cpu.View[float32] { return p.view(whole.At(off, n)) }
	if v := see(33, 1); !slices.Equal(v.F, []float32{5}) {
		t.Errorf("floats %v", v.F)
	}
	if v := see(11, 6); !slices.Equal(v.Q, []int8{-4, 5, 6, 7, 8, 9}) || !slices.Equal(v.S, []float32{.5, 2}) {
		t.Errorf("rows %v of scales %v", v.Q, v.S)
	}
	for name, call := range map[string]func(){
		"half a row":    func() { see(9, 3) },
		"between parts": func() { see(20, 1) },
		"two parts":     func() { see(32, 3) },
		"overlap":       func() { p.AddFloats(33, []float32{1}) },
		"too long":      func() { p.AddFloats(38, []float32{1, 2, 3}) },
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
