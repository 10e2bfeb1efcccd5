package media

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"github.com/gen2brain/webp"
)

// What becomes of a preview.
const (
	webpQuality = 75       // of libwebp: on photos as much noise as jpegQuality leaves
	webpMethod  = 2        // of libwebp's 0 to 6: the best that does not search for the last bytes
	jpegQuality = 78       // of image/jpeg
	smallEnough = 16 << 10 // bytes of an original that needs no thumbnail
	clearly     = 0.6      // of the original's bytes a thumbnail has at most
	fewColours  = 256      // of a drawing, which may be smaller as it is
)

// Thumb is a picture's or film's preview as a file for a page, of the given
// extension: WebP or, where that is smaller, JPEG or PNG. nil: the original, of so
// many bytes, does as well. The same sample gives the same bytes.
func (s *Sample) Thumb(original int64) (data []byte, ext string) {
	if s.Preview == nil || original <= smallEnough && !s.Foreign {
		return nil, ""
	}
	data, ext = newThumb(s.Preview)
	if float64(len(data)) > clearly*float64(original) && !s.Foreign {
		return nil, ""
	}
	return data, ext
}

// newThumb is the smallest of the files that a picture makes; nil: it makes none.
func newThumb(m *image.RGBA) (data []byte, ext string) {
	var b bytes.Buffer
	smaller := func(err error, e string) {
		if err == nil && b.Len() > 0 && (data == nil || b.Len() < len(data)) {
			data, ext = bytes.Clone(b.Bytes()), e
		}
		b.Reset()
	}
	straight := unmultiplied(m)
	lossy := webp.Options{Quality: webpQuality, Method: webpMethod}
	smaller(webp.Encode(&b, straight, lossy), ".webp")
	few := hasFewColours(m)
	if few {
		lossless := lossy
		lossless.Lossless = true
		smaller(webp.Encode(&b, straight, lossless), ".webp")
	}
	if m.Opaque() {
		smaller(jpeg.Encode(&b, m, &jpeg.Options{Quality: jpegQuality}), ".jpg")
	} else if few || data == nil {
		smaller((&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, m), ".png")
	}
	return data, ext
}

// unmultiplied is a picture whose colours are not multiplied by their opacity, as
// libwebp takes them; of an opaque one it has the same pixels in the same place.
func unmultiplied(m *image.RGBA) *image.NRGBA {
	out := &image.NRGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
	if m.Opaque() {
		return out
	}
	out = image.NewNRGBA(m.Rect)
	for i := 0; i+3 < len(m.Pix); i += 4 {
		a := uint32(m.Pix[i+3])
		if a == 0 {
			continue
		}
		for k := range 3 {
			out.Pix[i+k] = byte(min(255, (uint32(m.Pix[i+k])*255+a/2)/a))
		}
		out.Pix[i+3] = byte(a)
	}
	return out
}

// DecodeThumb reads what Thumb has made.
func DecodeThumb(data []byte) (image.Image, error) {
	f, _ := sniff(data)
	return decodeStill(bytes.NewReader(data), f.name)
}

// hasFewColours says whether a picture has fewColours at most.
func hasFewColours(m *image.RGBA) bool {
	seen := make(map[[4]byte]bool, fewColours+1)
	var last [4]byte
	for y := range m.Rect.Dy() {
		for p := m.Pix[y*m.Stride:][:4*m.Rect.Dx()]; len(p) > 0; p = p[4:] {
			if c := [4]byte(p); c != last || len(seen) == 0 {
				if last, seen[c] = c, true; len(seen) > fewColours {
					return false
				}
			}
		}
	}
	return true
}
