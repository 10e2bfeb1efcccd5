package film

import (
	"math"

	"ace/cmd/demo/paint"
)

func stars(c *paint.Canvas, n int, t float64) {
	for i := range n {
		a := 0.35 + 0.65*pulse(t+scatter(i))
		c.Circle(scatter(i)*128, scatter(i+60)*128, 0.6+0.9*scatter(i+5), paint.Fade(white, a))
	}
}

func flame(c *paint.Canvas, x, y, w, h float64) {
	drop := func(w, h float64) *paint.Path {
		p := c.Path().MoveTo(x, y-h)
		return p.CubeTo(x+w*0.3, y-h*0.6, x+w, y-h*0.35, x+w*0.9, y-h*0.08).CubeTo(x+w*0.6, y+h*0.12, x-w*0.6, y+h*0.12, x-w*0.9, y-h*0.08).CubeTo(x-w, y-h*0.35, x-w*0.3, y-h*0.6, x, y-h).Close()
	}
	c.Fill(drop(w, h), orange)
	c.Fill(drop(w*0.6, h*0.62), yellow)
}

func space() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("space", title, captions, keywords+" space", draw)
	}
	return []Film{
		one("twinkling stars", "stars twinkle in the night sky; a clear starry night", "star twinkle night sky", func(c *paint.Canvas, t float64) {
			c.Sky(night, dusk, 10)
			stars(c, 50, t)
			for i := range 5 {
				c.Star(scatter(i+3)*112+8, scatter(i+21)*112+8, 3+4*pulse(t+scatter(i)), 1.4, 4, 0, white)
			}
		}),
		one("shooting star", "a shooting star crosses the sky; make a wish, a meteor falls", "star meteor wish night comet", func(c *paint.Canvas, t float64) {
			c.Sky(night, dusk, 10)
			stars(c, 40, 0.3)
			x, y := 140-190*t, -10+110*t
			for i := range 16 {
				f := float64(i) / 16
				c.Circle(x+36*f, y-21*f, 3*(1-f), paint.Fade(yellow, 1-f))
			}
			c.Star(x, y, 7, 3, 5, t*6, white)
		}),
		one("rocket launch", "a rocket takes off into space; lift-off of a spaceship", "rocket launch spaceship takeoff fly", func(c *paint.Canvas, t float64) {
			c.Sky(night, purple, 10)
			stars(c, 30, t)
			y := 150 - 190*t*t - 40*t
			flame2 := 20 + 8*wave(t*6)
			c.With(paint.Identity.Translate(64, y).Scale(1, -1), func() { flame(c, 0, 6-36, 8, flame2) })
			c.Poly(red, 50, y+24, 64, y+4, 78, y+24)
			c.Fill(c.Path().MoveTo(64, y-40).CubeTo(82, y-20, 78, y+10, 74, y+22).LineTo(54, y+22).CubeTo(50, y+10, 46, y-20, 64, y-40).Close(), silver)
			c.Fill(c.Path().MoveTo(64, y-40).CubeTo(71, y-33, 75, y-25, 76.5, y-18).LineTo(51.5, y-18).CubeTo(53, y-25, 57, y-33, 64, y-40).Close(), red)
			c.Circle(64, y-6, 6.5, ink)
			c.Circle(64, y-6, 4.5, sky)
		}).lasting(30),
		one("planets orbiting the sun", "planets go around the sun; the solar system in motion", "planet orbit sun solar system", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			for i, col := range []struct {
				r, s float64
				n    float64
			}{{24, 3, 3}, {38, 4.5, 2}, {54, 6, 1}} {
				c.Ring(64, 64, col.r, 0.8, paint.Fade(white, 0.35))
				x, y := polar(64, 64, col.r, tau*col.n*t+float64(i)*2)
				c.Circle(x, y, col.s, paint.Hue(0.08+0.27*float64(i)))
			}
			c.Circle(64, 64, 12, yellow)
		}).lasting(36),
		one("earth turning", "the globe turns; the blue planet earth rotates", "earth globe world planet rotate", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			stars(c, 26, 0.2)
			c.Circle(64, 64, 44, sea)
			for i := range 12 {
				lon := frac(scatter(i)+t) * tau
				lat := (scatter(i+30) - 0.5) * 2.1
				depth := math.Cos(lon) * math.Cos(lat)
				if depth < 0.08 {
					continue
				}
				x, y := 64+44*math.Sin(lon)*math.Cos(lat), 64+44*math.Sin(lat)
				r := 7 + 8*scatter(i+11)
				c.Ellipse(64+(x-64)*0.86, 64+(y-64)*0.86, r*max(0.25, math.Cos(lon)), r*0.8, green)
			}
			c.Ring(64, 64, 45, 2.4, paint.Fade(sky, 0.8))
		}),
		one("ringed planet", "a planet with rings, like Saturn; moons circle a ringed planet", "saturn planet ring moon", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			stars(c, 30, t)
			back := func(a, b float64) {
				c.With(paint.Identity.Translate(64, 64).Rotate(-0.3).Scale(1, 0.28), func() {
					c.Arc(0, 0, 50, a, b, 9, paint.RGB(0xd8b98a))
					c.Arc(0, 0, 39, a, b, 5, paint.RGB(0xb08c5c))
				})
			}
			back(math.Pi, tau)
			c.Circle(64, 64, 28, orange)
			c.Ellipse(64, 56, 26, 5, paint.RGB(0xf7c37b))
			c.Ellipse(64, 72, 25, 4, paint.RGB(0xd97f2a))
			back(0, math.Pi)
			x, y := polar(0, 0, 58, tau*t)
			c.Circle(64+x, 64+y*0.5-x*0.3, 4, silver)
		}),
		one("phases of the moon", "the moon waxes and wanes; new moon, half moon, full moon", "moon phase full half crescent night", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			stars(c, 30, t)
			c.Circle(64, 64, 38, paint.RGB(0x2b3350))
			k := math.Cos(tau * t)
			p := c.Path()
			if t < 0.5 {
				p.Arc(64, 64, 38, 38, -math.Pi/2, math.Pi/2).Arc(64, 64, 38*k, 38, math.Pi/2, -math.Pi/2)
			} else {
				p.Arc(64, 64, 38, 38, math.Pi/2, 3*math.Pi/2).Arc(64, 64, 38*k, 38, -math.Pi/2, -3*math.Pi/2)
			}
			c.Fill(p.Close(), paint.RGB(0xf4ecc8))
		}).lasting(30),
		one("solar eclipse", "the moon covers the sun; a total eclipse", "eclipse sun moon dark corona", func(c *paint.Canvas, t float64) {
			x := 64 + 150*(0.5-t)
			dark := 1 - min(1, math.Abs(x-64)/60)
			c.Clear(paint.Mix(sky, night, dark))
			for i := range 5 {
				c.Circle(64, 64, 30+5*float64(i), paint.Fade(yellow, 0.12))
			}
			c.Circle(64, 64, 28, yellow)
			c.Circle(x, 64, 28.5, paint.Mix(paint.RGB(0x9fc0d0), night, dark))
		}),
		one("flying saucer", "a ufo hovers and beams down light; aliens in a flying saucer", "ufo alien saucer beam night", func(c *paint.Canvas, t float64) {
			c.Sky(night, dusk, 8)
			stars(c, 24, t)
			x, y := 64+14*wave(t), 44+5*wave(2*t)
			c.Poly(paint.Fade(yellow, 0.25+0.25*pulse(2*t)), x-10, y+6, x+10, y+6, x+28, 118, x-28, 118)
			ground(c, 116, forest)
			c.Circle(x, y-6, 14, sky)
			c.Ellipse(x, y, 32, 10, grey)
			for i := range 5 {
				c.Circle(x-22+11*float64(i), y+1, 2.6, paint.Hue(frac(t+float64(i)/5)))
			}
		}),
		one("fireworks", "fireworks explode in the sky; colourful rockets on new year's eve", "firework party new year celebrate rocket", func(c *paint.Canvas, t float64) {
			c.Sky(night, dusk, 8)
			for k, o := range [][3]float64{{38, 44, 0}, {92, 34, 0.33}, {66, 62, 0.66}} {
				ph := frac(t + o[2])
				if ph < 0.25 {
					c.Circle(o[0], 128-(128-o[1])*ph*4, 1.8, yellow)
					continue
				}
				g := (ph - 0.25) / 0.75
				for i := range 18 {
					a := tau * float64(i) / 18
					x, y := polar(o[0], o[1], 36*math.Sqrt(g), a)
					c.Circle(x, y+14*g*g, 2.6*(1-g)+0.4, paint.Fade(paint.Hue(float64(k)/3+0.02*float64(i%3)), 1-g*0.8))
					x, y = polar(o[0], o[1], 20*math.Sqrt(g), a+0.2)
					c.Circle(x, y+14*g*g, 1.8*(1-g)+0.3, paint.Fade(yellow, 1-g))
				}
			}
		}).lasting(30),
		one("satellite in orbit", "a satellite flies around the earth; a satellite with solar panels", "satellite orbit earth signal", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			stars(c, 24, t)
			c.Circle(64, 150, 66, sea)
			c.Ellipse(44, 104, 18, 10, green)
			c.Ellipse(90, 112, 16, 8, green)
			x, y := polar(64, 150, 104, -math.Pi/2+0.75*wave(t))
			turned(c, x, y, 0.75*wave(t), func() {
				c.Rect(-30, -6, 20, 12, 0, blue)
				c.Rect(10, -6, 20, 12, 0, blue)
				c.Line(-30, 0, 30, 0, 1.5, silver)
				c.Rect(-9, -9, 18, 18, 3, grey)
				for i := range 3 {
					c.Arc(0, 12, 6+6*float64(i)+6*frac(3*t), 0.9, math.Pi-0.9, 1.6, paint.Fade(yellow, 0.9-0.3*float64(i)))
				}
			})
		}),
	}
}
