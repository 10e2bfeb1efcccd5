package film

import (
	"image/color"
	"math"

	"ace/cmd/demo/paint"
)

func gear(c *paint.Canvas, x, y, r float64, teeth int, a float64, col color.NRGBA) {
	for i := range teeth {
		turned(c, x, y, a+tau*float64(i)/float64(teeth), func() { c.Rect(r-3, -r*0.13, r*0.3+2, r*0.26, 1.5, col) })
	}
	c.Circle(x, y, r, col)
	c.Circle(x, y, r*0.32, paper)
}

func machines() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("machines", title, captions, keywords, draw)
	}
	return []Film{
		one("clock running", "the hands of a clock turn; time goes by on a clock", "clock time hour minute watch hands", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe3eef2))
			c.Circle(64, 64, 52, ink)
			c.Circle(64, 64, 46, white)
			for i := range 12 {
				a := tau * float64(i) / 12
				x1, y1 := polar(64, 64, 38, a)
				x2, y2 := polar(64, 64, 42, a)
				c.Line(x1, y1, x2, y2, 3, ink)
			}
			x, y := polar(64, 64, 24, tau*t/12*12/12+tau*0.8)
			c.Line(64, 64, x, y, 5, ink)
			x, y = polar(64, 64, 36, tau*t-tau/4)
			c.Line(64, 64, x, y, 3, red)
			c.Circle(64, 64, 4, red)
		}),
		one("pendulum swinging", "a pendulum swings to and fro; a heavy ball on a string", "pendulum swing physics gravity", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			c.Rect(34, 8, 60, 6, 3, brown)
			a := math.Pi/2 + 0.8*math.Cos(tau*t)
			x, y := polar(64, 12, 84, a)
			c.Line(64, 12, x, y, 2, ink)
			c.Circle(x, y, 13, orange)
			c.Circle(x-4, y-4, 3.4, paint.RGB(0xfbd49a))
		}),
		one("newtons cradle", "balls of a Newton's cradle click to and fro; five swinging metal balls", "newton cradle balls swing physics office toy", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe9edf2))
			c.Lines(4, ink, 18, 112, 18, 16, 110, 16, 110, 112)
			s := math.Cos(tau * t)
			for i := range 5 {
				a := 0.0
				if i == 0 && s > 0 {
					a = 0.75 * s
				}
				if i == 4 && s < 0 {
					a = 0.75 * s
				}
				x0 := 36 + 14*float64(i)
				x, y := x0-66*math.Sin(a), 18+66*math.Cos(a)
				c.Line(x0, 16, x, y, 1.2, grey)
				c.Circle(x, y, 7, grey)
				c.Circle(x-2, y-2, 2, white)
			}
		}),
		one("metronome", "a metronome ticks left and right; keeping time for music", "metronome tick beat tempo music", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			c.Poly(brown, 48, 18, 80, 18, 102, 116, 26, 116)
			c.Poly(paint.RGB(0xdcc39d), 52, 26, 76, 26, 88, 92, 40, 92)
			turned(c, 64, 96, 0.5*wave(t), func() {
				c.Line(0, 0, 0, -80, 2.6, ink)
				c.Rect(-7, -58, 14, 12, 3, grey)
			})
			c.Rect(30, 92, 68, 12, 2, paint.RGB(0x6f4429))
		}),
		one("turning gears", "cog wheels turn in each other; gears of a machine", "gear cog wheel machine settings", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			gear(c, 46, 52, 27, 10, tau*t/10*2, teal)
			gear(c, 93, 84, 21.6, 8, -tau*t/8*2+0.18, orange)
			gear(c, 96, 28, 12, 5, -tau*t/5*2+0.3, grey)
		}),
		one("windmill turning", "the sails of a windmill turn; an old mill in the wind", "windmill mill wind turn sails", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			ground(c, 108, green)
			c.Poly(paint.RGB(0xb08968), 50, 56, 78, 56, 88, 112, 40, 112)
			c.Poly(red, 46, 56, 64, 36, 82, 56)
			c.Rect(58, 92, 12, 20, 5, ink)
			for i := range 4 {
				turned(c, 64, 52, tau*(t+float64(i))/4, func() {
					c.Line(0, 0, 44, 0, 2.4, brown)
					c.Rect(12, 0, 32, 9, 0, white)
					c.Line(12, 9, 44, 9, 1, brown)
				})
			}
			c.Circle(64, 52, 4, ink)
		}),
		one("wind turbine", "a modern wind turbine makes electricity; white blades turn slowly", "wind turbine energy power electric green", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x7cc0ea), paint.RGB(0xe6f4fb), 8)
			ground(c, 112, forest)
			c.Poly(silver, 61, 52, 67, 52, 69, 116, 59, 116)
			for i := range 3 {
				turned(c, 64, 48, tau*(t+float64(i))/3, func() { c.Poly(white, 0, -3.4, 46, -0.8, 46, 0.8, 0, 3.4) })
			}
			c.Circle(64, 48, 5, grey)
		}),
		one("ferris wheel", "a big wheel turns at the fair; cabins of a ferris wheel", "ferris wheel fair carousel fun park", func(c *paint.Canvas, t float64) {
			c.Sky(dusk, pink, 8)
			ground(c, 114, night)
			c.Lines(4, silver, 40, 118, 64, 60, 88, 118)
			c.Ring(64, 60, 42, 2.4, silver)
			for i := range 8 {
				a := tau * (t + float64(i)) / 8
				x, y := polar(64, 60, 42, a)
				c.Line(64, 60, x, y, 1.2, silver)
				c.Rect(x-6, y, 12, 9, 3, paint.Hue(float64(i)/8+0.0))
			}
			c.Circle(64, 60, 5, yellow)
		}),
		one("lighthouse", "a lighthouse sends its beam over the sea; a beacon in the night", "lighthouse beam light sea night beacon", func(c *paint.Canvas, t float64) {
			c.Sky(night, dusk, 8)
			stars(c, 24, t)
			w := math.Cos(tau * t)
			c.Poly(paint.Fade(yellow, 0.55), 64, 34, 64+100*w, 34-22*math.Abs(w)-2, 64+100*w, 34+22*math.Abs(w)+2)
			c.Poly(white, 54, 44, 74, 44, 80, 110, 48, 110)
			for i := range 3 {
				f := float64(i)
				c.Poly(red, 53.2-1.8*f, 52+20*f, 74.8+1.8*f, 52+20*f, 75.8+1.8*f, 62+20*f, 52.2-1.8*f, 62+20*f)
			}
			c.Rect(55, 28, 18, 16, 2, yellow)
			c.Poly(red, 52, 28, 76, 28, 64, 16)
			ground(c, 108, deep)
			c.Ellipse(64, 112, 34, 8, paint.RGB(0x4b4550))
		}),
		one("traffic light", "a traffic light changes from red to green; stop and go", "traffic light red green stop go road", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xd9e6ec))
			c.Rect(60, 90, 8, 40, 0, grey)
			c.Rect(42, 8, 44, 96, 12, ink)
			on := int(t * 4)
			lit := [][]bool{{true, false, false}, {true, true, false}, {false, false, true}, {false, true, false}}[on]
			for i, col := range []color.NRGBA{red, yellow, green} {
				if !lit[i] {
					col = paint.Mix(col, ink, 0.75)
				}
				c.Circle(64, 26+29*float64(i), 12, col)
			}
		}),
		one("excavator digging", "a digger scoops earth; a yellow excavator at work", "excavator digger dig work construction", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			ground(c, 104, brown)
			a := 0.35 * wave(t)
			x1, y1 := polar(52, 74, 46, -0.9+a)
			x2, y2 := polar(x1, y1, 40, 1.2-1.3*a)
			c.Lines(8, orange, 52, 74, x1, y1, x2, y2)
			turned(c, x2, y2, 0.6*wave(t), func() { c.Fill(c.Path().Arc(0, 4, 12, 12, 0, math.Pi).Close(), ink) })
			c.Rect(14, 64, 48, 24, 4, yellow)
			c.Rect(34, 46, 24, 22, 4, sky)
			c.Rect(10, 88, 60, 18, 9, ink)
			for i := range 4 {
				c.Circle(20+13*float64(i), 97, 5, grey)
			}
		}),
		one("robot moving", "a little robot waves its arms; a toy robot with blinking lights", "robot toy machine android blink", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe3eef2))
			a := wave(t)
			turned(c, 34, 66, 0.6*a, func() { c.Rect(-14, -4, 14, 40, 5, grey) })
			turned(c, 94, 66, 0.6*a, func() { c.Rect(0, -4, 14, 40, 5, grey) })
			c.Rect(44, 100, 14, 18, 3, grey)
			c.Rect(70, 100, 14, 18, 3, grey)
			c.Rect(34, 60, 60, 44, 6, teal)
			c.Rect(40, 22+2*a, 48, 34, 7, silver)
			c.Line(64, 22+2*a, 64, 12+2*a, 3, grey)
			c.Circle(64, 10+2*a, 4, paint.Mix(red, yellow, pulse(2*t)))
			c.Circle(53, 38+2*a, 6, paint.Mix(blue, sky, pulse(2*t)))
			c.Circle(75, 38+2*a, 6, paint.Mix(blue, sky, pulse(2*t)))
			for i := range 3 {
				c.Circle(50+14*float64(i), 76, 4, paint.Hue(float64(i)/3+t))
			}
			c.Rect(46, 86, 36, 8, 3, ink)
		}),
		one("ceiling fan", "the blades of a fan spin; a ventilator cools the room", "fan ventilator spin cool air", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xdbeaf0))
			c.Ring(64, 58, 46, 5, grey)
			for i := range 4 {
				turned(c, 64, 58, tau*(2*t+float64(i)/4), func() { c.Ellipse(22, 6, 20, 11, blue) })
			}
			c.Circle(64, 58, 9, ink)
			c.Rect(58, 104, 12, 16, 0, grey)
			c.Rect(40, 116, 48, 8, 4, grey)
		}),
		one("crane lifting", "a crane lifts a load; building site with a tower crane", "crane lift load construction building", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			ground(c, 114, brown)
			c.Rect(28, 22, 10, 96, 0, yellow)
			for i := range 8 {
				c.Line(28, 24+11*float64(i), 38, 34+11*float64(i), 1.6, orange)
			}
			c.Rect(8, 20, 112, 7, 0, yellow)
			c.Rect(8, 22, 14, 16, 2, grey)
			y := 96 - 44*pulse(t)
			c.Line(98, 27, 98, y, 1.6, ink)
			c.Rect(84, y, 28, 18, 2, red)
		}),
	}
}
