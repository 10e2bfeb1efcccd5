package feature

import "math"

// Colour histograms over L*a*b*: lightness x a x b bins, each pixel shared
// between the neighbouring bins, over the whole picture and over its quarters;
// the square root of each frequency (Hellinger's distance).
const (
	lightBins  = 4
	chromaBins = 5
	colourBins = lightBins * chromaBins * chromaBins
)

// colour appends (1 + cells²)·colourBins values.
func colour(dst []float32, p *plane, cells int) []float32 {
	hist := make([]float64, (1+cells*cells)*colourBins)
	for y := range p.h {
		for x := range p.w {
			i := y*p.w + x
			cell := 1 + y*cells/p.h*cells + x*cells/p.w
			l0, lf := soften(p.lab[0][i], lightBins)
			a0, af := soften(compress(p.lab[1][i]), chromaBins)
			b0, bf := soften(compress(p.lab[2][i]), chromaBins)
			for k := range 8 {
				wl, wa, wb := 1-lf, 1-af, 1-bf
				at := (l0*chromaBins+a0)*chromaBins + b0
				if k&1 != 0 {
					wl, at = lf, at+chromaBins*chromaBins
				}
				if k&2 != 0 {
					wa, at = af, at+chromaBins
				}
				if k&4 != 0 {
					wb, at = bf, at+1
				}
				w := float64(wl * wa * wb)
				if w > 0 {
					hist[at] += w
					hist[cell*colourBins+at] += w
				}
			}
		}
	}
	n := float64(p.w * p.h)
	for i, v := range hist {
		if i == colourBins {
			n /= float64(cells * cells)
		}
		dst = append(dst, float32(math.Sqrt(v/n)))
	}
	return dst
}

// compress maps a or b to [0,1], finer near grey.
func compress(x float32) float32 {
	s := float32(math.Sqrt(math.Abs(float64(x))))
	if x < 0 {
		s = -s
	}
	return (s + 1) / 2
}

// soften gives the bin below x in [0,1] and the share of the one above.
func soften(x float32, bins int) (int, float32) {
	f := max(0, min(1, x)) * float32(bins-1)
	i := min(int(f), bins-2)
	return i, f - float32(i)
}
