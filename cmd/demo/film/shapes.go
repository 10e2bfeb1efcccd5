package film

import (
	"image/color"
	"math"

	"ace/cmd/demo/paint"
)

type vec [3]float64

// spin turns a point about the upright axis by a and tips it by b.
func (v vec) spin(a, b float64) vec {
	s, k := math.Sincos(a)
	v = vec{k*v[0] + s*v[2], v[1], -s*v[0] + k*v[2]}
	s, k = math.Sincos(b)
	return vec{v[0], k*v[1] - s*v[2], s*v[1] + k*v[2]}
}

// solid draws the faces of a convex body that look at us, shaded by their slope.
func solid(c *paint.Canvas, points []vec, faces [][]int, a, b, size float64, colours []color.NRGBA) {
	for i, f := range faces {
		var p [3]vec
		for k := range p {
			p[k] = points[f[k]].spin(a, b)
		}
		u := vec{p[1][0] - p[0][0], p[1][1] - p[0][1], p[1][2] - p[0][2]}
		w := vec{p[2][0] - p[0][0], p[2][1] - p[0][1], p[2][2] - p[0][2]}
		n := vec{u[1]*w[2] - u[2]*w[1], u[2]*w[0] - u[0]*w[2], u[0]*w[1] - u[1]*w[0]}
		// Outward is away from the body's centre, which is the origin.
		if n[0]*p[0][0]+n[1]*p[0][1]+n[2]*p[0][2] < 0 {
			n = vec{-n[0], -n[1], -n[2]}
		}
		if n[2] <= 0 {
			continue
		}
		l := math.Sqrt(n[0]*n[0] + n[1]*n[1] + n[2]*n[2])
		var xy []float64
		for _, k := range f {
			q := points[k].spin(a, b)
			z := 4 / (4.6 - q[2])
			xy = append(xy, 64+size*q[0]*z, 64+size*q[1]*z)
		}
		c.Poly(paint.Mix(colours[i%len(colours)], ink, 0.45*(1-n[2]/l)), xy...)
		c.Lines(1.4, ink, append(xy, xy[0], xy[1])...)
	}
}

var cube = []vec{{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}}
var cubeFaces = [][]int{{0, 1, 2, 3}, {4, 5, 6, 7}, {0, 1, 5, 4}, {2, 3, 7, 6}, {1, 2, 6, 5}, {0, 3, 7, 4}}

func shapes() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("shapes", title, captions, keywords+" shape geometry", draw)
	}
	six := []color.NRGBA{red, blue, green, yellow, purple, orange}
	return []Film{
		one("spinning cube", "a coloured cube turns around; a rotating 3d box", "cube box spin rotate 3d", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			solid(c, cube, cubeFaces, tau*t, 0.5, 34, six)
		}).lasting(30),
		one("wireframe cube", "the edges of a cube turn; a see-through rotating cube", "cube wireframe edges rotate 3d", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			for i := range 8 {
				for _, bit := range []int{1, 2, 4} {
					j := i ^ bit
					if j < i {
						continue
					}
					p := func(k int) vec {
						return vec{float64(k&1)*2 - 1, float64(k&2) - 1, float64(k&4)/2 - 1}.spin(tau*t/4, 0.6)
					}
					a, b := p(i), p(j)
					za, zb := 4/(4.6-a[2]), 4/(4.6-b[2])
					c.Line(64+34*a[0]*za, 64+34*a[1]*za, 64+34*b[0]*zb, 64+34*b[1]*zb, 2.4, paint.RGB(0x6fe3ff))
				}
			}
		}),
		one("spinning pyramid", "a pyramid turns; a rotating four-sided pyramid", "pyramid spin rotate 3d triangle", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xf4ecd8))
			pts := []vec{{0, -1.3, 0}, {-1, 0.7, -1}, {1, 0.7, -1}, {1, 0.7, 1}, {-1, 0.7, 1}}
			solid(c, pts, [][]int{{0, 1, 2}, {0, 2, 3}, {0, 3, 4}, {0, 4, 1}, {1, 2, 3, 4}}, tau*t/2, -0.3, 38, []color.NRGBA{yellow, orange})
		}).lasting(30),
		one("spinning octahedron", "a crystal with eight faces turns; a rotating diamond", "octahedron crystal diamond gem rotate 3d", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe6eef6))
			pts := []vec{{0, -1.5, 0}, {1, 0, 0}, {0, 0, 1}, {-1, 0, 0}, {0, 0, -1}, {0, 1.5, 0}}
			solid(c, pts, [][]int{{0, 1, 2}, {0, 2, 3}, {0, 3, 4}, {0, 4, 1}, {5, 1, 2}, {5, 2, 3}, {5, 3, 4}, {5, 4, 1}}, tau*t/2, -0.35, 36, []color.NRGBA{teal, sky, blue})
		}).lasting(30),
		one("circle to square", "a circle becomes a square and back; changing shapes", "circle square morph change", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			turned(c, 64, 64, tau*t/4, func() { c.Rect(-36, -36, 72, 72, 36*pulse(t)+0.01, teal) })
		}),
		one("growing circle", "a blue dot grows and shrinks; a breathing circle", "circle grow shrink breathe dot", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			c.Circle(64, 64, 14+38*pulse(t), paint.Fade(blue, 0.3))
			c.Circle(64, 64, 10+30*pulse(t), blue)
		}),
		one("turning triangle", "a red triangle turns round; a rotating triangle", "triangle turn rotate red", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			turned(c, 64, 66, tau*t/3, func() { c.Poly(red, 0, -46, 39.8, 23, -39.8, 23) })
		}),
		one("turning star", "a yellow star turns and glitters; a rotating gold star", "star turn rotate gold glitter", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			c.Star(64, 64, 48+3*wave(2*t), 21, 5, tau*t/5, yellow)
			c.Star(64, 64, 34, 15, 5, tau*t/5, orange)
		}),
		one("double helix", "a DNA strand turns; the double helix of genes", "dna helix gene biology science", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xeaf1f7))
			for i := range 14 {
				f := float64(i)
				a := tau*t + f*0.5
				x, y := 34*math.Sin(a), 10+8.4*f
				c.Line(64-x, y, 64+x, y, 2, silver)
				c.Circle(64-x, y, 4+1.4*math.Cos(a), red)
				c.Circle(64+x, y, 4-1.4*math.Cos(a), blue)
			}
		}),
		one("atom", "electrons circle around a nucleus; model of an atom", "atom electron nucleus physics science", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xf2f5f7))
			for i := range 3 {
				turned(c, 64, 64, tau*float64(i)/6, func() {
					c.Stroke(c.Path().Arc(0, 0, 52, 19, 0, tau), 1.8, grey)
					a := tau * (t + float64(i)/3)
					c.Circle(52*math.Cos(a), 19*math.Sin(a), 5, blue)
				})
			}
			c.Circle(60, 62, 6, red)
			c.Circle(68, 62, 6, orange)
			c.Circle(64, 69, 6, red)
		}),
		one("bouncing line of dots", "dots move up and down like a wave; a row of coloured dots", "dots wave line row colour", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			for i := range 9 {
				c.Circle(12+13*float64(i), 64+34*wave(t-float64(i)/9), 5.6, paint.Hue(float64(i)/9))
			}
		}),
		one("flag waving", "a flag flutters in the wind; a red and white flag on a pole", "flag wave wind country pole", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			for k, col := range []color.NRGBA{red, white, red} {
				p := c.Path().MoveTo(24, 24+18*float64(k))
				for x := 0.0; x <= 88; x += 4 {
					p.LineTo(24+x, 24+18*float64(k)+x/88*8*math.Sin(tau*(x/70-t)))
				}
				for x := 88.0; x >= 0; x -= 4 {
					p.LineTo(24+x, 43+18*float64(k)+x/88*8*math.Sin(tau*(x/70-t)))
				}
				c.Fill(p.Close(), col)
			}
			c.Line(22, 14, 22, 126, 5, brown)
			c.Circle(22, 13, 5, yellow)
		}),
		one("compass needle", "the needle of a compass swings to the north; a compass finds the way", "compass north direction navigation needle", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe3d9c6))
			c.Circle(64, 64, 52, brown)
			c.Circle(64, 64, 45, paper)
			for i := range 16 {
				x1, y1 := polar(64, 64, 38, tau*float64(i)/16)
				x2, y2 := polar(64, 64, 42, tau*float64(i)/16)
				c.Line(x1, y1, x2, y2, 1.6, ink)
			}
			turned(c, 64, 64, 0.9*wave(t)*math.Exp(-1.6*t)+0.12*wave(t), func() {
				c.Poly(red, 0, -36, 8, 0, -8, 0)
				c.Poly(ink, 0, 36, 8, 0, -8, 0)
			})
			c.Circle(64, 64, 4, yellow)
		}),
	}
}
