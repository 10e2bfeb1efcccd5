package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"testing"

	"ace/core"
)

func TestDecodePictures(t *testing.T) {
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, gradient(40, 30), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, content string
		w, h, fw, fh  int
		at            image.Point
		want          color.RGBA
	}{
		{"a.png", testPNG(t, 40, 30), 40, 30, 40, 30, image.Pt(20, 15), color.RGBA{127, 127, 128, 255}},
		{"a.jpg", jpg.String(), 40, 30, 40, 30, image.Pt(20, 15), color.RGBA{127, 127, 128, 255}},
		{"wrong.jpg", testPNG(t, 40, 30), 40, 30, 40, 30, image.Pt(20, 15), color.RGBA{127, 127, 128, 255}},
		{"wide.png", testPNG(t, 1000, 10), 1000, 10, 256, 3, image.Pt(128, 1), color.RGBA{128, 114, 128, 255}},
		{"tall.png", testPNG(t, 2, 700), 2, 700, 1, 256, image.Pt(0, 128), color.RGBA{63, 128, 128, 255}},
		{"a.webp", testWebP(300, 150, color.NRGBA{10, 200, 30, 255}), 300, 150, 256, 128, image.Pt(9, 9), color.RGBA{10, 200, 30, 255}},
		{"half.webp", testWebP(5, 4, color.NRGBA{0, 0, 0, 128}), 5, 4, 5, 4, image.Pt(2, 2), color.RGBA{127, 127, 127, 255}},
		{"a.gif", testGIF(t, 1), 8, 8, 8, 8, image.Pt(0, 4), color.RGBA{255, 255, 255, 255}},
	} {
		s, err := Decode(file(t, c.name, c.content), core.Image)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if s.Kind != core.Image || s.Width != c.w || s.Height != c.h || len(s.Frames) != 1 || s.Duration != 0 {
			t.Errorf("%s: %v %d x %d, %d frames, %v", c.name, s.Kind, s.Width, s.Height, len(s.Frames), s.Duration)
		}
		f := s.Frames[0]
		if f.Bounds() != image.Rect(0, 0, c.fw, c.fh) {
			t.Errorf("%s: frame %v, want %d x %d", c.name, f.Bounds(), c.fw, c.fh)
		}
		if got := f.RGBAAt(c.at.X, c.at.Y); !near(got, c.want, 6) {
			t.Errorf("%s: pixel %v is %v, want %v", c.name, c.at, got, c.want)
		}
	}
}

func near(a, b color.RGBA, tolerance float64) bool {
	d := func(x, y uint8) bool { return math.Abs(float64(x)-float64(y)) <= tolerance }
	return d(a.R, b.R) && d(a.G, b.G) && d(a.B, b.B) && a.A == b.A
}

// TestShrink compares blocks with sums by hand, on a size that leaves a rest.
func TestShrink(t *testing.T) {
	m := image.NewNRGBA(image.Rect(3, 5, 3+23, 5+17))
	for i := range m.Pix {
		m.Pix[i] = byte(i*37 + i/7)
	}
	out := shrink(m, 5)
	if out.Bounds() != image.Rect(0, 0, 5, 4) {
		t.Fatal(out.Bounds())
	}
	on := image.NewRGBA(m.Bounds())
	draw.Draw(on, on.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(on, on.Bounds(), m, m.Bounds().Min, draw.Over)
	for y := range 4 {
		for x := range 5 {
			var sum, n float64
			area := image.Rect(3+5*x, 5+5*y, 8+5*x, 10+5*y).Intersect(m.Bounds())
			for v := area.Min.Y; v < area.Max.Y; v++ {
				for u := area.Min.X; u < area.Max.X; u++ {
					sum, n = sum+float64(on.RGBAAt(u, v).G), n+1
				}
			}
			if got := float64(out.RGBAAt(x, y).G); math.Abs(got-sum/n) > 0.51 {
				t.Errorf("block %d %d: %v, want %v", x, y, got, sum/n)
			}
		}
	}
}

// TestShrinkYCbCr compares the planes' way with the general one.
func TestShrinkYCbCr(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio440} {
		m := image.NewYCbCr(image.Rect(0, 0, 61, 43), ratio)
		for i := range m.Y {
			m.Y[i] = byte(100 + i*7%50)
		}
		for i := range m.Cb {
			m.Cb[i], m.Cr[i] = byte(110+i%30), byte(140-i%25)
		}
		got, want := shrink(m, 6), shrink(struct{ image.Image }{m}, 6)
		if got.Bounds() != want.Bounds() {
			t.Fatalf("%v: %v, want %v", ratio, got.Bounds(), want.Bounds())
		}
		for i := range want.Pix {
			if math.Abs(float64(got.Pix[i])-float64(want.Pix[i])) > 4 {
				t.Errorf("%v: value %d is %d, want %d", ratio, i, got.Pix[i], want.Pix[i])
				break
			}
		}
	}
}

func TestTransparencyOnWhite(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 600, 300)) // wholly transparent black
	for y := range 300 {
		for x := range 300 {
			m.SetNRGBA(x, y, color.NRGBA{255, 0, 0, 128})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	s, err := Decode(file(t, "a.png", b.String()), core.Image)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Frames[0].RGBAAt(30, 64); !near(got, color.RGBA{255, 127, 127, 255}, 2) {
		t.Errorf("half red is %v", got)
	}
	if got := s.Frames[0].RGBAAt(220, 64); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("nothing is %v", got)
	}
}

// pngHeader is the beginning of a PNG that claims a size.
func pngHeader(w, h uint32) string {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	b = binary.BigEndian.AppendUint32(b, w)
	b = binary.BigEndian.AppendUint32(b, h)
	b = append(b, 8, 6, 0, 0, 0)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[12:])))
}

func TestBadPictures(t *testing.T) {
	whole := testPNG(t, 30, 30)
	for _, c := range []struct {
		name, content string
		kind          core.Kind
		want          string
	}{
		{"bomb.png", pngHeader(50000, 50000), core.Image, "too large: 50000 x 50000 pixels"},
		{"long.png", pngHeader(1, 1<<30), core.Image, "too large"},
		{"none.png", "", core.Image, "empty"},
		{"cut.png", whole[:len(whole)/2], core.Image, "not enough pixel data"},
		{"text.png", "hello there", core.Image, "does not begin as PNG does"},
		{"text.dat", "hello there", core.Image, "its format is unknown"},
		{"a.png", whole, core.Audio, "it is PNG, not audio"},
		{"a.wav", testWAV(1, 1, 8000, 8, []byte{1}), core.Image, "it is WAV, not image"},
		{"a.mp3", "ID3\x03abcdefgh", core.Audio, "no MP3 frames"},
		{"big.gif", "GIF89a\xff\xff\xff\xff\x00\x00\x00;", core.Image, "too large: 65535 x 65535 pixels"},
		{"flat.gif", "GIF89a\x00\x00\x05\x00\x00\x00\x00;", core.Image, "it is empty: 0 x 5"},
		{"bare.gif", "GIF89a\x05\x00\x05\x00\x00\x00\x00;", core.Image, "it holds no picture"},
		{"cut.gif", testGIF(t, 3)[:900], core.Video, "unexpected EOF"},
	} {
		p := file(t, c.name, c.content)
		_, err := Decode(p, c.kind)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), p) {
			t.Errorf("%s: got error %v, want %q", c.name, err, c.want)
		} else if strings.Contains(Reason(err), p) {
			t.Errorf("%s: the reason %q names the path", c.name, Reason(err))
		}
	}
	if _, err := Decode("/nowhere/x.png", core.Image); err == nil || Reason(err) != "no such file" {
		t.Errorf("absent file: %v", err)
	}
}
