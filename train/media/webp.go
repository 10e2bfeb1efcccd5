package media

import (
	"image"
	"io"
	"math"

	"golang.org/x/image/webp"
)

// widened are the values of lightness and of colour that WebP means by a byte:
// its lightness is in [16,235] and its colours in 128 ± 112 (ITU-R BT.601), while
// image.YCbCr has all of [0,255] (JFIF).
var widened = func() (t [2][256]byte) {
	wide := func(v, span float64) byte { return byte(math.Round(max(0, min(255, v*255/span)))) }
	for i := range t[0] {
		t[0][i] = wide(float64(i)-16, 219)
		t[1][i] = wide(float64(i)-128+112, 224)
	}
	return t
}()

// decodeWebP reads a WebP that does not move.
func decodeWebP(r io.Reader) (image.Image, error) {
	m, err := webp.Decode(r)
	switch m := m.(type) {
	case *image.YCbCr:
		widen(m)
	case *image.NYCbCrA:
		widen(&m.YCbCr)
	}
	return m, err
}

func widen(m *image.YCbCr) {
	for i, plane := range [][]byte{m.Y, m.Cb, m.Cr} {
		t := &widened[min(i, 1)]
		for j, v := range plane {
			plane[j] = t[v]
		}
	}
}
