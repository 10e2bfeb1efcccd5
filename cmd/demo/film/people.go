package film

import (
	"image/color"
	"math"

	"ace/cmd/demo/paint"
)

// figure is a stick person: hip at (x, y), angles of both arms and both legs (0 hangs down).
func figure(c *paint.Canvas, x, y float64, armL, armR, legL, legR float64, col color.NRGBA) {
	limb := func(x, y, l, a, bend float64) {
		x1, y1 := x+l*math.Sin(a), y+l*math.Cos(a)
		c.Lines(5, col, x, y, x1, y1, x1+l*math.Sin(a+bend), y1+l*math.Cos(a+bend))
	}
	limb(x, y, 17, legL, -0.3)
	limb(x, y, 17, legR, -0.3)
	c.Line(x, y, x, y-32, 6, col)
	limb(x, y-29, 13, armL, 0.3)
	limb(x, y-29, 13, armR, 0.3)
	c.Circle(x, y-44, 10, skin)
	c.Ring(x, y-44, 10, 2.4, col)
}

func face(c *paint.Canvas, col color.NRGBA) {
	c.Clear(paper)
	c.Circle(64, 64, 50, col)
	c.Ring(64, 64, 50, 2, paint.Mix(col, ink, 0.3))
}

func people() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("people", title, captions, keywords+" person", draw)
	}
	return []Film{
		one("beating heart", "a red heart beats; a heart grows and shrinks with love", "heart love beat pulse red", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xfdf0ee))
			k := 34 + 6*math.Max(math.Pow(pulse(t+0.3), 6), 0.7*math.Pow(pulse(t+0.05), 6))
			c.Heart(64, 66, k*1.05, paint.RGB(0xc23a2a))
			c.Heart(64, 65, k*0.96, red)
			c.Ellipse(48, 48, 7, 5, paint.RGB(0xf28a6c))
		}),
		one("blinking eye", "an eye looks around and blinks; a blue eye", "eye blink look see watch", func(c *paint.Canvas, t float64) {
			c.Clear(skin)
			open := 1 - pulse(min(1, max(0, (t-0.8)/0.2)))
			x := 64 + 14*wave(t)*ease(open, 0, 1)
			h := 34 * max(open, 0.04)
			c.Ellipse(64, 64, 52, h, white)
			if h > 8 {
				c.Ellipse(x, 64, 20, min(20, h), blue)
				c.Ellipse(x, 64, 10, min(10, h), ink)
				c.Circle(x-6, 57, 3.6, white)
			}
			c.Stroke(c.Path().Arc(64, 64, 52, h, math.Pi, tau), 5, brown)
			c.Stroke(c.Path().Arc(64, 64, 52, h, 0, math.Pi), 2, brown)
			c.Stroke(c.Path().Arc(64, 40, 50, 24, math.Pi*1.15, math.Pi*1.85), 6, brown)
		}),
		one("smiling face", "a yellow face begins to smile; from sad to happy", "smile happy face emotion sad smiley", func(c *paint.Canvas, t float64) {
			face(c, yellow)
			c.Ellipse(46, 52, 5, 8, ink)
			c.Ellipse(82, 52, 5, 8, ink)
			k := math.Cos(tau*t) * -20
			c.Stroke(c.Path().MoveTo(38, 84).QuadTo(64, 84+k*1.3, 90, 84), 5, ink)
		}),
		one("winking face", "a yellow smiley winks with one eye; a cheeky wink", "wink face smiley cheeky eye", func(c *paint.Canvas, t float64) {
			face(c, yellow)
			c.Ellipse(46, 52, 5, 8, ink)
			if t > 0.4 && t < 0.75 {
				c.Stroke(c.Path().MoveTo(74, 54).QuadTo(82, 46, 91, 54), 4, ink)
			} else {
				c.Ellipse(82, 52, 5, 8, ink)
			}
			c.Stroke(c.Path().MoveTo(40, 78).QuadTo(64, 102, 88, 78), 5, ink)
		}),
		one("crying face", "a face weeps blue tears; tears run down the cheeks", "cry tears sad weep face", func(c *paint.Canvas, t float64) {
			face(c, yellow)
			c.Lines(4, ink, 38, 54, 54, 46)
			c.Lines(4, ink, 90, 54, 74, 46)
			c.Stroke(c.Path().MoveTo(44, 94).QuadTo(64, 74, 84, 94), 5, ink)
			for i := range 3 {
				y := 58 + frac(t+float64(i)/3)*52
				c.Ellipse(44, y, 4.4, 6, blue)
				c.Ellipse(84, y, 4.4, 6, blue)
			}
		}),
		one("sleeping face", "somebody sleeps, zzz; a tired face with letters z", "sleep tired zzz night face dream", func(c *paint.Canvas, t float64) {
			face(c, yellow)
			c.Stroke(c.Path().MoveTo(36, 58).QuadTo(46, 66, 56, 58), 4, ink)
			c.Stroke(c.Path().MoveTo(72, 58).QuadTo(82, 66, 92, 58), 4, ink)
			c.Ellipse(64, 86, 6+2*pulse(t), 5+4*pulse(t), ink)
			for i := range 3 {
				ph := frac(t + float64(i)/3)
				x, y, s := 84+22*ph, 44-38*ph, 4+6*ph
				c.Lines(2.6, paint.Fade(blue, 1-ph*ph), x-s, y-s, x+s, y-s, x-s, y+s, x+s, y+s)
			}
		}),
		one("walking person", "a stick figure walks; a little man goes for a walk", "walk go step figure man", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			ground(c, 112, silver)
			a := 0.55 * wave(t)
			figure(c, 64, 78-2*pulse(2*t), -a, a, a, -a, blue)
		}),
		one("running person", "a stick figure runs fast; a jogger at speed", "run jog fast sport figure", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			ground(c, 114, green)
			for i := range 4 {
				x := frac(scatter(i)-2*t)*150 - 10
				c.Line(x, 30+18*float64(i), x+16, 30+18*float64(i), 2, silver)
			}
			a := 1.05 * wave(2*t)
			turned(c, 64, 76-5*pulse(4*t), 0.2, func() { figure(c, 0, 0, -a+0.3, a+0.3, a, -a, red) })
		}),
		one("dancing person", "a figure dances with arms in the air; party and dancing", "dance party music disco figure", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x2c2146))
			for i := range 5 {
				c.Circle(12+26*float64(i), 12, 5+3*pulse(2*t+float64(i)/5), paint.Hue(float64(i)/5+t))
			}
			ground(c, 112, purple)
			a := wave(2 * t)
			figure(c, 64+8*wave(t), 78-3*pulse(4*t), -2.3+0.5*a, 2.3+0.5*a, 0.35*a, -0.35+0.2*a, yellow)
		}),
		one("person doing jumping jacks", "a figure jumps with arms and legs apart; morning gymnastics", "jump exercise gymnastics sport fitness", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			ground(c, 114, silver)
			k := pulse(2 * t)
			figure(c, 64, 78-8*pulse(4*t), -0.3-2.3*k, 0.3+2.3*k, -0.1-0.55*k, 0.1+0.55*k, teal)
		}),
		one("waving hello", "a figure waves its hand; somebody says hello or goodbye", "wave hello goodbye hand greet", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xeaf3f8))
			ground(c, 114, green)
			figure(c, 64, 80, -0.25, 2.3+0.4*wave(3*t), -0.15, 0.15, purple)
		}),
		one("juggler", "somebody juggles three balls; juggling coloured balls", "juggle balls circus play throw", func(c *paint.Canvas, t float64) {
			c.Clear(paper)
			ground(c, 116, silver)
			figure(c, 64, 86, -0.9+0.2*wave(3*t), 0.9+0.2*wave(3*t), -0.2, 0.2, ink)
			for i, col := range []color.NRGBA{red, blue, green} {
				ph := frac(t + float64(i)/3)
				x, y := 30+68*ph*2, 66-56*16*ph*(0.5-ph)
				if ph >= 0.5 {
					q := (ph - 0.5) * 2
					x, y = 98-68*q, 66-10*4*q*(1-q)
				}
				c.Circle(x, y, 6, col)
			}
		}),
	}
}
