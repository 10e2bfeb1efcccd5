package media

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // the formats of image.Decode
	_ "image/png"
	"io"
	"os"
	"sync"

	_ "golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// largePixels is from where on pictures are decoded one at a time.
const largePixels = 16 << 20

// large is held while a large picture is decoded, so that several at once do
// not fill the memory.
var large sync.Mutex

func decodePicture(f *os.File, format string, preview bool) (Sample, error) {
	if err := checkLength(f); err != nil {
		return Sample{}, err
	}
	config, err := configOf(bufio.NewReader(f), format)
	if err != nil {
		return Sample{}, early(err)
	}
	if err := checkSize(config.Width, config.Height); err != nil {
		return Sample{}, err
	}
	cost, err := decodingCost(f, format, config)
	if err != nil {
		return Sample{}, err
	}
	if cost > maxDecoding {
		return Sample{}, tooLarge(config, cost)
	}
	if cost > 4*largePixels {
		large.Lock()
		defer large.Unlock()
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Sample{}, err
	}
	m, err := decodeStill(bufio.NewReader(f), format)
	if err != nil {
		return Sample{}, early(err)
	}
	s := Sample{Frames: []*image.RGBA{fit(m)}, Width: config.Width, Height: config.Height}
	if preview {
		s.Preview = newPreview(m)
	}
	s.turn(orientation(f, format))
	return s, nil
}

// decodeStill reads a picture. WebP is not left to image.Decode, of which the
// library that writes it takes possession.
func decodeStill(r io.Reader, format string) (m image.Image, err error) {
	if format == "WebP" {
		return decodeWebP(r)
	}
	m, _, err = image.Decode(r)
	return m, err
}

// configOf reads a picture's head, as decodeStill the picture.
func configOf(r io.Reader, format string) (c image.Config, err error) {
	if format == "WebP" {
		return webp.DecodeConfig(r)
	}
	c, _, err = image.DecodeConfig(r)
	return c, err
}

// tooLarge is the error of a picture that takes more than maxDecoding bytes.
func tooLarge(config image.Config, cost int64) error {
	return fmt.Errorf("it is too large: %d x %d pixels, which take %d MB to decode, at most %d are spent", config.Width, config.Height, cost>>20, maxDecoding>>20)
}

// decodingCost is the memory, in bytes, that decoding a picture takes.
func decodingCost(f *os.File, format string, config image.Config) (int64, error) {
	pixels := int64(config.Width) * int64(config.Height)
	switch config.ColorModel {
	case color.GrayModel:
		return pixels, nil
	case color.Gray16Model:
		return 2 * pixels, nil
	case color.NRGBA64Model, color.RGBA64Model:
		return 8 * pixels, nil
	}
	if format == "JPEG" {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return 0, err
		}
		return jpegCost(bufio.NewReader(f), pixels)
	}
	return 4 * pixels, nil
}

// fit draws a picture on white, scaled down so that its long side is at most
// MaxSide.
func fit(m image.Image) *image.RGBA { return fitTo(m, MaxSide) }

// fitTo scales a large picture by whole blocks to about twice the size first.
// Every pixel counts for what it covers; nothing is scaled up.
func fitTo(m image.Image, side int) *image.RGBA {
	b := m.Bounds()
	w, h := within(b, side)
	if k := max(b.Dx(), b.Dy()) / (2 * side); k >= 2 {
		m = shrink(m, k&^1) // even, for colours at half the resolution
		b = m.Bounds()
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if !opaque(m) {
		fill(dst.Pix, 0xff)
	}
	if w == b.Dx() && h == b.Dy() {
		paint(dst, dst.Bounds(), m, b.Min)
	} else {
		draw.BiLinear.Scale(dst, dst.Bounds(), m, b, draw.Over, nil)
	}
	return dst
}

// opaque says whether a picture is sure to have nothing transparent.
func opaque(m image.Image) bool {
	switch m.(type) {
	case *image.YCbCr, *image.Gray, *image.Gray16, *image.CMYK:
		return true
	}
	return false
}

// fill sets all bytes, by copies of those that are set, which are fast.
func fill(b []byte, v byte) {
	for n := copy(b, []byte{v}); n > 0 && n < len(b); n *= 2 {
		copy(b[n:], b[:n])
	}
}

// within is the size of a picture whose long side is to be at most side.
func within(b image.Rectangle, side int) (w, h int) {
	w, h = b.Dx(), b.Dy()
	if long := max(w, h); long > side {
		w, h = max(1, (w*side+long/2)/long), max(1, (h*side+long/2)/long)
	}
	return w, h
}
