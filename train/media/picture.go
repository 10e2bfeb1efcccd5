package media

import (
	"bufio"
	"image"
	_ "image/jpeg" // the formats of image.Decode
	_ "image/png"
	"io"
	"os"
	"sync"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// large is held while a picture of more than 16 million pixels is decoded, so
// that several at once do not fill the memory.
var large sync.Mutex

func decodePicture(f *os.File) (Sample, error) {
	if err := checkLength(f); err != nil {
		return Sample{}, err
	}
	config, _, err := image.DecodeConfig(bufio.NewReader(f))
	if err != nil {
		return Sample{}, early(err)
	}
	if err := checkSize(config.Width, config.Height); err != nil {
		return Sample{}, err
	}
	if config.Width*config.Height > maxPixels/4 {
		large.Lock()
		defer large.Unlock()
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Sample{}, err
	}
	m, _, err := image.Decode(bufio.NewReader(f))
	if err != nil {
		return Sample{}, early(err)
	}
	return Sample{Frames: []*image.RGBA{fit(m)}, Width: config.Width, Height: config.Height}, nil
}

// fit draws a picture on white, scaled down so that its long side is at most
// MaxSide. Every pixel counts for what it covers; nothing is scaled up.
func fit(m image.Image) *image.RGBA {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > MaxSide {
		w, h = max(1, (w*MaxSide+long/2)/long), max(1, (h*MaxSide+long/2)/long)
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range dst.Pix {
		dst.Pix[i] = 0xff
	}
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(dst, dst.Bounds(), m, b.Min, draw.Over)
	} else {
		draw.BiLinear.Scale(dst, dst.Bounds(), m, b, draw.Over, nil)
	}
	return dst
}
