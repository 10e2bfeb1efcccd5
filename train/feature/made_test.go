package feature

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"ace/train/media"
)

// testPicture is a picture of overlapping coloured discs, chosen by seed.
func testPicture(w, h int, seed uint64) *image.RGBA {
	rng := rand.New(rand.NewPCG(seed, 7))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	for range 6 {
		x, y, r := rng.Float64()*float64(w), rng.Float64()*float64(h), (0.1+0.2*rng.Float64())*float64(w)
		c := color.RGBA{uint8(rng.IntN(256)), uint8(rng.IntN(256)), uint8(rng.IntN(256)), 255}
		for j := range h {
			for i := range w {
				if math.Hypot(float64(i)-x, float64(j)-y) < r {
					m.SetRGBA(i, j, c)
				}
			}
		}
	}
	return m
}

// testTone is n samples of a note with so many harmonics, at media.Rate.
func testTone(n int, hz float64, harmonics int) []float32 {
	x := make([]float32, n)
	for i := range x {
		t := float64(i) / media.Rate
		for h := 1; h <= harmonics; h++ {
			x[i] += float32(0.3 / float64(h) * math.Sin(2*math.Pi*hz*float64(h)*t))
		}
		x[i] *= float32(math.Exp(-2 * t))
	}
	return x
}
