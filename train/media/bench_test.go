package media

import (
	"bytes"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"testing"

	"ace/core"
)

// The thumbnail of a photo, and what its JPEG alone takes.
func BenchmarkThumb(b *testing.B) {
	m := painted(rand.New(rand.NewPCG(1, 2)), 4, PreviewSide, PreviewSide*3/4)
	b.Run("webp", func(b *testing.B) {
		for b.Loop() {
			if _, ext := newThumb(m); ext != ".webp" {
				b.Fatal(ext)
			}
		}
	})
	b.Run("jpeg", func(b *testing.B) {
		for b.Loop() {
			if err := jpeg.Encode(io.Discard, m, &jpeg.Options{Quality: jpegQuality}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A photo of twelve million pixels: the decoder alone, and all of Decode.
func BenchmarkPhoto(b *testing.B) {
	var file0 bytes.Buffer
	if err := jpeg.Encode(&file0, gradient(4000, 3000), &jpeg.Options{Quality: 90}); err != nil {
		b.Fatal(err)
	}
	p := file(b, "a.jpg", file0.String())
	b.Run("decoder", func(b *testing.B) {
		for b.Loop() {
			if _, err := jpeg.Decode(bytes.NewReader(file0.Bytes())); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			if _, err := Decode(p, core.Image); err != nil {
				b.Fatal(err)
			}
		}
	})
}
