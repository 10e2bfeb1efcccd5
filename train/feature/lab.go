package feature

import (
	"image"
	"math"
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
	p := newPlane(w, h)
	f := func(x float32) float32 { return cubic[min(4096, int(x*4096+0.5))] }
	squeeze(m, w, h, func(y int, rgb []byte) {
		row := [3][]float32{p.lab[0][y*w:][:w], p.lab[1][y*w:][:w], p.lab[2][y*w:][:w]}
		var last [3]byte
		var l, a, b float32 // of last: neighbours are often the same
		for x := range w {
			now := [3]byte(rgb[3*x : 3*x+3])
			if now != last {
				last = now
				r, g, blue := linear[now[0]], linear[now[1]], linear[now[2]]
				fx := f((0.4124*r + 0.3576*g + 0.1805*blue) / 0.9505)
				fy := f(0.2126*r + 0.7152*g + 0.0722*blue)
				fz := f((0.0193*r + 0.1192*g + 0.9505*blue) / 1.089)
				l, a, b = 1.16*fy-0.16, 5*(fx-fy), 2*(fy-fz)
			}
			row[0][x], row[1][x], row[2][x] = l, a, b
		}
	})
	return p
}

func newPlane(w, h int) *plane {
	p := &plane{w: w, h: h}
	all := make([]float32, 3*w*h)
	for c := range p.lab {
		p.lab[c] = all[c*w*h : (c+1)*w*h]
	}
	return p
}

// half returns the plane at half its width and height, by the mean of 2 x 2 pixels.
func (p *plane) half() *plane {
	q := newPlane(p.w/2, p.h/2)
	for c := range q.lab {
		for y := range q.h {
			upper, lower := p.lab[c][2*y*p.w:][:p.w], p.lab[c][(2*y+1)*p.w:][:p.w]
			for x := range q.lab[c][y*q.w:][:q.w] {
				q.lab[c][y*q.w+x] = (upper[2*x] + upper[2*x+1] + lower[2*x] + lower[2*x+1]) / 4
			}
		}
	}
	return q
}
