package media

import (
	"image"
	"math"

	"golang.org/x/image/draw"
)

// newPreview scales a picture down to PreviewSide. What is transparent stays so.
func newPreview(m image.Image) *image.RGBA {
	if o, ok := m.(interface{ Opaque() bool }); !ok || o.Opaque() {
		return fitTo(m, PreviewSide)
	}
	b := m.Bounds()
	w, h := within(b, PreviewSide)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(dst, dst.Bounds(), m, b.Min, draw.Src)
	} else {
		draw.BiLinear.Scale(dst, dst.Bounds(), m, b, draw.Src, nil)
	}
	return dst
}

// blank is the deviation of the lightness, of 255, below which a frame shows
// nothing: films begin and end in black.
const blank = 6

// poster takes the frame that stands for a film: the first that shows something,
// else the first.
func (s *Sample) poster(frame *image.RGBA) {
	if s.Preview == nil || deviation(s.Preview) < blank && deviation(frame) >= blank {
		s.Preview = newPreview(frame)
	}
}

// deviation is the standard deviation of the green of a picture, of 255.
func deviation(m *image.RGBA) float64 {
	var sum, square float64
	n := 0
	for y := 0; y < m.Bounds().Dy(); y += 4 {
		row := m.Pix[y*m.Stride:]
		for x := 0; x < m.Bounds().Dx(); x += 4 {
			v := float64(row[4*x+1])
			sum, square, n = sum+v, square+v*v, n+1
		}
	}
	mean := sum / float64(max(n, 1))
	return math.Sqrt(max(0, square/float64(max(n, 1))-mean*mean))
}
