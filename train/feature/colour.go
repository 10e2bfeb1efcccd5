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
	hist := make([]float32, (1+cells*cells)*colourBins)
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
			share(at, l, a, b, float32(x-from))
		}
	}
	for i := range colourBins { // the whole is the sum of its parts
		for c := range cells * cells {
			hist[i] += hist[(1+c)*colourBins+i]
		}
	}
	n := 1 / float32(p.w*p.h)
	for i, v := range hist {
		if i == colourBins {
			n *= float32(cells * cells)
		}
		dst = append(dst, float32(math.Sqrt(float64(v*n))))
	}
	return dst
}

// share adds so many pixels of a colour to the bins around it.
func share(hist []float32, l, a, b, pixels float32) {
	l0, lf := soften(l, lightBins)
	a0, af := soften(compress(a), chromaBins)
	b0, bf := soften(compress(b), chromaBins)
	const up = chromaBins * chromaBins
	bins := (*[up + chromaBins + 2]float32)(hist[(l0*chromaBins+a0)*chromaBins+b0:])
	high := pixels * lf
	low := pixels - high
	more, less := low*af, high*af
	low, high = low-more, high-less
	bins[0] += low * (1 - bf)
	bins[1] += low * bf
	bins[chromaBins] += more * (1 - bf)
	bins[chromaBins+1] += more * bf
	bins[up] += high * (1 - bf)
	bins[up+1] += high * bf
	bins[up+chromaBins] += less * (1 - bf)
	bins[up+chromaBins+1] += less * bf
}

// compress maps a or b to [0,1], finer near grey.
func compress(x float32) float32 {
	s := float32(math.Sqrt(float64(math.Float32frombits(math.Float32bits(x) &^ (1 << 31)))))
	return (math.Float32frombits(math.Float32bits(s)|math.Float32bits(x)&(1<<31)) + 1) / 2
}

// soften gives the bin below x in [0,1] and the share of the one above.
func soften(x float32, bins int) (int, float32) {
	if x <= 0 {
		return 0, 0
	}
	f := x * float32(bins-1)
	i := int(f)
	if i > bins-2 {
		i = bins - 2
		f = min(f, float32(bins-1))
	}
	return i, f - float32(i)
}
