// Package film draws the animations of the built-in collection: short loops,
// each a function of time, with words that describe it.
package film

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"math"
	"strings"

	"ace/cmd/demo/paint"
)

// Size of a frame in pixels and in the units of the drawings.
const Size = 128

const tau = 2 * math.Pi

// Film is one animation and the words about it. It is a loop: the last frame leads to the first.
type Film struct {
	ID, Title, Group   string
	Captions, Keywords []string
	frames, delay      int // how many, and hundredths of a second each
	draw               func(c *paint.Canvas, t float64)
}

// All lists every animation, in a fixed order.
func All() (out []Film) {
	for _, f := range []func() []Film{weather, space, nature, animals, people, vehicles, machines, household, play, screens, shapes, patterns} {
		out = append(out, f()...)
	}
	return out
}

// loop describes one animation: captions apart by "; ", keywords by blanks.
// draw gets the time t in [0, 1).
func loop(group, title, captions, keywords string, draw func(c *paint.Canvas, t float64)) Film {
	id := "film-" + strings.ReplaceAll(title, " ", "-")
	return Film{id, title, group, append([]string{title}, strings.Split(captions, "; ")...),
		append(strings.Fields(keywords), "animation"), 24, 6, draw}
}

// lasting gives a loop more frames.
func (f Film) lasting(frames int) Film {
	f.frames = frames
	return f
}

// GIF draws the frames with one palette of at most 48 colours.
func (f Film) GIF() ([]byte, error) {
	var frames []*image.RGBA
	for i := range f.frames {
		c := paint.New(Size, Size)
		f.draw(c, float64(i)/float64(f.frames))
		frames = append(frames, c.Img)
	}
	g := &gif.GIF{Image: paint.Quantise(frames, 48)}
	for range frames {
		g.Delay = append(g.Delay, f.delay)
	}
	g.Config = image.Config{ColorModel: g.Image[0].Palette, Width: Size, Height: Size}
	var b bytes.Buffer
	err := gif.EncodeAll(&b, g)
	return b.Bytes(), err
}

// The colours of all drawings.
var (
	ink    = paint.RGB(0x22303c)
	paper  = paint.RGB(0xf7f3ea)
	white  = paint.RGB(0xffffff)
	night  = paint.RGB(0x141c33)
	dusk   = paint.RGB(0x2d3a66)
	sky    = paint.RGB(0xbfe3f5)
	sea    = paint.RGB(0x2f7fb8)
	deep   = paint.RGB(0x1d4e7a)
	red    = paint.RGB(0xe4572e)
	orange = paint.RGB(0xf39c2d)
	yellow = paint.RGB(0xffd24a)
	green  = paint.RGB(0x4caf6d)
	forest = paint.RGB(0x2e7d4f)
	blue   = paint.RGB(0x3d7dca)
	teal   = paint.RGB(0x29a39a)
	purple = paint.RGB(0x7a4fb5)
	pink   = paint.RGB(0xf27ba5)
	brown  = paint.RGB(0x8a5a3b)
	grey   = paint.RGB(0x8d99a6)
	silver = paint.RGB(0xd3dae0)
	skin   = paint.RGB(0xf2c29b)
)

// wave swings once between -1 and 1, from 0 upwards.
func wave(t float64) float64 { return math.Sin(tau * t) }

// pulse goes from 0 to 1 and back, smoothly.
func pulse(t float64) float64 { return (1 - math.Cos(tau*t)) / 2 }

// frac is the part of x after the point, for phases that wrap.
func frac(x float64) float64 { return x - math.Floor(x) }

// ease goes smoothly from 0 at a to 1 at b.
func ease(t, a, b float64) float64 {
	x := min(max((t-a)/(b-a), 0), 1)
	return x * x * (3 - 2*x)
}

// scatter is the i-th number of a fixed sequence that looks random, in [0, 1)
// (additive recurrence by the golden ratio, folded once).
func scatter(i int) float64 {
	return frac(float64(i)*0.6180339887 + 0.37*frac(float64(i*i)*0.7548776662))
}

// polar is the point at angle a (radians) and distance r from (x, y).
func polar(x, y, r, a float64) (float64, float64) { return x + r*math.Cos(a), y + r*math.Sin(a) }

// ground fills the picture below y.
func ground(c *paint.Canvas, y float64, col color.NRGBA) { c.Rect(-2, y, Size+4, Size-y+2, 0, col) }

// cloud is four discs.
func cloud(c *paint.Canvas, x, y, s float64, col color.NRGBA) {
	c.Circle(x-14*s, y, 9*s, col)
	c.Circle(x, y-6*s, 13*s, col)
	c.Circle(x+14*s, y-1*s, 10*s, col)
	c.Rect(x-18*s, y-2*s, 36*s, 11*s, 5*s, col)
}

// turned draws about (x, y), turned by a.
func turned(c *paint.Canvas, x, y, a float64, draw func()) {
	c.With(paint.Identity.Translate(x, y).Rotate(a), draw)
}
