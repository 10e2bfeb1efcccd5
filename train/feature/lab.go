package feature

import (
	"image"
	"math"
	"sync"
)

// plane is a picture in CIE L*a*b* (D65), each channel divided by 100:
// [3, h, w]. Lightness is in [0,1].
type plane struct {
	w, h int
	lab  [3][]float32
	all  []float32 // of which lab are parts
}

// linear is the sRGB transfer function of a byte.
func linear(v int) float64 {
	c := float64(v) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

// tristimulus is what each byte of red, green and blue gives to X, Y and Z, of which
// white has 1 << 28.
var tristimulus = func() (t [3][3][256]int32) {
	for i, m := range [3][4]float64{{0.4124, 0.3576, 0.1805, 0.9505}, {0.2126, 0.7152, 0.0722, 1}, {0.0193, 0.1192, 0.9505, 1.089}} {
		for c := range 3 {
			for v := range 256 {
				t[i][c][v] = int32(math.Round(m[c] / m[3] * linear(v) * (1 << 28)))
			}
		}
	}
	return t
}()

// cubic is the Lab transfer function of steps of 1/4096.
var cubic = func() (t [4098]float32) {
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
	f := func(part *[3][256]int32, r, g, b byte) float32 {
		return cubic[uint32(part[0][r]+part[1][g]+part[2][b]+1<<15)>>16]
	}
	squeeze(m, w, h, func(y int, pixels []uint64) {
		row := [3][]float32{p.lab[0][y*w:][:len(pixels)], p.lab[1][y*w:][:len(pixels)], p.lab[2][y*w:][:len(pixels)]}
		last := ^uint64(0)
		var l, a, b float32 // of last: neighbours are often the same
		for x, v := range pixels {
			if v != last {
				last = v
				red, green, blue := byte(v), byte(v>>32), byte(v>>16)
				fx, fy, fz := f(&tristimulus[0], red, green, blue), f(&tristimulus[1], red, green, blue), f(&tristimulus[2], red, green, blue)
				l, a, b = 1.16*fy-0.16, 5*(fx-fy), 2*(fy-fz)
			}
			row[0][x], row[1][x], row[2][x] = l, a, b
		}
	})
	return p
}

var planes sync.Pool // *plane that nobody has any more

// newPlane may hold what another has left.
func newPlane(w, h int) *plane {
	p, ok := planes.Get().(*plane)
	if !ok || cap(p.all) < 3*w*h {
		p = &plane{all: make([]float32, 3*max(w*h, pictureSide*pictureSide))}
	}
	p.w, p.h = w, h
	for c := range p.lab {
		p.lab[c] = p.all[:3*w*h][c*w*h : (c+1)*w*h]
	}
	return p
}

// free gives up a plane, whose memory another takes.
func (p *plane) free() { planes.Put(p) }

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
