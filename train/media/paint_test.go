package media

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"testing"
)

// TestPaint holds it against the standard library's, on grounds and with colours of
// every transparency.
func TestPaint(t *testing.T) {
	palette := color.Palette{color.Transparent, color.White, color.NRGBA{200, 10, 90, 128}, color.NRGBA{3, 250, 9, 1}, color.RGBA{9, 8, 7, 255}}
	table := image.NewPaletted(image.Rect(3, 4, 40, 30), palette)
	for i := range table.Pix {
		table.Pix[i] = byte(i * i / 7 % len(palette))
	}
	colours := image.NewRGBA(table.Rect)
	draw.Draw(colours, colours.Rect, table, table.Rect.Min, draw.Src)
	for _, area := range []image.Rectangle{image.Rect(0, 0, 50, 50), image.Rect(5, 6, 20, 60), image.Rect(-9, -9, 30, 30)} {
		for n, ground := range []byte{0, 77, 255, 0, 77, 255} {
			src := []image.Image{table, colours}[n/3]
			got, want := image.NewRGBA(image.Rect(0, 0, 32, 28)), image.NewRGBA(image.Rect(0, 0, 32, 28))
			for i := range got.Pix {
				got.Pix[i], want.Pix[i] = ground, ground
			}
			from := src.Bounds().Min.Add(image.Pt(2, 1))
			paint(got, area, src, from)
			draw.Draw(want, area, src, from, draw.Over)
			if !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("%T in %v on %d: it is another picture", src, area, ground)
			}
		}
	}
}
