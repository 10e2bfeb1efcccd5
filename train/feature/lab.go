package feature

import (
	"image"
	"math"

	"golang.org/x/image/draw"
)

// plane is a picture in CIE L*a*b* (D65), each channel divided by 100:
// [3, h, w]. Lightness is in [0,1].
type plane struct {
	w, h int
	lab  [3][]float32
}

// linear and cubic are tables of the sRGB and the Lab transfer functions.
var linear = func() (t [256]float32) {
	for i := range t {
		c := float64(i) / 255
		if c <= 0.04045 {
			t[i] = float32(c / 12.92)
		} else {
			t[i] = float32(math.Pow((c+0.055)/1.055, 2.4))
		}
	}
	return t
}()

var cubic = func() (t [4097]float32) {
	for i := range t {
		x := float64(i) / 4096
		if x > 216.0/24389 {
			t[i] = float32(math.Cbrt(x))
		} else {
			t[i] = float32((24389.0/27*x + 16) / 116)
		}
	}
	return t
}()

// toLab scales an opaque picture to w x h pixels, whatever its shape, and
// converts it (IEC 61966-2-1 and CIE 15).
func toLab(m *image.RGBA, w, h int) *plane {
	if m.Bounds().Dx() != w || m.Bounds().Dy() != h {
		s := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.BiLinear.Scale(s, s.Bounds(), m, m.Bounds(), draw.Src, nil)
		m = s
	}
	p := &plane{w: w, h: h}
	for c := range p.lab {
		p.lab[c] = make([]float32, w*h)
	}
	f := func(x float32) float32 { return cubic[min(4096, int(x*4096+0.5))] }
	for y := range h {
		row := m.Pix[y*m.Stride:]
		for x := range w {
			r, g, b := linear[row[4*x]], linear[row[4*x+1]], linear[row[4*x+2]]
			fx := f((0.4124*r + 0.3576*g + 0.1805*b) / 0.9505)
			fy := f(0.2126*r + 0.7152*g + 0.0722*b)
			fz := f((0.0193*r + 0.1192*g + 0.9505*b) / 1.089)
			i := y*w + x
			p.lab[0][i], p.lab[1][i], p.lab[2][i] = 1.16*fy-0.16, 5*(fx-fy), 2*(fy-fz)
		}
	}
	return p
}

// half returns the plane at half its width and height, by the mean of 2 x 2 pixels.
func (p *plane) half() *plane {
	q := &plane{w: p.w / 2, h: p.h / 2}
	for c := range q.lab {
		q.lab[c] = make([]float32, q.w*q.h)
		for y := range q.h {
			for x := range q.w {
				i := 2*y*p.w + 2*x
				q.lab[c][y*q.w+x] = (p.lab[c][i] + p.lab[c][i+1] + p.lab[c][i+p.w] + p.lab[c][i+p.w+1]) / 4
			}
		}
	}
	return q
}
