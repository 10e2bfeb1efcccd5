package film

import (
	"math"

	"ace/cmd/demo/paint"
)

func patterns() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("patterns", title, captions, keywords+" pattern abstract", draw)
	}
	return []Film{
		one("ripples on water", "rings spread from a drop; circles in the water", "ripple water rings drop circle", func(c *paint.Canvas, t float64) {
			c.Clear(sea)
			for i := range 5 {
				ph := (float64(i) + t) / 5
				c.With(paint.Identity.Translate(64, 72).Scale(1, 0.55), func() { c.Ring(0, 0, 4+66*ph, 3, paint.Fade(white, 1-ph)) })
			}
			c.Circle(64, 72-60*frac(1-t), 4, paint.RGB(0xbfe6f5))
		}),
		one("hypnotic spiral", "a black and white spiral turns; hypnosis", "spiral hypnosis turn black white", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			for k := range 2 {
				p := c.Path().MoveTo(64, 64)
				for i := range 160 {
					a := float64(i)*0.16 - tau*t + math.Pi*float64(k)
					x, y := polar(64, 64, float64(i)*0.6, a)
					p.LineTo(x, y)
				}
				c.Stroke(p, 5.5, ink)
			}
		}),
		one("kaleidoscope", "colourful patterns of a kaleidoscope; symmetric shapes turn", "kaleidoscope symmetry colour mandala", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			for i := range 8 {
				turned(c, 64, 64, tau*float64(i)/8, func() {
					c.Circle(30+14*wave(t), 10*wave(2*t), 11, paint.Hue(t))
					c.Poly(paint.Hue(t+0.3), 12, -6, 54+6*wave(t+0.3), 0, 12, 6)
					c.Circle(50, 14*wave(t+0.5), 5, paint.Hue(t+0.6))
				})
			}
			c.Circle(64, 64, 9, white)
		}),
		one("flight through a tunnel", "flying through a colourful tunnel; squares come towards you", "tunnel fly zoom squares speed", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			for i := 7; i >= 0; i-- {
				s := math.Pow(1.8, 7-float64(i)+t)
				turned(c, 64, 64, 0.15*(7-float64(i)+t), func() {
					c.Stroke(c.Path().Rect(-s, -s, 2*s, 2*s, 0, 0), 0.6+s*0.09, paint.Hue(frac((float64(i)-t)/8)))
				})
			}
		}),
		one("star field", "stars fly towards you; travelling through space at warp speed", "stars warp speed space travel", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x05070f))
			for i := range 60 {
				z := frac(scatter(i) + t)
				a, r := tau*scatter(i+31), 8+70*z*z
				x1, y1 := polar(64, 64, r, a)
				x2, y2 := polar(64, 64, r*(1+0.12*z), a)
				c.Line(x1, y1, x2, y2, 0.5+1.6*z, paint.Fade(white, 0.2+0.8*z))
			}
		}),
		one("lissajous curve", "a glowing line draws loops; a mathematical lissajous figure", "lissajous curve loop mathematics line", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			p := c.Path()
			for i := range 181 {
				a := tau * float64(i) / 180
				x, y := 64+48*math.Sin(3*a+tau*t), 64+48*math.Sin(2*a)
				if i == 0 {
					p.MoveTo(x, y)
				} else {
					p.LineTo(x, y)
				}
			}
			c.Stroke(p, 3, paint.RGB(0xff7ac8))
		}).lasting(30),
		one("flower of turning circles", "circles turn around each other; a rosette of rings", "circles rings rosette turn", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			for i := range 12 {
				x, y := polar(64, 64, 28+8*wave(t), tau*(float64(i)+t)/12)
				c.Ring(x, y, 20, 1.8, paint.Hue(float64(i)/12))
			}
		}),
		one("chessboard wave", "squares of a chessboard rise like a wave; a moving grid", "grid squares chess wave board", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			for y := range 7 {
				for x := range 7 {
					s := 5 + 4*wave(t-math.Hypot(float64(x)-3, float64(y)-3)/7)
					col := ink
					if (x+y)%2 == 1 {
						col = red
					}
					c.Rect(13+17*float64(x)-s, 13+17*float64(y)-s, 2*s, 2*s, 1, col)
				}
			}
		}),
		one("colour wheel", "all colours of the rainbow turn; a rotating colour wheel", "colour wheel rainbow turn hue", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			for i := range 12 {
				a := tau * (float64(i) + t) / 12 * 1
				c.Pie(64, 64, 52, a, a+tau/12+0.01, paint.Hue(float64(i)/12))
			}
			c.Circle(64, 64, 18, white)
		}),
		one("barber pole stripes", "red, white and blue stripes move up; a barber's pole", "stripes barber pole red white blue", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe8eef2))
			c.Rect(44, 16, 40, 96, 0, white)
			for i := range 7 {
				y := 24*float64(i) - 48 + 48*(1-t)
				col := red
				if i%2 == 1 {
					col = blue
				}
				a, b := max(min(y+20, 112), 16), max(min(y+8, 112), 16)
				a2, b2 := max(min(y, 112), 16), max(min(y-12, 112), 16)
				c.Poly(col, 44, a, 84, a2, 84, b2, 44, b)
			}
			c.Rect(38, 8, 52, 12, 5, grey)
			c.Rect(38, 108, 52, 12, 5, grey)
		}),
		one("confetti", "coloured confetti falls at a party; celebrate with confetti", "confetti party celebrate colour paper carnival", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			for i := range 46 {
				ph := frac(t + scatter(i))
				turned(c, scatter(i+50)*128+6*wave(ph+scatter(i)), ph*140-6, tau*(ph*2+scatter(i)), func() {
					c.Rect(-4, -2*math.Abs(wave(ph*2+scatter(i)))-0.6, 8, 4*math.Abs(wave(ph*2+scatter(i)))+1.2, 0, paint.Hue(scatter(i+3)))
				})
			}
		}),
		one("lava lamp", "blobs rise and sink in a lava lamp; slow warm bubbles", "lava lamp blob slow bubbles retro", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x2b1640))
			c.Poly(purple, 46, 14, 82, 14, 92, 100, 36, 100)
			for i := range 5 {
				y := 58 + 36*wave(t+scatter(i))
				c.Ellipse(56+16*scatter(i+4), y, 8+5*scatter(i+8), 8+5*scatter(i+8)+3*wave(2*t+scatter(i)), orange)
			}
			c.Ellipse(64, 98, 26, 7, orange)
			c.Poly(grey, 44, 4, 84, 4, 80, 15, 48, 15)
			c.Poly(grey, 34, 100, 94, 100, 102, 122, 26, 122)
		}).lasting(30),
		one("sorting bars", "bars are sorted by height; a sorting algorithm at work", "sort bars algorithm computer order", func(c *paint.Canvas, t float64) {
			c.Clear(ink)
			h := make([]float64, 16)
			for i := range h {
				h[i] = 8 + 104*scatter(i+2)
			}
			n := int(t * 20)
			for k := range n { // insertion sort, one element a step
				if k+1 < len(h) {
					for j := k + 1; j > 0 && h[j] < h[j-1]; j-- {
						h[j], h[j-1] = h[j-1], h[j]
					}
				}
			}
			for i, v := range h {
				col := teal
				if i == n {
					col = yellow
				}
				c.Rect(5+7.5*float64(i), 120-v, 6, v, 1, col)
			}
		}),
	}
}
