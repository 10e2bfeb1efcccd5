package media

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"
)

// painted is a picture of one of the sorts below.
func painted(rng *rand.Rand, sort, w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	base := color.RGBA{byte(rng.Uint32()), byte(rng.Uint32()), byte(rng.Uint32()), 255}
	draw.Draw(m, m.Rect, image.NewUniform(base), image.Point{}, draw.Src)
	switch sort {
	case 1: // gradients
		a, b := rng.Float64()*4, rng.Float64()*4
		for i := range w * h {
			x, y := float64(i%w), float64(i/w)
			m.SetRGBA(i%w, i/w, color.RGBA{byte(a * x / 4), byte(b * y / 4), byte((a*y + b*x) / 8), 255})
		}
	case 2: // noise
		for i := range m.Pix {
			if i%4 < 3 {
				m.Pix[i] = byte(rng.Uint32())
			}
		}
	case 3: // a drawing
		for range 12 {
			x, y := rng.IntN(w), rng.IntN(h)
			c := color.RGBA{byte(rng.Uint32()), byte(rng.Uint32()), byte(rng.Uint32()), 255}
			draw.Draw(m, image.Rect(x, y, x+1+rng.IntN(w), y+1+rng.IntN(h)), image.NewUniform(c), image.Point{}, draw.Src)
		}
	case 4: // something like a photo
		for i := range w * h {
			x, y := float64(i%w), float64(i/w)
			v := 120 + 80*math.Sin(x/17+y/29) + 30*math.Sin(x*y/900) + 8*rng.NormFloat64()
			m.SetRGBA(i%w, i/w, color.RGBA{byte(max(0, min(255, v))), byte(max(0, min(255, v*0.8+20))), byte(max(0, min(255, 230-v))), 255})
		}
	}
	return m
}

// cut makes a part of a picture transparent, softly where the part ends.
func cut(rng *rand.Rand, m *image.RGBA) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cx, cy, r := rng.Float64()*float64(w), rng.Float64()*float64(h), float64(max(w, h))/(1.5+2*rng.Float64())
	for i := range w * h {
		a := max(0, min(1, r-math.Hypot(float64(i%w)-cx, float64(i/w)-cy)))
		for k := range 4 {
			m.Pix[4*i+k] = byte(float64(m.Pix[4*i+k])*a + 0.5)
		}
	}
}

// noiseOf is the peak signal-to-noise ratio of a picture, drawn on a ground, against
// another, in dB.
func noiseOf(a, b image.Image, ground color.Color) float64 {
	on := func(m image.Image) *image.RGBA {
		to := image.NewRGBA(image.Rectangle{Max: m.Bounds().Size()})
		draw.Draw(to, to.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
		draw.Draw(to, to.Rect, m, m.Bounds().Min, draw.Over)
		return to
	}
	x, y, sum := on(a), on(b), 0.0
	for i := range x.Pix {
		d := float64(x.Pix[i]) - float64(y.Pix[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255*float64(3*a.Bounds().Dx()*a.Bounds().Dy())/max(sum, 1e-3))
}

// A thumbnail is the picture: of the same size, as transparent, with no more noise
// than a JPEG leaves, in no more bytes.
func TestThumb(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 0))
	var webps, all, bytesOf, jpegs int
	for n := range 60 {
		w, h := 1+rng.IntN(300), 1+rng.IntN(220)
		if n < 20 { // edges of blocks, and less than a block
			w, h = 1+rng.IntN(36), 1+rng.IntN(36)
		}
		sort := n % 5
		m := painted(rng, sort, w, h)
		var plain bytes.Buffer
		if err := jpeg.Encode(&plain, m, &jpeg.Options{Quality: jpegQuality}); err != nil {
			t.Fatal(err)
		}
		decoded, err := jpeg.Decode(bytes.NewReader(plain.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		fair := noiseOf(m, decoded, color.White)
		clear := n%3 == 0
		if clear {
			cut(rng, m)
		}
		data, ext := newThumb(m)
		got, err := DecodeThumb(data)
		if err != nil || got.Bounds().Size() != m.Rect.Size() {
			t.Fatalf("%d: %d x %d in %s: %v", n, w, h, ext, err)
		}
		if all++; ext == ".webp" {
			webps++
		}
		for _, ground := range []color.Color{color.White, color.Black} {
			if r := noiseOf(m, got, ground); r < min(fair-2.5, 42) {
				t.Errorf("%d: sort %d, %d x %d in %s: %.1f dB, a JPEG has %.1f", n, sort, w, h, ext, r, fair)
			}
		}
		for i := range w * h {
			if _, _, _, a := got.At(got.Bounds().Min.X+i%w, got.Bounds().Min.Y+i/w).RGBA(); byte(a>>8) != m.Pix[4*i+3] {
				t.Fatalf("%d: pixel %d of %d x %d: opacity %d, not %d", n, i, w, h, a>>8, m.Pix[4*i+3])
			}
		}
		if !clear && len(data) > plain.Len() {
			t.Errorf("%d: %d bytes, a JPEG has %d", n, len(data), plain.Len())
		}
		if !clear && sort == 4 {
			bytesOf, jpegs = bytesOf+len(data), jpegs+plain.Len()
		}
		if again, _ := newThumb(m); n%10 == 0 && !bytes.Equal(again, data) {
			t.Errorf("%d: another file of the same picture", n)
		}
	}
	if webps < all*3/4 || bytesOf > jpegs*9/10 {
		t.Errorf("%d of %d are WebP; of photos %d bytes, as JPEG %d", webps, all, bytesOf, jpegs)
	}
}
