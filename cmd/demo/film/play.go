package film

import (
	"image/color"
	"math"

	"ace/cmd/demo/paint"
)

func play() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("play", title, captions, keywords+" play", draw)
	}
	dots := map[int][][2]float64{
		1: {{0, 0}}, 2: {{-1, -1}, {1, 1}}, 3: {{-1, -1}, {0, 0}, {1, 1}}, 4: {{-1, -1}, {1, -1}, {-1, 1}, {1, 1}},
		5: {{-1, -1}, {1, -1}, {0, 0}, {-1, 1}, {1, 1}}, 6: {{-1, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {1, 1}},
	}
	ball := func(col color.NRGBA) func(c *paint.Canvas, t float64) {
		return func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			ground(c, 112, silver)
			h := 4 * t * (1 - t)
			s := 1 - 0.3*max(0, 1-h*9)
			c.Ellipse(64, 114, 14+12*(1-h), 3.4, paint.Mix(grey, silver, h))
			c.With(paint.Identity.Translate(64, 112-72*h).Scale(2-s, s), func() {
				c.Circle(0, -18, 18, col)
				c.Circle(-6, -24, 4.5, paint.Mix(col, white, 0.6))
			})
		}
	}
	return []Film{
		one("bouncing red ball", "a red ball bounces up and down; a rubber ball jumps", "ball bounce red jump rubber", ball(red)),
		one("bouncing blue ball", "a blue ball hops up and down; the blue ball bounces on the floor", "ball bounce blue jump rubber", ball(blue)),
		one("bouncing green ball", "a green ball goes up and down; a green ball bounces", "ball bounce green jump rubber", ball(green)),
		one("football rolling", "a soccer ball rolls over the grass; football on the pitch", "football soccer ball roll sport", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 5)
			ground(c, 92, green)
			x := 170*t - 20
			c.Ellipse(x, 98, 18, 4, forest)
			turned(c, x, 78, tau*t*1.6, func() {
				c.Circle(0, 0, 20, white)
				c.Ring(0, 0, 20, 1.6, ink)
				c.Star(0, 0, 8, 6.6, 5, 0, ink)
				for i := range 5 {
					px, py := polar(0, 0, 16.5, tau*float64(i)/5-math.Pi/2+tau/10)
					c.Circle(px, py, 3.4, ink)
				}
			})
		}),
		one("basketball hoop", "a basketball flies into the basket; scoring at basketball", "basketball hoop score sport ball", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe3eef2))
			c.Rect(86, 18, 6, 44, 0, ink)
			k := min(1, t/0.7)
			x, y := 14+58*k, 110-150*k+100*k*k
			if t > 0.7 {
				y = 60 + 190*(t-0.7)
				x = 72
			}
			c.Circle(x, y, 11, orange)
			c.Arc(x, y, 11, 0, tau, 1.4, brown)
			c.Line(x-11, y, x+11, y, 1.4, brown)
			c.Line(x, y-11, x, y+11, 1.4, brown)
			c.Line(57, 56, 87, 56, 4, red)
			for i := range 5 {
				c.Line(58+7*float64(i), 58, 62+5*float64(i), 82, 1.2, grey)
			}
		}),
		one("spinning top", "a spinning top turns and wobbles; a humming top", "top spin toy turn wobble", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			c.Ellipse(64, 114, 24, 4, silver)
			turned(c, 64, 114, 0.16*wave(t), func() {
				c.Line(0, -92, 0, -70, 5, ink)
				c.Poly(red, -38, -54, 38, -54, 0, 0)
				c.Ellipse(0, -54, 38, 16, yellow)
				for i := range 4 {
					a := tau*(2*t) + tau*float64(i)/4
					c.Poly(blue, 0, -54, 36*math.Cos(a), -54+15*math.Sin(a), 36*math.Cos(a+0.7), -54+15*math.Sin(a+0.7))
				}
			})
		}),
		one("yo-yo", "a yo-yo goes down and up on its string; playing with a yoyo", "yoyo string toy down up", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xeef1e6))
			y := 34 + 62*pulse(t)
			c.Line(64, 4, 64, y, 1.6, ink)
			c.Circle(64, y, 20, purple)
			turned(c, 64, y, tau*3*t, func() {
				c.Star(0, 0, 14, 6, 5, 0, yellow)
			})
			c.Ring(64, y, 19, 2.4, pink)
		}),
		one("rolling dice", "a die shows one to six; throwing a dice", "dice die roll number luck board", func(c *paint.Canvas, t float64) {
			c.Clear(forest)
			n := int(t*6) + 1
			ph := frac(t * 6)
			turned(c, 64, 64-14*4*ph*(1-ph), 0.6*wave(ph)*0.5, func() {
				c.Rect(-34, -34, 68, 68, 12, white)
				for _, d := range dots[n] {
					c.Circle(19*d[0], 19*d[1], 7, red)
				}
			})
		}),
		one("flipping coin", "a gold coin turns in the air; heads or tails", "coin flip gold money toss heads tails", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe8eef2))
			w := math.Cos(tau * t)
			y := 72 - 18*pulse(t)
			c.Ellipse(64+4*wave(t), y, 36*math.Abs(w)+4, 38, brown)
			c.Ellipse(64, y, 36*math.Abs(w)+2, 38, yellow)
			c.Ellipse(64, y, 29*math.Abs(w)+1, 31, orange)
			c.With(paint.Identity.Translate(64, y).Scale(math.Abs(w)+0.01, 1), func() {
				if w > 0 {
					c.Star(0, 0, 19, 8, 5, 0, yellow)
				} else {
					c.Circle(0, 0, 15, yellow)
				}
			})
		}),
		one("kite in the sky", "a kite flies in the wind; a colourful kite on a line", "kite fly wind sky autumn", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x7cc0ea), paint.RGB(0xe6f4fb), 8)
			cloud(c, frac(t+0.3)*190-30, 96, 0.9, white)
			x, y := 66+12*wave(t), 46+8*wave(2*t)
			c.Lines(1.2, ink, x, y+20, x-26, 100, 20, 130)
			turned(c, x, y, 0.5+0.2*wave(t), func() {
				c.Poly(red, 0, -32, 22, 0, 0, 0)
				c.Poly(yellow, 0, -32, -22, 0, 0, 0)
				c.Poly(blue, 22, 0, 0, 40, 0, 0)
				c.Poly(green, -22, 0, 0, 40, 0, 0)
				for i := range 4 {
					c.Circle(7*wave(t*2-float64(i)/4), 48+9*float64(i), 3.4, pink)
				}
			})
		}),
		one("balloons rising", "colourful balloons float up; party balloons in the air", "balloon party rise float colourful birthday", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			for i := range 6 {
				y := 150 - frac(t+scatter(i))*190
				x := 14 + 20*float64(i) + 4*wave(t*2+scatter(i))
				c.Lines(1, grey, x, y+14, x+3*wave(2*t), y+26, x, y+38)
				c.Ellipse(x, y, 12, 15, paint.Hue(float64(i)/6))
				c.Ellipse(x-4, y-6, 2.6, 4, paint.Fade(white, 0.7))
			}
		}).lasting(30),
		one("soap bubbles", "shimmering soap bubbles float by; bubbles in the air", "bubble soap float shimmer", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0xbfd9ea), paint.RGB(0xf0e3f2), 8)
			for i := range 9 {
				r := 6 + 12*scatter(i+3)
				x, y := scatter(i)*118+5+5*wave(t+scatter(i)), 146-frac(t+scatter(i+7))*166
				c.Circle(x, y, r, paint.Fade(white, 0.25))
				c.Ring(x, y, r, 1.4, paint.Hue(0.5+0.4*scatter(i)))
				c.Arc(x, y, r*0.7, 3.4, 4.5, 1.8, white)
			}
		}).lasting(30),
		one("swing", "a child's swing goes back and forth; playground swing", "swing playground child back forth", func(c *paint.Canvas, t float64) {
			c.Sky(sky, paint.RGB(0xeaf6e2), 6)
			ground(c, 112, green)
			c.Lines(5, brown, 16, 118, 34, 12, 94, 12, 112, 118)
			turned(c, 64, 12, 0.7*wave(t), func() {
				c.Line(-12, 0, -12, 76, 1.8, ink)
				c.Line(12, 0, 12, 76, 1.8, ink)
				c.Rect(-18, 74, 36, 6, 2, red)
				c.Line(0, 72, 0, 48, 7, blue)
				c.Circle(0, 38, 9, skin)
				c.Lines(5, blue, 0, 72, 16, 74, 22+8*wave(t), 90)
			})
		}),
		one("pong game", "two paddles and a ball, the old video game; table tennis on a screen", "pong game video arcade paddle retro", func(c *paint.Canvas, t float64) {
			c.Clear(ink)
			for i := range 8 {
				c.Rect(62, 4+16*float64(i), 4, 8, 0, grey)
			}
			tri := math.Abs(2*frac(t)-1)*2 - 1
			tri2 := math.Abs(2*frac(2*t+0.2)-1)*2 - 1
			x, y := 64+48*tri, 64+46*tri2
			c.Rect(8, y*0.9-8, 6, 30, 0, white)
			c.Rect(114, y*0.9-8, 6, 30, 0, white)
			c.Rect(x-4, y-4, 8, 8, 0, white)
		}),
		one("falling blocks game", "coloured blocks fall and fill a row; a puzzle game with blocks", "blocks tetris game puzzle fall video", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			cell := func(x, y int, col color.NRGBA) { c.Rect(16+12*float64(x), 8+12*float64(y), 11, 11, 2, col) }
			for x := range 8 {
				if x != 3 && x != 4 {
					cell(x, 8, paint.Hue(float64(x)/8))
				}
				if x != 3 && x != 4 && x != 6 {
					cell(x, 7, paint.Hue(float64(x)/8+0.3))
				}
			}
			y := min(7, int(t*11))
			for _, d := range [][2]int{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
				cell(3+d[0], y+d[1], yellow)
			}
		}),
	}
}
