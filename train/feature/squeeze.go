package feature

import (
	"image"
	"math"
)

// taps are the pixels of a line that each pixel of a scaled line is made of: each of
// the same number, from one on, by weights of sum 1 in the form of a tent as wide as
// the larger of the two pixels.
type taps struct {
	from    []int
	each    int
	weights []float32 // [len(from), each]
}

// newTaps scales a line of n pixels to another length.
func newTaps(n, to int) taps {
	scale := float64(n) / float64(to)
	wide := max(scale, 1)
	t := taps{from: make([]int, to), each: min(n, 2*int(math.Ceil(wide)))}
	t.weights = make([]float32, to*t.each)
	for i := range to {
		centre := (float64(i)+0.5)*scale - 0.5
		t.from[i] = max(0, min(n-t.each, int(math.Floor(centre-wide))+1))
		weights, sum := t.weights[i*t.each:][:t.each], 0.0
		for k := range weights {
			w := max(0, 1-math.Abs(centre-float64(t.from[i]+k))/wide)
			sum += w
			weights[k] = float32(w)
		}
		for k := range weights {
			weights[k] /= float32(sum)
		}
	}
	return t
}

// squeeze brings an opaque picture to w x h pixels, whatever its shape, and gives
// its rows, three bytes a pixel.
func squeeze(m *image.RGBA, w, h int, row func(y int, rgb []byte)) {
	sw, sh := m.Bounds().Dx(), m.Bounds().Dy()
	out := make([]byte, 3*w)
	if sw == w && sh == h {
		for y := range h {
			pix := m.Pix[y*m.Stride:]
			for x := range w {
				copy(out[3*x:3*x+3], pix[4*x:])
			}
			row(y, out)
		}
		return
	}
	across, down := newTaps(sw, w), newTaps(sh, h)
	line := make([]float32, 3*sw)
	for y := range h {
		for k, weight := range down.weights[y*down.each:][:down.each] {
			weight *= 257 // bytes become values of 16 bits
			pix := m.Pix[(down.from[y]+k)*m.Stride:][:4*sw]
			at := line
			if k == 0 {
				for ; len(pix) >= 4 && len(at) >= 3; pix, at = pix[4:], at[3:] {
					at[0], at[1], at[2] = weight*float32(pix[0]), weight*float32(pix[1]), weight*float32(pix[2])
				}
				continue
			}
			for ; len(pix) >= 4 && len(at) >= 3; pix, at = pix[4:], at[3:] {
				at[0] += weight * float32(pix[0])
				at[1] += weight * float32(pix[1])
				at[2] += weight * float32(pix[2])
			}
		}
		to, weights := out, across.weights
		for _, from := range across.from {
			r, g, b := float32(0.5), float32(0.5), float32(0.5)
			at := line[3*from:][:3*across.each]
			for _, weight := range weights[:across.each] {
				r += weight * at[0]
				g += weight * at[1]
				b += weight * at[2]
				at = at[3:]
			}
			to[0], to[1], to[2] = byte(int32(r)>>8), byte(int32(g)>>8), byte(int32(b)>>8)
			to, weights = to[3:], weights[across.each:]
		}
		row(y, out)
	}
}
