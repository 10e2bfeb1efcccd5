package film

import (
	"image/color"
	"math"

	"ace/cmd/demo/paint"
)

// steam rises in three wisps above (x, y).
func steam(c *paint.Canvas, x, y, t float64, col color.NRGBA) {
	for i := range 3 {
		p := c.Path()
		for k := range 9 {
			f := float64(k)
			px, py := x+14*(float64(i)-1)+3.4*wave(f/6-t+0.2*float64(i)), y-4*f
			if k == 0 {
				p.MoveTo(px, py)
			} else {
				p.LineTo(px, py)
			}
		}
		c.Stroke(p, 3, col)
	}
}

func household() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("household", title, captions, keywords, draw)
	}
	return []Film{
		one("steaming cup of coffee", "a hot cup of coffee steams; tea or coffee in a cup", "coffee tea cup hot steam drink breakfast", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xf3e6d6))
			steam(c, 58, 52, t, paint.RGB(0xc9b8a4))
			c.Ring(92, 80, 13, 6, teal)
			c.Fill(c.Path().MoveTo(26, 60).LineTo(90, 60).CubeTo(90, 96, 84, 108, 70, 110).LineTo(46, 110).CubeTo(32, 108, 26, 96, 26, 60).Close(), teal)
			c.Ellipse(58, 60, 32, 7, paint.RGB(0x5b3a26))
			c.Ellipse(58, 115, 42, 5, silver)
		}),
		one("boiling pot", "a pot boils on the stove; soup bubbles, the lid rattles", "pot boil cook kitchen soup stove", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xf5eddf))
			steam(c, 64, 40, t, silver)
			l := 2.5 * math.Abs(wave(3*t))
			c.Rect(28, 46-l, 72, 8, 4, paint.RGB(0x6d7780))
			c.Circle(64, 43-l, 5, ink)
			c.Rect(30, 54, 68, 44, 8, grey)
			c.Rect(16, 60, 14, 7, 3, ink)
			c.Rect(98, 60, 14, 7, 3, ink)
			for i := range 5 {
				flame(c, 40+12*float64(i), 114, 5, 13+3*wave(3*t+scatter(i)))
			}
			c.Rect(14, 114, 100, 8, 3, ink)
		}),
		one("hourglass", "sand runs through an hourglass; waiting, time runs out", "hourglass sand time wait timer", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			k := ease(t, 0, 0.8)
			turn := math.Pi * ease(t, 0.85, 1)
			turned(c, 64, 64, turn, func() {
				c.Poly(paint.RGB(0xdfeff6), -28, -46, 28, -46, 3, 0, 28, 46, -28, 46, -3, 0)
				y := -44 + 40*k
				w := 27 * (-y) / 46
				c.Poly(orange, -w, y, w, y, 2, 0, -2, 0)
				h := 30 * k
				c.Poly(orange, -26, 46, 26, 46, 26*(1-0.75*k)+2, 46-h, -26*(1-0.75*k)-2, 46-h)
				if k < 1 {
					c.Line(0, 0, 0, 44, 2, orange)
				}
				c.Rect(-34, -54, 68, 9, 4, brown)
				c.Rect(-34, 45, 68, 9, 4, brown)
			})
		}).lasting(30),
		one("light bulb switching on", "a light bulb goes on and off; an idea lights up", "bulb light lamp idea electric on off", func(c *paint.Canvas, t float64) {
			on := ease(t, 0.3, 0.38) * (1 - ease(t, 0.85, 0.93))
			c.Clear(paint.Mix(paint.RGB(0x39405a), paint.RGB(0xfdf3c9), on))
			for i := range 8 {
				a := tau*float64(i)/8 + 0.2
				x1, y1 := polar(64, 52, 42, a)
				x2, y2 := polar(64, 52, 42+12*on, a)
				c.Line(x1, y1, x2, y2, 4, paint.Fade(orange, on))
			}
			c.Circle(64, 52, 32, paint.Mix(silver, yellow, on))
			c.Poly(paint.Mix(silver, yellow, on), 46, 76, 82, 76, 76, 94, 52, 94)
			c.Lines(2.4, paint.Mix(grey, red, on), 56, 92, 56, 62, 64, 54, 72, 62, 72, 92)
			c.Rect(51, 92, 26, 18, 3, grey)
			c.Rect(57, 108, 14, 8, 4, ink)
		}),
		one("door opening", "a door opens to the light; open the door and close it again", "door open close enter room", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x8c9bb0))
			ground(c, 116, paint.RGB(0x6f5a48))
			k := pulse(t)
			c.Rect(36, 14, 56, 104, 0, paint.RGB(0xfff3c0))
			w := 56 * (1 - 0.75*k)
			c.Poly(brown, 36, 14, 36+w, 14-10*k, 36+w, 118+10*k, 36, 118)
			c.Circle(36+w*0.84, 68, 3.4, yellow)
			c.Lines(4, paint.RGB(0x5f3d24), 34, 118, 34, 12, 94, 12, 94, 118)
		}),
		one("padlock opening", "a padlock unlocks; a lock springs open", "lock padlock unlock key security open", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe8eef2))
			k := ease(t, 0.2, 0.4) * (1 - ease(t, 0.75, 0.95))
			y := -16 * k
			c.Lines(9, grey, 44, 66+y, 44, 46+y)
			c.Lines(9, grey, 84, 58+y*0.4-12*k, 84, 46+y)
			c.Arc(64, 46+y, 20, math.Pi, tau, 9, grey)
			c.Rect(32, 58, 64, 52, 8, paint.Mix(yellow, green, k))
			c.Circle(64, 80, 6, ink)
			c.Rect(61, 80, 6, 16, 3, ink)
		}),
		one("ringing bell", "a golden bell swings and rings; ding dong", "bell ring alarm school golden", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xeef1e6))
			a := 0.45 * wave(t)
			turned(c, 64, 20, a, func() {
				c.Circle(-a*26, 84, 9, brown)
				c.Fill(c.Path().MoveTo(0, 6).CubeTo(34, 8, 22, 54, 44, 78).LineTo(-44, 78).CubeTo(-22, 54, -34, 8, 0, 6).Close(), yellow)
				c.Rect(-46, 74, 92, 9, 4, orange)
				c.Ring(0, 2, 6, 4, orange)
			})
		}),
		one("envelope opening", "a letter comes out of an envelope; you have got mail", "letter mail envelope post message email", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xdcebf5))
			k := ease(t, 0.25, 0.55) * (1 - ease(t, 0.85, 1))
			flap := ease(t, 0.08, 0.25) * (1 - ease(t, 0.9, 1))
			c.Rect(20, 50, 88, 58, 4, paint.RGB(0xc9a66b))
			if flap > 0.5 {
				c.Poly(paint.RGB(0xb8935a), 20, 52, 108, 52, 64, 52-40*(flap-0.5)*2)
			}
			c.Rect(28, 56-42*k, 72, 50, 2, white)
			for i := range 3 {
				c.Line(36, 66-42*k+9*float64(i), 92-14*float64(i%2), 66-42*k+9*float64(i), 2.4, grey)
			}
			c.Poly(paint.RGB(0xe3c48d), 20, 54, 64, 86, 108, 54, 108, 108, 20, 108)
			if flap <= 0.5 {
				c.Poly(paint.RGB(0xb8935a), 20, 52, 108, 52, 64, 52+36*(0.5-flap)*2)
			}
		}),
		one("melting ice cream", "an ice cream cone drips in the sun; strawberry ice melts", "ice cream cone melt summer sweet drip", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0xd2edf8), paint.RGB(0xfdf2dc), 6)
			k := pulse(t)
			c.Poly(paint.RGB(0xd9a05b), 42, 68, 86, 68, 64, 124)
			for i := range 3 {
				c.Line(48+9*float64(i), 70, 60+5*float64(i), 100-8*math.Abs(float64(i)-1), 1.4, brown)
			}
			c.Circle(64, 50, 25, pink)
			c.Circle(64, 26+4*k, 19, paper)
			for i, x := range []float64{46, 58, 72, 82} {
				h := 8 + 14*pulse(t+float64(i)*0.21)
				c.Rect(x-4, 62, 8, h, 4, pink)
			}
			c.Circle(70, 10+4*k, 5, red)
		}),
		one("popping toaster", "toast jumps out of the toaster; breakfast is ready", "toast toaster bread breakfast kitchen pop", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xf5eddf))
			k := ease(t, 0.4, 0.5) * (1 - ease(t, 0.8, 0.95))
			y := 58 - 42*k + 4*k*wave(3*t)
			for i := range 2 {
				c.Rect(36+30*float64(i), y, 26, 38, 8, paint.RGB(0xd39a52))
				c.Rect(40+30*float64(i), y+4, 18, 30, 5, paint.RGB(0xf0cf94))
			}
			c.Rect(22, 66, 84, 46, 12, silver)
			c.Rect(30, 66, 68, 5, 2, ink)
			c.Rect(104, 76+14*(1-k), 10, 6, 2, ink)
			c.Rect(28, 110, 72, 7, 3, ink)
		}),
		one("washing machine turning", "laundry turns in a washing machine; clothes spin in the drum", "washing machine laundry spin clothes household", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xdfe9ee))
			c.Rect(20, 8, 88, 112, 8, white)
			c.Rect(20, 8, 88, 20, 8, silver)
			c.Circle(94, 18, 5, grey)
			c.Rect(28, 13, 28, 10, 3, teal)
			c.Circle(64, 74, 37, grey)
			c.Circle(64, 74, 31, paint.RGB(0xbfe0f2))
			for i := range 5 {
				x, y := polar(64, 76, 16+4*wave(t+float64(i)/5), tau*(t+float64(i)/5))
				c.Circle(x, y, 9, paint.Hue(float64(i)/5))
			}
		}),
		one("birthday cake", "candles flicker on a birthday cake; happy birthday", "birthday cake candle party celebrate", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xfdeef3))
			c.Ellipse(64, 114, 52, 8, silver)
			c.Rect(20, 66, 88, 46, 6, paint.RGB(0xc98d5a))
			c.Rect(20, 66, 88, 15, 6, pink)
			for i := range 6 {
				c.Circle(28+14.4*float64(i), 81, 7, pink)
			}
			for i := range 5 {
				x := 32 + 16*float64(i)
				c.Rect(x-3, 42, 6, 25, 1, []color.NRGBA{blue, green, purple, teal, orange}[i])
				flame(c, x, 40, 4.4, 14+2.4*wave(3*t+scatter(i)))
			}
		}),
		one("gift box opening", "a present opens and stars fly out; a surprise in a gift box", "gift present surprise box birthday christmas", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xeef6ee))
			k := ease(t, 0.25, 0.4) * (1 - ease(t, 0.88, 1))
			for i := range 9 {
				ph := frac(t*2 + scatter(i))
				if k > 0.5 {
					c.Star(64+(scatter(i+5)-0.5)*90*ph, 62-56*ph, 6*(1-ph)+1, 2.4, 5, ph*4, paint.Hue(scatter(i+2)))
				}
			}
			c.Rect(28, 64, 72, 50, 3, red)
			c.Rect(58, 64, 12, 50, 0, yellow)
			turned(c, 26, 64, -0.9*k, func() {
				c.Rect(-2, -14, 80, 15, 3, paint.RGB(0xc4472a))
				c.Rect(32, -14, 12, 15, 0, yellow)
				c.Ellipse(30, -20, 9, 6, yellow)
				c.Ellipse(46, -20, 9, 6, yellow)
			})
		}),
	}
}
