package paint

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// area sums the opacity of a canvas, in pixels.
func area(c *Canvas) float64 {
	var a float64
	for i := 3; i < len(c.Img.Pix); i += 4 {
		a += float64(c.Img.Pix[i]) / 255
	}
	return a
}

// Painted areas are those of the shapes.
func TestAreas(t *testing.T) {
	black := RGB(0)
	for _, test := range []struct {
		name string
		want float64
		draw func(c *Canvas)
	}{
		{"rectangle off the grid", 10.5 * 20.25, func(c *Canvas) { c.Rect(3.3, 7.1, 10.5, 20.25, 0, black) }},
		{"rectangle cut by the edge", 10 * 12, func(c *Canvas) { c.Rect(-5, -5, 15, 17, 0, black) }},
		{"circle", math.Pi * 20 * 20, func(c *Canvas) { c.Circle(32, 32, 20, black) }},
		{"ring", 2 * math.Pi * 20 * 4, func(c *Canvas) { c.Ring(32, 32, 20, 4, black) }},
		{"line with round ends", 30*4 + math.Pi*4, func(c *Canvas) { c.Line(10, 32, 40, 32, 4, black) }},
		{"rounded", 40*40 - (4-math.Pi)*64, func(c *Canvas) { c.Rect(10, 10, 40, 40, 8, black) }},
		{"even-odd hole", 40*40 - 20*20, func(c *Canvas) {
			p := c.Path().Rect(10, 10, 40, 40, 0, 0).Rect(20, 20, 20, 20, 0, 0)
			p.EvenOdd = true
			c.Fill(p, black)
		}},
		{"scaled and turned", 4 * 10 * 10, func(c *Canvas) {
			c.With(Identity.Translate(32, 32).Rotate(0.7).Scale(2, 2), func() { c.Rect(-5, -5, 10, 10, 0, black) })
		}},
		{"outside", 0, func(c *Canvas) { c.Circle(200, 200, 20, black) }},
	} {
		c := New(64, 64)
		test.draw(c)
		if got := area(c); math.Abs(got-test.want) > 0.02*test.want+0.5 {
			t.Errorf("%s: area %.1f, want %.1f", test.name, got, test.want)
		}
	}
}

// Half-covered pixels are mixed, and paint over paint keeps an opaque ground opaque.
func TestBlend(t *testing.T) {
	c := New(2, 1)
	c.Clear(RGB(0xffffff))
	c.Rect(0.5, 0, 1.5, 1, 0, RGB(0))
	if got, want := c.Img.RGBAAt(0, 0), (color.RGBA{128, 128, 128, 255}); got != want {
		t.Errorf("edge pixel %v, want %v", got, want)
	}
	if got, want := c.Img.RGBAAt(1, 0), (color.RGBA{0, 0, 0, 255}); got != want {
		t.Errorf("inner pixel %v, want %v", got, want)
	}
}

func TestQuantise(t *testing.T) {
	ramp := image.NewRGBA(image.Rect(0, 0, 256, 4))
	for y := range 4 {
		for x := range 256 {
			ramp.SetRGBA(x, y, color.RGBA{uint8(x), 200, uint8(x / 2), 255})
		}
	}
	flat := New(8, 8)
	flat.Clear(RGB(0x123456))
	flat.Rect(0, 0, 4, 8, 0, RGB(0xfedcba))
	for _, n := range []int{2, 7, 64} {
		p := Quantise([]*image.RGBA{ramp}, n)[0]
		if len(p.Palette) != n {
			t.Fatalf("%d colours, want %d", len(p.Palette), n)
		}
		for x := range 256 {
			got := p.At(x, 1).(color.RGBA)
			if d := math.Abs(float64(got.R) - float64(x)); d > 256/float64(n)+1 {
				t.Errorf("n %d: column %d is %v", n, x, got)
			}
		}
	}
	p := Quantise([]*image.RGBA{flat.Img}, 16)[0]
	if len(p.Palette) != 2 || p.At(0, 0) != (color.RGBA{0xfe, 0xdc, 0xba, 255}) || p.At(7, 7) != (color.RGBA{0x12, 0x34, 0x56, 255}) {
		t.Errorf("two flat colours became %v", p.Palette)
	}
}
