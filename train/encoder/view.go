package encoder

import (
	"fmt"
	"image"
	"math"
)

// prepare is how a picture becomes a network's input.
type prepare struct {
	Views     []view
	Linear    bool // resampled by a triangle, not by a cubic
	Factor    float32
	Mean, Std [3]float32 // of values that are multiplied by Factor
}

// view is one look at a picture: with Short, its shorter side is brought to that
// and the middle taken; with asItIs, the middle of what there is; with 0, the whole
// is brought to Width and Height.
type view struct{ Short, Width, Height int }

const asItIs = -1

// pictures is the preparation that a configuration describes, or the usual one
// without. A side of the input that is not above 0 is free; side, if above 0,
// stands for both.
func (c *config) pictures(width, height, side int) (prepare, error) {
	p := prepare{Factor: 1. / 255}
	for i := range 3 {
		p.Mean[i], p.Std[i] = usualMean, usualStd
	}
	if side > 0 {
		width, height = side, side
	}
	if c == nil {
		if width <= 0 || height <= 0 {
			width, height = usualSide, usualSide
		}
		p.Views = []view{{min(width, height), width, height}}
		return p, nil
	}
	if c.RescaleFactor > 0 {
		p.Factor = float32(c.RescaleFactor)
	}
	if !is(c.DoRescale, true) {
		p.Factor = 1
	}
	if !is(c.DoNormalize, true) {
		p.Mean, p.Std = [3]float32{}, [3]float32{1, 1, 1}
	} else if len(c.Mean) == 3 && len(c.Std) == 3 {
		p.Mean, p.Std = [3]float32(c.Mean), [3]float32(c.Std)
	}
	// 2 and 3 are PIL's numbers of bilinear and bicubic.
	p.Linear = c.Resample != nil && *c.Resample == 2
	size := extent{Short: usualSide, Width: usualSide, Height: usualSide}
	if c.Size != nil {
		size = *c.Size
	}
	if side > 0 {
		size = extent{size.Short, side, side}
		size.Short = min(size.Short, side)
	}
	v := view{0, size.Width, size.Height}
	crop := is(c.DoCenterCrop, false)
	switch {
	case c.CropPct > 0 && size.Short > 0 && !crop: // timm's way of saying it
		v = view{int(math.Round(float64(size.Short) / c.CropPct)), size.Short, size.Short}
	case crop:
		v = view{size.Short, size.Short, size.Short}
		if c.CropSize != nil {
			v.Width, v.Height = c.CropSize.Width, c.CropSize.Height
		}
		if v.Short == 0 {
			v.Short = max(size.Width, size.Height)
		}
		if !is(c.DoResize, true) {
			v.Short = asItIs
		}
	case size.Width == 0:
		v = view{size.Short, size.Short, size.Short}
	}
	if side > 0 {
		if v.Short > 0 {
			v.Short = v.Short * side / max(v.Width, 1)
		}
		v.Width, v.Height = side, side
	}
	p.Views = []view{v}
	return p, nil
}

// wider is how much larger than the middle the whole picture is looked at, where
// the network takes any size: details that the squeezing would lose.
const wider = 8. / 7

// look chooses the views: the middle, the whole picture squeezed, or both.
func (p *prepare) look(which string, fixed bool) error {
	v := p.Views[0]
	crop, whole := view{max(v.Short, min(v.Width, v.Height)), v.Width, v.Height}, view{0, v.Width, v.Height}
	if !fixed {
		whole.Width, whole.Height = int(float64(v.Width)*wider), int(float64(v.Height)*wider)
	}
	switch which {
	case "", "both":
		p.Views = []view{crop, whole}
	case "crop":
		p.Views = []view{crop}
	case "whole":
		p.Views = []view{whole}
	default:
		return fmt.Errorf("unknown views %q: want crop, whole or both", which)
	}
	return nil
}

// largest is the longest side of an input, in pixels.
const largest = 2048

// check holds the preparation against the input's fixed sides.
func (p *prepare) check(width, height int) error {
	for _, v := range p.Views {
		if v.Width < 1 || v.Height < 1 || v.Width > largest || v.Height > largest || v.Short > 2*largest {
			return fmt.Errorf("a picture of %d x %d pixels cannot be its input", v.Width, v.Height)
		}
		if width > 0 && v.Width != width || height > 0 && v.Height != height {
			return fmt.Errorf("its input is %d x %d pixels, pictures are to be made %d x %d", width, height, v.Width, v.Height)
		}
	}
	for _, s := range p.Std {
		if !(s > 0) {
			return fmt.Errorf("a deviation of %g of a colour", s)
		}
	}
	return nil
}

// tensor appends a picture as one view shows it, the colours one after the other
// or, with last, beside each other.
func (p *prepare) tensor(dst []float32, m *image.RGBA, v view, last bool) []float32 {
	b := m.Bounds()
	w, h := v.Width, v.Height
	switch {
	case v.Short == asItIs:
		w, h = b.Dx(), b.Dy()
	case v.Short > 0:
		if b.Dx() < b.Dy() {
			w, h = v.Short, max(1, v.Short*b.Dy()/b.Dx())
		} else {
			w, h = max(1, v.Short*b.Dx()/b.Dy()), v.Short
		}
	}
	kernel := cubic
	if p.Linear {
		kernel = triangle
	}
	m = resize(m, w, h, kernel)
	b = m.Bounds()
	at, plane, step := len(dst), v.Width*v.Height, 1
	dst = append(dst, make([]float32, 3*plane)...)
	if last {
		plane, step = 1, 3
	}
	// What lies outside of a picture that is smaller than the input is black.
	shown := image.Rect(0, 0, v.Width, v.Height).Add(b.Min).Add(image.Pt((w-v.Width)/2, (h-v.Height)/2))
	for c := range 3 {
		scale, shift := p.Factor/p.Std[c], p.Mean[c]/p.Std[c]
		to := dst[at+c*plane:]
		if !shown.In(b) {
			for i := range v.Width * v.Height {
				to[i*step] = -shift
			}
		}
		var values [256]float32 // of a byte
		for i := range values {
			values[i] = float32(i)*scale - shift
		}
		seen := shown.Intersect(b)
		for y := seen.Min.Y; y < seen.Max.Y; y++ {
			from := m.Pix[m.PixOffset(seen.Min.X, y)+c:]
			i := ((y-shown.Min.Y)*v.Width + seen.Min.X - shown.Min.X) * step
			for x := range seen.Dx() {
				to[i+x*step] = values[from[4*x]]
			}
		}
	}
	return dst
}
