package film

import (
	"image/color"

	"ace/cmd/demo/paint"
)

// wheel is a tyre with spokes, turned by a.
func wheel(c *paint.Canvas, x, y, r, a float64) {
	c.Circle(x, y, r, ink)
	c.Circle(x, y, r*0.62, silver)
	for i := range 3 {
		turned(c, x, y, a+float64(i)*tau/6, func() { c.Line(-r*0.55, 0, r*0.55, 0, r*0.14, grey) })
	}
}

// road is a street whose dashes run by.
func road(c *paint.Canvas, y, t float64) {
	ground(c, y, paint.RGB(0x59636e))
	for i := range 5 {
		c.Rect(frac(float64(i)/5-t)*160-20, y+11, 16, 3, 0, white)
	}
}

func hills(c *paint.Canvas, y, t float64) {
	for i := range 4 {
		c.Circle(frac(float64(i)/4-t)*200-36, y+24, 44, paint.Mix(green, forest, float64(i%2)))
	}
}

func vehicles() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("vehicles", title, captions, keywords+" vehicle", draw)
	}
	return []Film{
		one("car driving", "a red car drives along a road; driving through the hills", "car drive road automobile travel", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			hills(c, 80, t)
			road(c, 102, 3*t)
			y := 84 + 0.8*wave(4*t)
			c.Fill(c.Path().MoveTo(34, y).LineTo(46, y-22).LineTo(82, y-22).LineTo(98, y).Close(), red)
			c.Rect(16, y-4, 98, 22, 8, red)
			c.Poly(sky, 42, y-2, 50, y-17, 62, y-17, 62, y-2)
			c.Poly(sky, 67, y-2, 67, y-17, 79, y-17, 89, y-2)
			c.Circle(110, y+4, 4, yellow)
			wheel(c, 40, y+18, 12, tau*3*t)
			wheel(c, 90, y+18, 12, tau*3*t)
		}),
		one("bus driving", "a yellow bus drives by; a school bus on its way", "bus drive road school travel", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			road(c, 104, 3*t)
			y := 56 + 0.8*wave(4*t)
			c.Rect(8, y-14, 112, 56, 8, yellow)
			for i := range 5 {
				c.Rect(16+21*float64(i), y-6, 16, 18, 3, deep)
			}
			c.Rect(8, y+20, 112, 4, 0, ink)
			wheel(c, 34, y+44, 12, tau*3*t)
			wheel(c, 94, y+44, 12, tau*3*t)
		}),
		one("train passing", "a train rolls through the landscape; railway carriages with windows", "train railway rail travel carriage", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			hills(c, 78, t)
			ground(c, 106, brown)
			c.Line(-2, 106, 130, 106, 3, grey)
			for i := range 3 {
				x := frac(t+float64(i)/3)*210 - 80
				c.Rect(x, 62, 64, 36, 6, []color.NRGBA{blue, teal, red}[i])
				for k := range 3 {
					c.Rect(x+7+18*float64(k), 68, 13, 13, 2, paint.RGB(0xfdf3c9))
				}
				wheel(c, x+14, 100, 7, tau*5*t)
				wheel(c, x+50, 100, 7, tau*5*t)
			}
		}).lasting(30),
		one("sailing boat", "a sailing boat rocks on the waves; a yacht at sea", "boat sail ship yacht sea wind", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x9fd3f0), white, 6)
			cloud(c, frac(0.4+t)*190-30, 26, 0.8, white)
			turned(c, 64, 96+2*wave(t), 0.09*wave(t+0.2), func() {
				c.Line(0, 0, 0, -72, 3, brown)
				c.Poly(white, 4, -68, 4, -12, 38, -12)
				c.Poly(red, -4, -58, -4, -12, -28, -12)
				c.Poly(brown, -38, -6, 40, -6, 28, 14, -26, 14)
			})
			ground(c, 102, sea)
			for i := range 6 {
				x := frac(scatter(i)-t)*150 - 14
				c.Line(x, 105+4*float64(i), x+16, 105+4*float64(i), 1.8, paint.RGB(0xa9d8ef))
			}
		}),
		one("airplane flying", "a plane flies through clouds; an airliner in the sky", "airplane plane fly sky travel aircraft", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x5fa9dd), sky, 8)
			for i := range 3 {
				cloud(c, 160-frac(t+scatter(i))*200, 26+38*float64(i), 0.7+0.2*float64(i), white)
			}
			turned(c, 64, 62+4*wave(t), -0.12, func() {
				c.Poly(silver, -10, 2, 10, 2, -20, 36, -30, 36)
				c.Rect(-46, -9, 92, 18, 9, white)
				c.Poly(red, -46, -2, -34, -6, -44, -26, -54, -26)
				c.Poly(grey, -6, -4, 12, -4, -12, -26, -20, -26)
				for i := range 6 {
					c.Circle(-22+9*float64(i), -2, 2, blue)
				}
			})
		}),
		one("helicopter hovering", "a helicopter hovers with turning rotor; a rescue helicopter", "helicopter fly rotor hover aircraft", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			y := 66 + 4*wave(t)
			c.Rect(8, y-8, 54, 9, 4, red)
			turned(c, 12, y-4, tau*5*t/2, func() { c.Line(-11, 0, 11, 0, 3, ink) })
			c.Ellipse(78, y, 32, 22, red)
			c.Fill(c.Path().MoveTo(84, y-16).CubeTo(104, y-16, 110, y-4, 110, y+2).LineTo(84, y+2).Close(), sky)
			c.Line(78, y-22, 78, y-32, 4, ink)
			w := 52 * (0.25 + 0.75*pulse(6*t))
			c.Line(78-w, y-33, 78+w, y-33, 3.4, ink)
			c.Lines(3, ink, 56, y+30, 104, y+30)
			c.Line(66, y+20, 64, y+30, 3, ink)
			c.Line(92, y+20, 94, y+30, 3, ink)
		}),
		one("hot air balloon", "a hot air balloon rises into the sky; a colourful balloon floats", "balloon float fly sky rise", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x8fcdf0), paint.RGB(0xfdf0d8), 8)
			cloud(c, 26, frac(t+0.2)*170-20, 0.8, white)
			cloud(c, 106, frac(t+0.7)*170-20, 0.7, white)
			x, y := 64+4*wave(t), 50+3*wave(2*t)
			for i, col := range []color.NRGBA{red, yellow, blue, yellow, red} {
				w := []float64{36, 36, 14, 14, 0}[i]
				if i == 0 {
					c.Circle(x, y, 36, col)
					c.Poly(col, x-32, y+16, x+32, y+16, x+10, y+46, x-10, y+46)
				} else if w > 0 {
					c.Ellipse(x, y, w*0.66, 36, col)
				}
			}
			c.Lines(1.4, brown, x-10, y+46, x-7, y+58)
			c.Lines(1.4, brown, x+10, y+46, x+7, y+58)
			c.Rect(x-9, y+57, 18, 13, 3, brown)
		}),
		one("bicycle riding", "somebody rides a bicycle; a cyclist pedals along", "bicycle bike ride cycle pedal", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			hills(c, 92, t)
			road(c, 108, 2*t)
			for _, x := range []float64{36, 92} {
				c.Ring(x, 92, 18, 3, ink)
				for i := range 4 {
					turned(c, x, 92, tau*2*t+float64(i)*tau/8, func() { c.Line(-17, 0, 17, 0, 1, grey) })
				}
			}
			c.Lines(3.4, red, 36, 92, 52, 66, 82, 66, 62, 92, 36, 92)
			c.Lines(3.4, red, 62, 92, 50, 60)
			c.Lines(3.4, red, 92, 92, 80, 58)
			c.Lines(3.4, ink, 74, 56, 88, 56)
			px, py := polar(62, 92, 9, tau*2*t)
			c.Lines(5, blue, 50, 56, 68, 74, px, py)
			c.Lines(6, orange, 50, 56, 62, 32)
			c.Lines(4, skin, 62, 36, 82, 54)
			c.Circle(66, 22, 9, skin)
			c.Fill(c.Path().Arc(66, 21, 10, 10, 3.1, 6.3).Close(), red)
		}),
		one("paper boat sinking", "a paper boat goes down; a little white ship sinks into the sea", "ship sink boat sea wreck paper", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x8fa6b8), paint.RGB(0xd5e0e6), 6)
			k := ease(t, 0.1, 0.85)
			turned(c, 64, 84+56*k, 0.75*k, func() {
				c.Poly(white, -40, -8, 40, -8, 24, 18, -24, 18)
				c.Poly(silver, 0, -44, 20, -8, -20, -8)
			})
			ground(c, 96, sea)
			for i := range 6 {
				x := frac(scatter(i)-t)*150 - 14
				c.Line(x, 100+5*float64(i), x+16, 100+5*float64(i), 1.8, paint.RGB(0xa9d8ef))
			}
		}),
	}
}
