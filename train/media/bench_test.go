package media

import (
	"bytes"
	"image/jpeg"
	"testing"

	"ace/core"
)

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
