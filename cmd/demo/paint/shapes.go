package paint

import (
	"image/color"
	"math"
)

// RGB makes an opaque colour from 0xRRGGBB.
func RGB(v uint32) color.NRGBA {
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

// Fade returns the colour with its opacity multiplied by a in [0, 1].
func Fade(c color.NRGBA, a float64) color.NRGBA {
	c.A = uint8(float64(c.A)*min(max(a, 0), 1) + 0.5)
	return c
}

// Mix goes from a (t = 0) to b (t = 1).
func Mix(a, b color.NRGBA, t float64) color.NRGBA {
	t = min(max(t, 0), 1)
	f := func(x, y uint8) uint8 { return uint8(float64(x)*(1-t) + float64(y)*t + 0.5) }
	return color.NRGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), f(a.A, b.A)}
}

// Hue is a bright colour on the wheel; h counts turns.
func Hue(h float64) color.NRGBA {
	f := func(shift float64) uint8 {
		v := math.Abs(math.Mod(math.Mod(h+shift, 1)+1, 1)*6-3) - 1
		return uint8(75 + 165*min(max(v, 0), 1))
	}
	return color.NRGBA{f(0), f(2.0 / 3), f(1.0 / 3), 255}
}

// Clear fills the whole canvas.
func (c *Canvas) Clear(col color.NRGBA) { c.Sky(col, col, 1) }

// Sky fills the canvas with bands that go from one colour at the top to another at the bottom.
func (c *Canvas) Sky(top, bottom color.NRGBA, bands int) {
	h := c.Img.Rect.Dy()
	for y := range h {
		v := color.RGBAModel.Convert(Mix(top, bottom, float64(y*bands/h)/float64(max(bands-1, 1)))).(color.RGBA)
		row := c.Img.Pix[y*c.Img.Stride:][:4*c.Img.Rect.Dx()]
		for i := 0; i < len(row); i += 4 {
			row[i], row[i+1], row[i+2], row[i+3] = v.R, v.G, v.B, v.A
		}
	}
}

// Stroke paints a line of width w, in user units, with round ends and joints.
func (c *Canvas) Stroke(p *Path, w float64, col color.NRGBA) {
	r := w / 2 * p.m.scale()
	var out [][]point
	for i, s := range p.subs {
		n := len(s)
		for k, a := range s {
			out = append(out, disc(a, r))
			if k+1 == n && !p.closed[i] {
				break
			}
			b := s[(k+1)%n]
			l := math.Hypot(b.x-a.x, b.y-a.y)
			if l == 0 {
				continue
			}
			dx, dy := (b.x-a.x)/l*r, (b.y-a.y)/l*r
			// The same turning sense as disc, so that windings add up.
			out = append(out, []point{{a.x + dy, a.y - dx}, {b.x + dy, b.y - dx}, {b.x - dy, b.y + dx}, {a.x - dy, a.y + dx}})
		}
	}
	c.fill(out, false, col)
}

func disc(o point, r float64) []point {
	n := segments(2 * math.Pi * r)
	out := make([]point, n)
	for i := range out {
		s, k := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		out[i] = point{o.x + r*k, o.y + r*s}
	}
	return out
}

// Circle fills a circle.
func (c *Canvas) Circle(x, y, r float64, col color.NRGBA) { c.Ellipse(x, y, r, r, col) }

// Ellipse fills an ellipse.
func (c *Canvas) Ellipse(x, y, rx, ry float64, col color.NRGBA) {
	c.Fill(c.Path().Arc(x, y, rx, ry, 0, 2*math.Pi).Close(), col)
}

// Ring strokes a circle.
func (c *Canvas) Ring(x, y, r, w float64, col color.NRGBA) {
	c.Arc(x, y, r, 0, 2*math.Pi, w, col)
}

// Arc strokes a part of a circle.
func (c *Canvas) Arc(x, y, r, a, b, w float64, col color.NRGBA) {
	c.Stroke(c.Path().Arc(x, y, r, r, a, b), w, col)
}

// Pie fills a sector of a circle.
func (c *Canvas) Pie(x, y, r, a, b float64, col color.NRGBA) {
	c.Fill(c.Path().MoveTo(x, y).Arc(x, y, r, r, a, b).Close(), col)
}

// Rect fills a rectangle whose corners are rounded by r.
func (c *Canvas) Rect(x, y, w, h, r float64, col color.NRGBA) {
	c.Fill(c.Path().Rect(x, y, w, h, r, r), col)
}

// Rect adds a rectangle with elliptic corners.
func (p *Path) Rect(x, y, w, h, rx, ry float64) *Path {
	rx, ry = min(rx, w/2), min(ry, h/2)
	if rx <= 0 || ry <= 0 {
		return p.MoveTo(x, y).LineTo(x+w, y).LineTo(x+w, y+h).LineTo(x, y+h).Close()
	}
	q := math.Pi / 2
	p.MoveTo(x+w, y+h-ry)
	p.Arc(x+w-rx, y+h-ry, rx, ry, 0, q).Arc(x+rx, y+h-ry, rx, ry, q, 2*q)
	return p.Arc(x+rx, y+ry, rx, ry, 2*q, 3*q).Arc(x+w-rx, y+ry, rx, ry, 3*q, 4*q).Close()
}

// Line strokes from one point to another.
func (c *Canvas) Line(x1, y1, x2, y2, w float64, col color.NRGBA) {
	c.Stroke(c.Path().MoveTo(x1, y1).LineTo(x2, y2), w, col)
}

// Poly fills the polygon of the points x, y, x, y, ...
func (c *Canvas) Poly(col color.NRGBA, xy ...float64) { c.Fill(c.outline(xy).Close(), col) }

// Lines strokes an open line through the points x, y, x, y, ...
func (c *Canvas) Lines(w float64, col color.NRGBA, xy ...float64) { c.Stroke(c.outline(xy), w, col) }

func (c *Canvas) outline(xy []float64) *Path {
	p := c.Path().MoveTo(xy[0], xy[1])
	for i := 2; i+1 < len(xy); i += 2 {
		p.LineTo(xy[i], xy[i+1])
	}
	return p
}

// Star fills a star of n points.
func (c *Canvas) Star(x, y, outer, inner float64, n int, turn float64, col color.NRGBA) {
	var xy []float64
	for i := range 2 * n {
		r := outer
		if i%2 == 1 {
			r = inner
		}
		s, k := math.Sincos(turn + math.Pi*float64(i)/float64(n) - math.Pi/2)
		xy = append(xy, x+r*k, y+r*s)
	}
	c.Poly(col, xy...)
}

// Heart fills a heart whose half width is r.
func (c *Canvas) Heart(x, y, r float64, col color.NRGBA) {
	p := c.Path().MoveTo(x, y+r)
	p.CubeTo(x-1.5*r, y, x-r, y-1.2*r, x, y-r*0.45)
	p.CubeTo(x+r, y-1.2*r, x+1.5*r, y, x, y+r)
	c.Fill(p.Close(), col)
}
