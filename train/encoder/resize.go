package encoder

import (
	"image"
	"math"
)

// filter weighs what lies x pixels of the smaller picture away, up to reach.
type filter struct {
	reach float64
	at    func(x float64) float64
}

// Pillow's bilinear and bicubic.
var (
	triangle = filter{1, func(x float64) float64 { return max(0, 1-math.Abs(x)) }}
	cubic    = filter{2, func(x float64) float64 { // a = -1/2
		switch x = math.Abs(x); {
		case x < 1:
			return (1.5*x-2.5)*x*x + 1
		case x < 2:
			return ((-0.5*x+2.5)*x-4)*x + 2
		}
		return 0
	}}
)

// taps are the weights of the pixels from one on, of sum 1<<precision.
type taps struct {
	from    int
	weights []int32
}

const precision = 22

// plan finds the weights with which n pixels become to.
func (f filter) plan(n, to int) []taps {
	scale := float64(n) / float64(to)
	wide := max(scale, 1)
	out := make([]taps, to)
	weights := make([]float64, 0, 2*int(f.reach*wide+1)+1)
	for i := range out {
		centre := (float64(i) + 0.5) * scale
		from, end := max(0, int(centre-f.reach*wide+0.5)), min(n, int(centre+f.reach*wide+0.5))
		weights = weights[:0]
		var sum float64
		for x := from; x < end; x++ {
			w := f.at((float64(x) - centre + 0.5) / wide)
			weights, sum = append(weights, w), sum+w
		}
		out[i] = taps{from, make([]int32, len(weights))}
		for k, w := range weights {
			out[i].weights[k] = int32(math.Round(w / sum * (1 << precision)))
		}
	}
	return out
}

// resize brings an opaque picture to a size as Pillow does: first the rows, then the
// columns, in whole numbers, rounded to bytes after each; every pixel counts for
// what it covers (src/libImaging/Resample.c of https://github.com/python-pillow/Pillow).
func resize(m *image.RGBA, w, h int, f filter) *image.RGBA {
	b := m.Bounds()
	if w != b.Dx() {
		to := image.NewRGBA(image.Rect(0, 0, w, b.Dy()))
		across := f.plan(b.Dx(), w)
		for y := range b.Dy() {
			row := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):]
			out := to.Pix[y*to.Stride:]
			for x, t := range across {
				red, green, blue := int32(half), int32(half), int32(half)
				in := row[4*t.from:][:4*len(t.weights)]
				for _, w := range t.weights {
					red, green, blue = red+w*int32(in[0]), green+w*int32(in[1]), blue+w*int32(in[2])
					in = in[4:]
				}
				to := out[4*x:][:4]
				to[0], to[1], to[2], to[3] = clip(red), clip(green), clip(blue), 0xff
			}
		}
		m, b = to, to.Bounds()
	}
	if h != b.Dy() {
		to := image.NewRGBA(image.Rect(0, 0, w, h))
		sums := make([]int32, 4*w)
		for y, t := range f.plan(b.Dy(), h) {
			for i := range sums {
				sums[i] = half
			}
			for k, weight := range t.weights {
				row := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+t.from+k):][:len(sums)]
				for i, v := range row {
					sums[i] += weight * int32(v)
				}
			}
			out := to.Pix[y*to.Stride:][:len(sums)]
			for i, v := range sums {
				out[i] = clip(v)
			}
		}
		m = to
	}
	return m
}

const half = 1 << (precision - 1)

func clip(v int32) byte { return byte(min(255, max(0, v>>precision))) }
