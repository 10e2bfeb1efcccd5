package film

import (
	"image/color"
	"math"

	"ace/cmd/demo/paint"
)

func sun(c *paint.Canvas, x, y, r, turn float64) {
	for i := range 10 {
		a := turn + tau*float64(i)/10
		x1, y1 := polar(x, y, r*1.25, a)
		x2, y2 := polar(x, y, r*1.6, a)
		c.Line(x1, y1, x2, y2, r*0.16, orange)
	}
	c.Circle(x, y, r, yellow)
}

func weather() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("weather", title, captions, keywords+" weather", draw)
	}
	return []Film{
		one("rain falling", "rain falls from a grey cloud; a rainy day with drops", "rain drop cloud wet", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x8fa6b8), paint.RGB(0xc8d5de), 8)
			for i := range 26 {
				y := frac(t+scatter(i))*100 + 34
				x := scatter(i+40) * 128
				c.Line(x, y, x-2, y+8, 2, blue)
			}
			cloud(c, 44, 30, 1.5, grey)
			cloud(c, 86, 34, 1.4, paint.RGB(0x6f7d8b))
		}),
		one("snow falling", "snowflakes drift down at night; it snows softly on a fir tree", "snow winter flake cold", func(c *paint.Canvas, t float64) {
			c.Sky(night, dusk, 8)
			ground(c, 108, white)
			c.Poly(forest, 96, 50, 116, 110, 76, 110)
			c.Poly(green, 96, 36, 111, 74, 81, 74)
			for i := range 30 {
				ph := frac(t + scatter(i))
				c.Circle(scatter(i+7)*128+4*wave(t+scatter(i+3)), ph*136-4, 1.4+1.6*scatter(i+9), white)
			}
		}),
		one("thunderstorm", "lightning flashes from a dark cloud; a storm with a bolt of lightning", "lightning thunder storm flash bolt", func(c *paint.Canvas, t float64) {
			flash := t > 0.5 && t < 0.56 || t > 0.62 && t < 0.72
			c.Clear(paint.RGB(0x2a3145))
			if flash {
				c.Clear(paint.RGB(0x9aa6c8))
				c.Poly(yellow, 66, 44, 48, 84, 62, 84, 52, 120, 86, 72, 70, 72, 80, 44)
			}
			for i := range 16 {
				y := frac(2*t+scatter(i))*90 + 44
				c.Line(scatter(i+9)*128, y, scatter(i+9)*128-3, y+9, 1.6, paint.RGB(0x7f93b8))
			}
			cloud(c, 46, 34, 1.7, paint.RGB(0x4a5268))
			cloud(c, 86, 36, 1.6, paint.RGB(0x5b647c))
		}),
		one("sunrise", "the sun comes up over the hills; a sunrise in the morning", "sun morning dawn hills up", func(c *paint.Canvas, t float64) {
			k := ease(t, 0.05, 0.85)
			c.Sky(paint.Mix(dusk, sky, k), paint.Mix(purple, paint.RGB(0xffe3b0), k), 10)
			sun(c, 64, 122-74*k, 17, t)
			c.Ellipse(20, 132, 70, 40, forest)
			c.Ellipse(108, 134, 76, 36, green)
		}),
		one("sunset at sea", "the sun sinks into the sea; an orange sunset over the ocean", "sun evening ocean dusk down", func(c *paint.Canvas, t float64) {
			k := ease(t, 0.05, 0.85)
			c.Sky(paint.Mix(sky, night, k), paint.Mix(yellow, red, k), 10)
			c.Circle(64, 58+46*k, 20, paint.Mix(yellow, red, k))
			ground(c, 88, paint.Mix(sea, deep, k))
			for i := range 9 {
				w := 26 - 2.2*float64(i)
				c.Line(64-w+4*wave(t*2+scatter(i)), 92+4*float64(i), 64+w+4*wave(t*2+scatter(i)), 92+4*float64(i), 1.4, paint.Fade(orange, 0.7*(1-0.6*k)))
			}
		}),
		one("clouds drifting", "white clouds pass in a blue sky; clouds float by in the wind", "cloud sky wind blue fair", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x6db7e8), paint.RGB(0xd6eefa), 8)
			for i, y := range []float64{30, 62, 96} {
				cloud(c, frac(t+scatter(i+2))*190-30, y, 1.1+0.2*float64(i), white)
			}
		}).lasting(30),
		one("rainbow appearing", "a rainbow grows over the meadow; the colours of a rainbow", "rainbow colour arc bow meadow", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x9fd0ee), paint.RGB(0xe8f5fb), 8)
			k := ease(t, 0, 0.7)
			for i, col := range []color.NRGBA{red, orange, yellow, green, blue, purple} {
				c.Arc(64, 104, 56-5*float64(i), math.Pi, math.Pi*(1+k)+0.01, 5.4, col)
			}
			ground(c, 102, green)
		}),
		one("tornado", "a tornado whirls over the land; a twister spins", "tornado twister storm whirl wind", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x6b7280), paint.RGB(0xb9bfb0), 8)
			ground(c, 108, paint.RGB(0x9a8f5f))
			for i := range 12 {
				f := float64(i)
				x := 64 + (4+f*0.5)*wave(t+f/14)
				c.Ellipse(x, 108-f*8, 5+f*3.6, 4.5, paint.Mix(paint.RGB(0x3f4650), paint.RGB(0x8a929c), frac(f/12*3+t)))
			}
		}),
		one("windsock in the wind", "a red and white windsock flaps; strong wind at the airfield", "wind sock flap airfield blow", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			c.Line(24, 24, 24, 124, 4, grey)
			for i := range 5 {
				f := float64(i)
				y1, y2 := 34+5*f/2*wave(t-f*0.12), 34+5*(f+1)/2*wave(t-(f+1)*0.12)
				col := red
				if i%2 == 1 {
					col = white
				}
				c.Poly(col, 24+18*f, y1-13+f*1.4, 42+18*f, y2-12+f*1.4, 42+18*f, y2+12-f*1.4, 24+18*f, y1+13-f*1.4)
			}
			ground(c, 118, green)
		}),
		one("thermometer rising", "a thermometer goes up; it gets hotter and hotter", "temperature hot heat rise degree", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			c.Rect(52, 8, 24, 96, 12, silver)
			c.Circle(64, 104, 18, silver)
			h := 14 + 62*pulse(t)
			c.Circle(64, 104, 13, red)
			c.Rect(58, 100-h, 12, h+6, 6, red)
			for i := range 7 {
				c.Line(80, 24+11*float64(i), 88, 24+11*float64(i), 2, ink)
			}
		}),
	}
}
