package film

import (
	"image/color"
	"math"

	"ace/cmd/demo/paint"
)

// fish swims to the left, its tail beating.
func fish(c *paint.Canvas, x, y, s, beat float64, col color.NRGBA) {
	c.With(paint.Identity.Translate(x, y).Scale(s, s), func() {
		c.Poly(col, 16, 0, 32, -11+4*beat, 28, 2*beat, 32, 11+4*beat)
		c.Ellipse(0, 0, 20, 12, col)
		c.Poly(paint.Mix(col, ink, 0.25), -4, -10, 10, -10, 6, -18)
		c.Circle(-11, -3, 3.4, white)
		c.Circle(-12, -3, 1.7, ink)
	})
}

func animals() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("animals", title, captions, keywords+" animal", draw)
	}
	return []Film{
		one("fish swimming", "a goldfish swims in the sea; an orange fish with bubbles", "fish swim sea water aquarium bubbles", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x57b0d9), deep, 8)
			for i := range 7 {
				ph := frac(t + scatter(i))
				c.Ring(scatter(i+5)*120+4, 124-120*ph, 2+2*scatter(i), 1, paint.RGB(0xbfe6f5))
			}
			for i := range 5 {
				x := 12 + 26*float64(i)
				c.Lines(4, forest, x, 130, x+4*wave(t+scatter(i)), 114, x-3*wave(t+scatter(i)), 100)
			}
			fish(c, 64, 62+5*wave(t), 1.25, wave(3*t), orange)
		}),
		one("school of fish", "small fish swim by in a group; a shoal of fish", "fish school shoal swim sea group", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x4aa3cf), deep, 8)
			for i := range 9 {
				x := frac(scatter(i)-t)*170 - 20
				fish(c, x, 16+11*float64(i)+3*wave(t*2+scatter(i)), 0.42, wave(4*t+scatter(i)), []color.NRGBA{yellow, pink, orange}[i%3])
			}
		}).lasting(30),
		one("butterfly flapping", "a butterfly beats its wings; a colourful butterfly over a meadow", "butterfly wings flap insect meadow", func(c *paint.Canvas, t float64) {
			c.Sky(sky, paint.RGB(0xe3f3d4), 6)
			y := 62 + 6*wave(t)
			w := 0.35 + 0.65*math.Abs(math.Cos(tau*t*1.5))
			for _, s := range []float64{-1, 1} {
				c.With(paint.Identity.Translate(64, y).Scale(s*w, 1), func() {
					c.Ellipse(24, -17, 24, 19, purple)
					c.Ellipse(18, 18, 17, 16, pink)
					c.Circle(29, -19, 8, yellow)
					c.Circle(20, 18, 6, white)
				})
			}
			c.Rect(60, y-22, 8, 46, 4, ink)
			c.Lines(1.6, ink, 63, y-20, 54, y-36)
			c.Lines(1.6, ink, 65, y-20, 74, y-36)
		}),
		one("bird flying", "a bird flies through the sky; a blue bird flaps its wings", "bird fly wings flap sky", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0x9fd3f0), white, 6)
			cloud(c, frac(0.7-t)*190-30, 96, 1, white)
			cloud(c, frac(0.2-t)*190-30, 28, 0.8, white)
			y, f := 62-5*wave(2*t), wave(2*t)
			c.Poly(blue, 36, y, 16, y-8, 18, y+8)
			c.Ellipse(60, y, 28, 13, blue)
			c.Circle(86, y-8, 11, blue)
			c.Poly(orange, 95, y-10, 108, y-6, 95, y-3)
			c.Circle(89, y-10, 2.4, ink)
			c.Ellipse(64, y+6, 18, 6, sky)
			c.Poly(deep, 48, y-3, 72, y-3, 50, y-34*f, 34, y-30*f)
		}),
		one("cat wagging its tail", "a black cat sits and swings its tail; a cat on a wall at night", "cat tail pet black night sit", func(c *paint.Canvas, t float64) {
			c.Sky(dusk, purple, 6)
			c.Circle(96, 32, 18, paint.RGB(0xf4ecc8))
			c.Rect(-2, 100, 132, 30, 0, paint.RGB(0x6b5a55))
			s := 16 * wave(t)
			c.Lines(6, ink, 72, 96, 92, 98, 100+s*0.3, 84, 98+s, 66)
			c.Ellipse(58, 82, 19, 24, ink)
			c.Circle(52, 52, 15, ink)
			c.Poly(ink, 38, 48, 40, 28, 51, 39)
			c.Poly(ink, 66, 48, 64, 28, 53, 39)
			blink := 4.0
			if t > 0.8 && t < 0.9 {
				blink = 0.8
			}
			c.Ellipse(46, 52, 3, blink, yellow)
			c.Ellipse(58, 52, 3, blink, yellow)
		}),
		one("dog running", "a brown dog runs over the grass; a happy dog at full speed", "dog run pet fast puppy", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			ground(c, 100, green)
			for i := range 5 {
				x := frac(scatter(i)-2*t)*150 - 10
				c.Line(x, 108+4*float64(i), x+10, 108+4*float64(i), 2, forest)
			}
			y := 66 - 4*pulse(2*t)
			for i, x := range []float64{40, 46, 80, 86} {
				a := 0.8 * wave(2*t+0.25*float64(i%2)+0.5*float64(i/2))
				c.Lines(6, paint.Mix(brown, ink, 0.25*float64(i%2)), x, y+10, x+12*a, y+22, x+20*a-4, y+34)
			}
			c.Lines(5, brown, 34, y-4, 22, y-14+5*wave(4*t))
			c.Rect(30, y-12, 62, 26, 13, brown)
			c.Circle(98, y-16, 13, brown)
			c.Rect(100, y-16, 20, 12, 6, brown)
			c.Circle(119, y-12, 3, ink)
			c.Circle(102, y-20, 2.4, ink)
			c.Ellipse(90, y-14+2*wave(2*t), 5, 11, paint.RGB(0x5f3d24))
		}),
		one("caterpillar crawling", "a green caterpillar crawls along a leaf; a worm-like caterpillar moves", "caterpillar crawl insect leaf worm", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0xe7f4dc), paper, 5)
			c.Ellipse(64, 100, 72, 20, forest)
			for i := 6; i >= 0; i-- {
				f := float64(i)
				x, y := 92-13*f+3*wave(t-f/7), 80-9*pulse(t-f/7)
				c.Circle(x-2, y+9, 2.6, ink)
				c.Circle(x, y, 10, paint.Mix(green, yellow, 0.35*float64(i%2)))
			}
			x, y := 94+3*wave(t), 78-9*pulse(t)
			c.Circle(x+3, y-3, 3.4, white)
			c.Circle(x+4, y-3, 1.7, ink)
			c.Lines(1.6, ink, x, y-9, x+5, y-19)
		}),
		one("snail", "a snail creeps slowly; a snail with a spiral shell", "snail slow shell creep garden", func(c *paint.Canvas, t float64) {
			c.Sky(sky, paint.RGB(0xeaf3df), 5)
			ground(c, 98, green)
			x := 60 + 10*wave(t)
			c.Rect(x-32, 88, 72+4*wave(t), 11, 5, paint.RGB(0xd9b382))
			c.Lines(9, paint.RGB(0xd9b382), x+34, 92, x+40, 76)
			c.Lines(1.8, brown, x+40, 74, x+44, 58)
			c.Lines(1.8, brown, x+40, 74, x+52, 61)
			c.Circle(x+44, 57, 2.4, ink)
			c.Circle(x+52, 60, 2.4, ink)
			c.Circle(x, 70, 25, orange)
			p := c.Path().MoveTo(x, 70)
			for i := range 40 {
				px, py := polar(x, 70, 0.5*float64(i), 0.32*float64(i))
				p.LineTo(px, py)
			}
			c.Stroke(p, 3, brown)
		}),
		one("spider on a thread", "a spider hangs on its thread; a spider lets itself down from its web", "spider thread web hang halloween", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe9e4f2))
			y := 40 + 40*pulse(t)
			for i := range 5 {
				x, yy := polar(0, 0, 46, math.Pi/2*float64(i)/4)
				c.Line(0, 0, x, yy, 1, grey)
			}
			for r := 14.0; r < 46; r += 10 {
				c.Arc(0, 0, r, 0, math.Pi/2, 1, grey)
			}
			c.Line(72, 0, 72, y, 1.2, grey)
			for i := range 4 {
				a := -0.7 + 0.45*float64(i) + 0.12*wave(3*t+float64(i)/4)
				for _, s := range []float64{-1, 1} {
					x1, y1 := 72+s*22*math.Cos(a), y+22*math.Sin(a)-8
					c.Lines(2.2, ink, 72, y, x1, y1, x1+s*6, y1+14)
				}
			}
			c.Circle(72, y, 13, ink)
			c.Circle(72, y+12, 8, ink)
			c.Circle(69, y+13, 2, white)
			c.Circle(75, y+13, 2, white)
		}),
		one("jellyfish", "a jellyfish floats in the deep sea; a pink medusa pulses", "jellyfish medusa sea deep float", func(c *paint.Canvas, t float64) {
			c.Sky(deep, night, 8)
			k := pulse(t)
			y := 52 - 10*k
			for i := range 7 {
				f := float64(i) - 3
				p := c.Path().MoveTo(64+f*8, y)
				for s := 1.0; s <= 8; s++ {
					p.LineTo(64+f*(8-0.3*s)+4*wave(t-s/8+f/9), y+s*8)
				}
				c.Stroke(p, 2.4, paint.Fade(pink, 0.8))
			}
			c.Fill(c.Path().Arc(64, y+2, 34-6*k, 34+5*k, math.Pi, tau).Close(), pink)
			c.Fill(c.Path().Arc(64, y, 22-4*k, 22+4*k, math.Pi, tau).Close(), paint.RGB(0xf9b6cc))
			for i := range 8 {
				c.Circle(scatter(i)*128, frac(scatter(i+9)-t)*128, 1, paint.Fade(white, 0.5))
			}
		}),
		one("whale spouting", "a whale blows water; a blue whale at the surface of the sea", "whale sea ocean spout water", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 6)
			y := 84 + 3*wave(t)
			for i := range 12 {
				ph := frac(t + float64(i)/12)
				vx := (scatter(i) - 0.5) * 44
				c.Circle(50+vx*ph, y-24-70*ph*(1-ph)-4, 2.6, blue)
			}
			c.Fill(c.Path().MoveTo(14, y+14).CubeTo(14, y-34, 74, y-34, 92, y-2).CubeTo(98, y+6, 108, y, 108, y-14).LineTo(120, y-26).LineTo(118, y-4).CubeTo(112, y+20, 96, y+26, 70, y+28).Close(), deep)
			c.Circle(34, y-2, 2.8, white)
			c.Circle(34, y-2, 1.4, ink)
			ground(c, 102, sea)
			for i := range 5 {
				x := frac(scatter(i)+t)*150 - 10
				c.Line(x, 106+4*float64(i), x+14, 106+4*float64(i), 1.6, paint.RGB(0xa9d8ef))
			}
		}),
		one("bee around a flower", "a bee flies around a flower; a bumblebee buzzes", "bee insect flower buzz fly honey", func(c *paint.Canvas, t float64) {
			c.Sky(sky, paint.RGB(0xe3f3d4), 6)
			c.Line(64, 70, 64, 130, 5, forest)
			flower(c, 64, 68, 24, 8, 0, 0.8)
			x, y := 64+44*math.Cos(tau*t), 60+26*math.Sin(tau*t)
			w := 5 + 4*math.Abs(wave(6*t))
			c.Ellipse(x-3, y-9, 5, w, white)
			c.Ellipse(x+4, y-9, 5, w, white)
			c.Ellipse(x, y, 12, 8, yellow)
			c.Rect(x-5, y-7.5, 3.4, 15, 0, ink)
			c.Rect(x+2, y-7.5, 3.4, 15, 0, ink)
		}).lasting(30),
		one("duck on a pond", "a yellow duckling swims on the water; a rubber duck bobs up and down", "duck swim pond water bath yellow", func(c *paint.Canvas, t float64) {
			c.Sky(sky, white, 5)
			y := 76 + 3*wave(t)
			turned(c, 60, y, 0.06*wave(t+0.25), func() {
				c.Ellipse(0, 8, 34, 20, yellow)
				c.Poly(yellow, -34, 2, -44, -12, -20, -4)
				c.Circle(24, -20, 17, yellow)
				c.Poly(orange, 39, -22, 54, -16, 39, -12)
				c.Circle(29, -25, 2.8, ink)
				c.Ellipse(-4, 6, 16, 9, orange)
			})
			ground(c, 92, sea)
			for i := range 3 {
				c.Ring(60, 96, 30+12*float64(i)+12*t, 1.4, paint.Fade(white, 0.5-0.15*float64(i)))
			}
			ground(c, 116, sea)
		}),
		one("penguin waddling", "a penguin waddles on the ice; a cute penguin walks", "penguin ice walk waddle antarctica bird", func(c *paint.Canvas, t float64) {
			c.Sky(paint.RGB(0xcfe8f6), white, 6)
			ground(c, 106, paint.RGB(0xe9f3f8))
			turned(c, 64, 108, 0.14*wave(t), func() {
				c.Ellipse(-12, 0-3*max(0, wave(t)), 10, 4, orange)
				c.Ellipse(12, 0-3*max(0, -wave(t)), 10, 4, orange)
				c.Ellipse(0, -40, 27, 40, ink)
				c.Ellipse(0, -34, 19, 32, white)
				c.Circle(0, -76, 18, ink)
				c.Ellipse(-6, -76, 6, 7, white)
				c.Ellipse(6, -76, 6, 7, white)
				c.Circle(-5, -76, 2.2, ink)
				c.Circle(5, -76, 2.2, ink)
				c.Poly(orange, -6, -70, 6, -70, 0, -61)
				turned(c, -24, -56, 0.5+0.3*wave(t), func() { c.Ellipse(0, 16, 6, 18, ink) })
				turned(c, 24, -56, -0.5+0.3*wave(t), func() { c.Ellipse(0, 16, 6, 18, ink) })
			})
		}),
	}
}
