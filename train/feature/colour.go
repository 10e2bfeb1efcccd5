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
		row := [3][]float32{p.lab[0][y*p.w:][:p.w], p.lab[1][y*p.w:][:p.w], p.lab[2][y*p.w:][:p.w]}
		for x := 0; x < p.w; {
			// Neighbours of one colour in one cell are counted together.
			across := x * cells / p.w
			l, a, b := row[0][x], row[1][x], row[2][x]
			from := x
			for end := ((across+1)*p.w + cells - 1) / cells; x < end && row[0][x] == l && row[1][x] == a && row[2][x] == b; {
				x++
			}
			at := hist[(1+y*cells/p.h*cells+across)*colourBins:][:colourBins]
			share(at, l, a, b, float64(x-from))
		}
	}
	for i := range colourBins { // the whole is the sum of its parts
		for c := range cells * cells {
			hist[i] += hist[(1+c)*colourBins+i]
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

// share adds so many pixels of a colour to the bins around it.
func share(hist []float64, l, a, b float32, pixels float64) {
	l0, lf := soften(l, lightBins)
	a0, af := soften(compress(a), chromaBins)
	b0, bf := soften(compress(b), chromaBins)
	at := (l0*chromaBins+a0)*chromaBins + b0
	for k, w := range [4]float32{(1 - lf) * (1 - af), (1 - lf) * af, lf * (1 - af), lf * af} {
		if w > 0 {
			bins := hist[at+k/2*chromaBins*chromaBins+k%2*chromaBins:][:2]
			bins[0] += pixels * float64(w*(1-bf))
			bins[1] += pixels * float64(w*bf)
		}
	}
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
