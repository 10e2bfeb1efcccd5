package film

import (
	"math"

	"ace/cmd/demo/paint"
)

func screens() []Film {
	one := func(title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
		return loop("screens", title, captions, keywords, draw)
	}
	return []Film{
		one("ring spinner", "a loading ring turns; please wait, loading", "loading spinner wait ring busy", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			c.Ring(64, 64, 36, 9, silver)
			c.Arc(64, 64, 36, tau*t, tau*t+1.6, 9, blue)
		}),
		one("dotted spinner", "dots turn in a circle while loading; a wait symbol of dots", "loading spinner wait dots busy", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			for i := range 10 {
				x, y := polar(64, 64, 36, tau*float64(i)/10)
				k := frac(float64(i)/10 - t)
				c.Circle(x, y, 4+4*k, paint.Mix(silver, purple, k))
			}
		}),
		one("loading bar", "a progress bar fills up; download in progress", "loading progress bar download percent", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xf2f5f7))
			c.Rect(12, 52, 104, 24, 12, silver)
			c.Rect(16, 56, 16+80*ease(t, 0, 0.9), 16, 8, green)
			for i := range 3 {
				c.Circle(50+14*float64(i), 94, 3+1.6*pulse(2*t-float64(i)/4), grey)
			}
		}),
		one("typing dots", "three dots, somebody is typing; the dots of a chat", "typing dots chat message write", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe3eef2))
			c.Rect(14, 36, 100, 50, 24, white)
			c.Poly(white, 26, 80, 22, 102, 48, 84)
			for i := range 3 {
				c.Circle(42+22*float64(i), 62-7*max(0, wave(t-float64(i)/5)), 7, grey)
			}
		}),
		one("battery charging", "a battery fills with energy; charging the battery", "battery charge power energy electric", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xeef3ee))
			c.Rect(34, 18, 60, 98, 10, ink)
			c.Rect(52, 8, 24, 14, 4, ink)
			c.Rect(40, 24, 48, 86, 6, white)
			k := 0.1 + 0.9*ease(t, 0, 0.9)
			c.Rect(40, 110-86*k, 48, 86*k, 5, paint.Mix(red, green, k))
			c.Poly(ink, 68, 42, 52, 72, 63, 72, 58, 96, 77, 62, 66, 62)
		}),
		one("wireless signal", "wifi waves go out; a wireless network signal", "wifi wireless signal network internet", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			n := int(t * 4)
			c.Circle(64, 98, 8, blue)
			for i := range 3 {
				col := silver
				if n > i {
					col = blue
				}
				c.Arc(64, 98, 26+22*float64(i), -math.Pi*0.75, -math.Pi*0.25, 9, col)
			}
		}),
		one("equaliser bars", "bars of an equaliser dance to music; a music visualiser", "equalizer music bars sound volume", func(c *paint.Canvas, t float64) {
			c.Clear(night)
			for i := range 9 {
				h := 14 + 84*math.Abs(wave(t+scatter(i))*wave(2*t+scatter(i+3)))
				c.Rect(10+12.4*float64(i), 114-h, 9, h, 3, paint.Hue(0.33-0.033*float64(i)+0.0))
			}
		}),
		one("sound wave", "an oscillating line of sound; waveform on an oscilloscope", "sound wave oscilloscope audio signal line", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x10231d))
			for i := range 7 {
				c.Line(0, 16+16*float64(i), 128, 16+16*float64(i), 0.6, paint.RGB(0x24503f))
				c.Line(16+16*float64(i), 0, 16+16*float64(i), 128, 0.6, paint.RGB(0x24503f))
			}
			p := c.Path()
			for x := 0.0; x <= 128; x += 2 {
				y := 64 + 40*math.Sin(tau*(x/64-t))*math.Sin(math.Pi*x/128)*(0.6+0.4*math.Sin(tau*(x/32+t)))
				if x == 0 {
					p.MoveTo(x, y)
				} else {
					p.LineTo(x, y)
				}
			}
			c.Stroke(p, 2.6, paint.RGB(0x62f0a8))
		}),
		one("heart rate monitor", "the line of a heart monitor; an electrocardiogram, pulse of a patient", "heart rate pulse ecg monitor hospital medical", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x10201f))
			p := c.Path().MoveTo(-2, 70)
			for x := 0.0; x <= 128; x++ {
				f := frac(x/64-t) * 64
				y := 70.0
				switch {
				case f > 20 && f < 25:
					y = 70 - 40*(1-math.Abs(f-22.5)/2.5)
				case f > 25 && f < 29:
					y = 70 + 18*(1-math.Abs(f-27)/2)
				case f > 38 && f < 48:
					y = 70 - 8*(1-math.Abs(f-43)/5)
				}
				p.LineTo(x, y)
			}
			c.Stroke(p, 2.4, green)
			c.Heart(108, 22, 8+2*pulse(t*2), red)
		}),
		one("radar sweep", "a radar screen turns its beam; green radar with blips", "radar sweep screen scan military", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x0c1a14))
			c.Circle(64, 64, 54, paint.RGB(0x12351f))
			for i := range 20 {
				a := tau*t - float64(i)*0.05
				c.Pie(64, 64, 54, a-0.06, a, paint.Fade(paint.RGB(0x3fd673), 0.6*(1-float64(i)/20)))
			}
			for i := range 3 {
				c.Ring(64, 64, 18+18*float64(i), 1, paint.RGB(0x2f8f55))
			}
			for i := range 5 {
				a := tau * scatter(i)
				x, y := polar(64, 64, 14+36*scatter(i+9), a)
				c.Circle(x, y, 3, paint.Fade(paint.RGB(0xa8ffc4), 1-frac(t-scatter(i))))
			}
		}),
		one("digital rain", "green signs fall on a black screen; computer code rains down", "code matrix computer digital hacker", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0x04100a))
			for i := range 12 {
				head := int(frac(t+scatter(i)) * 22)
				for k := range 8 {
					y := head - k
					if y < 0 || y > 13 {
						continue
					}
					col := paint.Fade(paint.RGB(0x35e06b), 1-float64(k)/8)
					if k == 0 {
						col = white
					}
					s := scatter(i*17 + y*5)
					c.Rect(5+10.4*float64(i), 4+9*float64(y), 2, 6, 0, col)
					if s > 0.3 {
						c.Rect(5+10.4*float64(i), 4+9*float64(y)+4*frac(s*7), 6, 1.8, 0, col)
					}
					if s < 0.6 {
						c.Rect(9+10.4*float64(i), 4+9*float64(y), 2, 6, 0, col)
					}
				}
			}
		}),
		one("growing bar chart", "the bars of a chart grow; business figures go up", "chart bar graph statistics grow business", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			for i := range 5 {
				h := (24 + 14*float64(i)) * ease(t, 0.08*float64(i), 0.35+0.08*float64(i)) * (1 - ease(t, 0.92, 1))
				c.Rect(20+19*float64(i), 108-h, 14, h, 2, paint.Hue(0.55+0.06*float64(i)))
			}
			c.Lines(3, ink, 14, 12, 14, 110, 118, 110)
		}),
		one("pie chart filling", "slices of a pie chart appear; parts of a whole", "chart pie graph statistics share", func(c *paint.Canvas, t float64) {
			c.Clear(white)
			end := tau * ease(t, 0, 0.8)
			from := 0.0
			for i, share := range []float64{0.4, 0.27, 0.2, 0.13} {
				to := from + tau*share
				if end > from {
					c.Pie(64, 64, 48, from-math.Pi/2, min(end, to)-math.Pi/2, paint.Hue(0.02+0.23*float64(i)))
				}
				from = to
			}
		}),
		one("magnifying glass searching", "a magnifying glass looks around; searching for something", "search magnify glass look find", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xf2f5f7))
			for i := range 7 {
				c.Rect(14, 14+15*float64(i), 60+36*scatter(i), 6, 3, silver)
			}
			x, y := 60+22*math.Cos(tau*t), 56+18*math.Sin(tau*t)
			c.Line(x+17, y+17, x+38, y+38, 9, brown)
			c.Circle(x, y, 22, paint.Fade(sky, 0.75))
			c.Ring(x, y, 22, 5, ink)
		}),
		one("bouncing cursor click", "a mouse pointer clicks a button; click here", "mouse cursor pointer click button computer", func(c *paint.Canvas, t float64) {
			c.Clear(paint.RGB(0xe8eef2))
			k := ease(t, 0.4, 0.5) * (1 - ease(t, 0.55, 0.65))
			c.Rect(22, 40+3*k, 84, 34, 10, paint.Mix(blue, deep, k))
			if t > 0.5 {
				c.Ring(74, 60, 10+40*(t-0.5), 2, paint.Fade(white, 1-2*(t-0.5)))
			}
			m := 30 * (1 - ease(t, 0, 0.35))
			x, y := 72+m, 58+m
			c.Poly(white, x, y, x, y+34, x+9, y+26, x+15, y+40, x+22, y+37, x+16, y+24, x+27, y+24)
			c.Lines(2, ink, x, y, x, y+34, x+9, y+26, x+15, y+40, x+22, y+37, x+16, y+24, x+27, y+24, x, y)
		}),
	}
}
