package film

import (
	"math"

	"ace/cmd/demo/paint"
)

func flower(c *paint.Canvas, x, y, r float64, petals int, turn float64, h float64) {
	for i := range petals {
		px, py := polar(x, y, r*0.65, turn+tau*float64(i)/float64(petals))
		c.Circle(px, py, r*0.42, paint.Hue(h))
	}
	c.Circle(x, y, r*0.38, yellow)
}

func nature() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("nature", title, captions, keywords+" nature", draw)
	}
	return []Film{
		one("growing plant", "a seedling grows out of a pot; a plant sprouts leaves", "plant grow seed sprout pot leaf", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			k := ease(t, 0.02, 0.8)
			top := 92 - 66*k
			c.Line(64, 94, 64, top, 4, forest)
			for i := range 4 {
				s := ease(k, 0.15+0.18*float64(i), 0.4+0.2*float64(i))
				side := float64(1 - 2*(i%2))
				turned(c, 64, 84-14*float64(i)*min(1, k*1.1), -0.5*side, func() { c.Ellipse(side*13*s, 0, 13*s, 6*s, green) })
			}
			if b := ease(k, 0.85, 1); b > 0 {
				flower(c, 64, top, 14*b, 7, 0, 0.93)
			}
			c.Poly(red, 42, 92, 86, 92, 80, 122, 48, 122)
			c.Rect(38, 88, 52, 9, 2, paint.RGB(0xc4472a))
		}).lasting(30),
		one("flower opening", "a flower opens its petals; a blossom unfolds", "flower bloom blossom petal open", func(c *paint.Canvas, t float64) {
			c.Sky(sky, paint.RGB(0xe6f5d8), 6)
			k := pulse(t)
			c.Line(64, 66, 64, 128, 5, forest)
			turned(c, 64, 104, -0.6, func() { c.Ellipse(16, 0, 16, 6, green) })
			for ring := range 2 {
				for i := range 8 {
					a := tau*float64(i)/8 + float64(ring)*0.39
					turned(c, 64, 54, a, func() {
						c.Ellipse((10+12*k)*(1-0.35*float64(ring)), 0, (12+8*k)*(1-0.3*float64(ring)), 4+6*k, paint.Mix(pink, purple, 0.5*float64(ring)))
					})
				}
			}
			c.Circle(64, 54, 5+5*k, yellow)
		}),
		one("falling leaves", "autumn leaves fall from the tree; yellow and red leaves in the wind", "leaf autumn fall tree wind", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0xcfe4ee), paint.RGB(0xf6e7c8), 8)
			c.Rect(14, 50, 12, 80, 2, brown)
			c.Circle(20, 30, 30, orange)
			c.Circle(42, 44, 20, red)
			ground(c, 116, paint.RGB(0xb98b4a))
			for i := range 12 {
				ph := frac(t + scatter(i))
				x := 20 + scatter(i+8)*100 + 9*wave(2*ph+scatter(i))
				turned(c, x, 20+ph*104, tau*(ph+scatter(i)), func() { c.Ellipse(0, 0, 5.5, 2.8, paint.Hue(0.02+0.12*scatter(i+4))) })
			}
		}),
		one("cherry blossoms", "pink petals float through the air; cherry blossom in spring", "cherry blossom petal spring pink sakura", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0xd7ecf8), paint.RGB(0xfdeef3), 6)
			c.Lines(5, brown, -4, 30, 40, 36, 84, 22, 132, 30)
			c.Lines(3, brown, 40, 36, 58, 56)
			for i, p := range [][2]float64{{16, 30}, {38, 34}, {58, 54}, {66, 28}, {92, 24}, {112, 28}} {
				flower(c, p[0], p[1], 10, 5, float64(i), 0.93)
			}
			for i := range 14 {
				ph := frac(t + scatter(i))
				turned(c, scatter(i+5)*140-20*ph+6*wave(ph*2), 36+ph*100, tau*ph*2, func() { c.Ellipse(0, 0, 4, 2.2, pink) })
			}
		}),
		one("ocean wave", "waves move across the sea; the blue sea in motion", "wave sea ocean water swell", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			for k := range 4 {
				f := float64(k)
				p := c.Path().MoveTo(-4, 132)
				for x := -4.0; x <= 132; x += 4 {
					p.LineTo(x, 50+20*f+(9-f)*math.Sin(tau*(x/64*(1-0.15*f)*math.Round(1)+t*float64(1-2*(k%2))+f*0.3)))
				}
				c.Fill(p.LineTo(132, 132).Close(), paint.Mix(paint.RGB(0x6fb7dd), deep, f/3))
			}
		}),
		one("campfire burning", "flames of a campfire flicker at night; a warm wood fire", "fire flame camp burn wood warm", func(c *paint.Canvas, t float64) {
			c.Sky(night, dusk, 8)
			ground(c, 104, paint.RGB(0x3a2d2a))
			for i := range 5 {
				ph := frac(2*t + scatter(i))
				c.Circle(64+20*(scatter(i+4)-0.5)+8*wave(ph), 80-60*ph, 1.8*(1-ph), orange)
			}
			flame(c, 50+2*wave(2*t), 104, 13, 34+6*wave(2*t+0.3))
			flame(c, 78-2*wave(3*t), 104, 13, 36+6*wave(3*t+0.6))
			flame(c, 64+2*wave(t), 106, 18, 58+7*wave(3*t))
			turned(c, 64, 108, 0.22, func() { c.Rect(-34, -5, 68, 10, 5, brown) })
			turned(c, 64, 108, -0.22, func() { c.Rect(-34, -5, 68, 10, 5, paint.RGB(0x6f4429)) })
		}),
		one("candle flame", "a candle burns in the dark; the flickering flame of a candle", "candle flame light dark wax fire", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x20192b))
			for i := range 4 {
				c.Circle(64, 48, 44-9*float64(i)+2*wave(2*t), paint.Fade(orange, 0.1))
			}
			c.Rect(50, 66, 28, 54, 4, paper)
			c.Ellipse(64, 67, 14, 4, paint.RGB(0xe6dcc4))
			c.Line(64, 66, 64, 58, 2, ink)
			flame(c, 64+1.6*wave(2*t), 60, 9+wave(3*t), 30+4*wave(3*t))
		}),
		one("erupting volcano", "a volcano spits lava; red-hot lava flies out of the mountain", "volcano lava eruption mountain fire smoke", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x4b3350), paint.RGB(0xe08a5a), 8)
			for i := range 10 {
				ph := frac(t + float64(i)/10)
				c.Circle(64+(scatter(i)-0.5)*30*ph, 46-56*ph, 5+12*ph, paint.Fade(paint.RGB(0x554a55), 0.7*(1-ph)))
			}
			for i := range 16 {
				ph := frac(2*t + scatter(i))
				vx := (scatter(i+9) - 0.5) * 90
				c.Circle(64+vx*ph, 50-90*ph*(1-ph)*(0.6+0.6*scatter(i+2))+40*ph*ph, 3*(1-ph)+1, orange)
			}
			c.Poly(paint.RGB(0x5a4a45), 50, 48, 78, 48, 124, 128, 4, 128)
			c.Poly(red, 54, 48, 74, 48, 70, 66+4*wave(t), 66, 58, 62, 78+4*wave(t+0.4), 58, 60)
		}),
		one("waterfall", "water plunges over a cliff; a waterfall in the mountains", "water fall river cliff mountain", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 5)
			c.Rect(-2, 30, 46, 100, 0, paint.RGB(0x6e7a70))
			c.Rect(84, 30, 46, 100, 0, paint.RGB(0x7c887e))
			c.Rect(-2, 24, 46, 10, 4, green)
			c.Rect(84, 24, 46, 10, 4, green)
			c.Rect(42, 32, 44, 84, 0, sea)
			for i := range 18 {
				y := 28 + frac(t+scatter(i))*84
				x := 46 + scatter(i+6)*36
				c.Line(x, y, x, y+12, 2, paint.RGB(0xa9d8ef))
			}
			ground(c, 112, deep)
			for i := range 10 {
				c.Circle(42+scatter(i+2)*44, 112-4*pulse(t+scatter(i)), 4+3*scatter(i), white)
			}
		}),
		one("tree in the wind", "a tree sways in the wind; branches bend in a breeze", "tree wind sway leaves breeze", func(c *paint.Canvas, t float64) {
			c.Sky(sky, paint.RGB(0xeaf6e2), 6)
			ground(c, 110, green)
			s := 6 * wave(t)
			c.Poly(brown, 56, 112, 72, 112, 67+s*0.5, 60, 61+s*0.5, 60)
			for i, p := range [][3]float64{{44, 58, 20}, {84, 58, 20}, {64, 40, 26}, {54, 30, 16}, {78, 34, 17}} {
				c.Circle(p[0]+s*(1+0.2*float64(i)), p[1], p[2], paint.Mix(forest, green, float64(i)/4))
			}
			for i := range 4 {
				ph := frac(t + scatter(i))
				c.Ellipse(70+80*ph, 60+20*scatter(i+3)+20*ph, 4, 2, green)
			}
		}),
		one("palm on an island", "a palm tree on a desert island; waves around a tropical island", "palm island tropical beach sea holiday", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x7cc7ee), paint.RGB(0xe4f5fb), 6)
			sun(c, 102, 26, 12, t*0.63)
			ground(c, 92, sea)
			c.Ellipse(60, 104, 46, 14, paint.RGB(0xf0d48f))
			s := 3 * wave(t)
			c.Lines(6, brown, 56, 102, 58, 80, 64+s*0.5, 60, 70+s, 44)
			for i := range 6 {
				a := -math.Pi*float64(i)/5 + 0.06*wave(t+float64(i)/6)
				x, y := polar(70+s, 44, 20, a)
				x2, y2 := polar(70+s, 52, 34, a)
				c.Lines(5, forest, 70+s, 44, x, y-2, x2, y2+4)
			}
			c.Circle(68+s, 47, 3.5, paint.RGB(0x5f3d24))
			for i := range 4 {
				c.Line(frac(t/1+scatter(i))*150-20, 112+4*float64(i), frac(t+scatter(i))*150-4, 112+4*float64(i), 1.6, paint.RGB(0xa9d8ef))
			}
		}),
		one("sunflower turning", "a sunflower sways and smiles; a big yellow sunflower", "sunflower flower yellow summer garden", func(c *paint.Canvas, t float64) {
			c.Sky(sky, paint.RGB(0xf0f7d8), 6)
			x := 64 + 7*wave(t)
			c.Lines(6, forest, 64, 130, 63, 96, x, 56)
			turned(c, 64, 100, -0.5, func() { c.Ellipse(18, 0, 18, 7, green) })
			for i := range 16 {
				turned(c, x, 52, tau*float64(i)/16+0.2*wave(t), func() { c.Ellipse(24, 0, 13, 5, yellow) })
			}
			c.Circle(x, 52, 17, brown)
			c.Circle(x, 52, 11, paint.RGB(0x6b4226))
		}),
		one("mushroom popping up", "a red toadstool grows in the grass; a mushroom with white dots", "mushroom toadstool forest grow red", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0xdcebd2), paint.RGB(0xf6f3df), 6)
			k := ease(t, 0.05, 0.4) * (1 - ease(t, 0.85, 1))
			c.With(paint.Identity.Translate(64, 112).Scale(0.4+0.6*k, 0.1+0.9*k), func() {
				c.Rect(-10, -44, 20, 46, 8, paper)
				c.Fill(c.Path().Arc(0, -40, 38, 34, math.Pi, tau).Close(), red)
				for _, d := range [][3]float64{{-20, -50, 5}, {0, -60, 6}, {19, -49, 5}, {-4, -46, 3.5}, {10, -66, 3}} {
					c.Circle(d[0], d[1], d[2], white)
				}
			})
			ground(c, 110, green)
			for i := range 20 {
				c.Line(float64(i)*7, 112, float64(i)*7+2*wave(t+scatter(i)), 102, 2, forest)
			}
		}),
	}
}
