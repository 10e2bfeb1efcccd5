package model

import (
	"fmt"
	"math"
	"testing"

	"ace/core"
	"ace/core/compute"
	"ace/shaders"
)

// shapes that the fused kernels take.
func fusable() []*Config {
	var all []*Config
	for _, branch := range [][2]bool{{true, true}, {true, false}, {false, true}, {false, false}} {
		for _, sense := range []int{0, 5, 8} {
			c := shape(branch[0], branch[1])
			c.Sense = sense
			all = append(all, c)
		}
	}
	one := shape(true, true)
	one.Encoder, one.Decoder, one.Levels = 1, 1, []int{9, 2, 3, 4, 5, 6, 7} // more rows than a workgroup has
	three := shape(true, true)
	three.Encoder, three.Decoder, three.Width, three.Heads, three.FFN = 3, 3, 16, 4, 36
	return append(all, one, three)
}

// TestFusedIsTheSame: one dispatch a block says what several do.
func TestFusedIsTheSame(t *testing.T) {
	for _, c := range fusable() {
		if err := c.CheckFused(); err != nil {
			t.Fatal(err)
		}
		flat := random(c)
		var id core.ID
		for _, v := range c.Levels {
			id = append(id, core.Token(v-1))
		}
		want, got := whole(t, c, flat, id, false), whole(t, c, flat, id, true)
		for l := range want {
			for i, w := range want[l] {
				if g := got[l][i]; math.Abs(float64(g-w)) > 1e-4 || math.IsNaN(float64(g)) {
					t.Fatalf("%+v: level %d, code %d: fused %v, else %v", *c, l, i, g, w)
				}
			}
		}
	}
}

// record is a query of a shape as a device is given it, all intermediate results
// in one buffer.
func record(c *Config, words, beams int, fused bool) *compute.Recording {
	dev := compute.NewReference()
	u := dev.Uints
	_, n := c.Layout()
	room, used := dev.Floats(1<<20), 0
	rec := &Recorder{Recording: &compute.Recording{}, Config: c, Weights: c.Bind(dev.Floats(n)), Fused: fused, Room: func(n int) compute.Buffer {
		at := used
		used += (n + 63) &^ 63
		return room.At(at, n)
	}}
	m := rec.Encode(Text{Rows: words, Pieces: u(words), Start: u(words + 1), Place: u(words), Keys: u(words), Span: u(2 * words), Sense: dev.Floats(words * c.Sense)})
	cache := rec.NewCache(beams * len(c.Levels))
	for l := range c.Levels {
		b := beams
		if l == 0 {
			b = 1
		}
		states := rec.Decode(m, Codes{Rows: b, Table: u(b), Start: u(b + 1), Place: u(b), SelfKeys: u(b * (l + 1)), SelfSpan: u(2 * b),
			CrossKeys: u(words), CrossSpan: u(2 * b), Cache: cache, From: l * beams})
		rec.Logits(states, l, b)
	}
	return rec.Recording
}

// TestFusedBindingsAreApart: of the bindings of a dispatch none overlaps another
// that may be written, and none that may be written shares a buffer with one that
// may not: WebGPU refuses both.
func TestFusedBindingsAreApart(t *testing.T) {
	for _, c := range fusable() {
		for _, d := range record(c, 7, 6, true).Dispatches {
			for i, a := range d.Kernel.Bindings {
				for j, b := range d.Kernel.Bindings[:i] {
					x, y := d.Bind[i], d.Bind[j]
					if x.Len() == 0 || y.Len() == 0 || !x.Same(y) || a.Fixed() && b.Fixed() {
						continue
					}
					if a.Fixed() != b.Fixed() || x.Offset() < y.Offset()+y.Len() && y.Offset() < x.Offset()+x.Len() {
						t.Errorf("kernel %s: bindings %s and %s", d.Kernel.Name, a.Name, b.Name)
					}
				}
			}
		}
	}
}

// TestFusedIsShort: a query is few dispatches, whatever its shape.
func TestFusedIsShort(t *testing.T) {
	c := &Config{Width: 32, Heads: 8, FFN: 64, Encoder: 3, Decoder: 3, Vocabulary: 300, Places: 30, Levels: []int{8, 8, 8, 8, 8}, Coarse: true, Fine: true, Sense: 8}
	all := record(c, 24, 10, true).Dispatches
	count := map[*shaders.Kernel]int{}
	for _, d := range all {
		count[d.Kernel]++
	}
	said := ""
	for k, n := range count {
		said += fmt.Sprintf(" %s %d", k.Name, n)
	}
	t.Logf("%d dispatches:%s", len(all), said)
	if n := len(all) + 2*len(c.Levels); n > 120 { // the beam takes two a level
		t.Errorf("%d dispatches:%s", n, said)
	}
}

func TestCheckFusedRefuses(t *testing.T) {
	for _, c := range []*Config{{Width: 12, Heads: 2, FFN: 8}, {Width: 12, Heads: 3, FFN: 6}} {
		if c.CheckFused() == nil {
			t.Errorf("%+v was taken", *c)
		}
	}
}
