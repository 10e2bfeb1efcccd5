package media

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"reflect"
	"testing"

	"ace/core"
)

func TestPreview(t *testing.T) {
	var b bytes.Buffer
	clear := image.NewNRGBA(image.Rect(0, 0, 1000, 500))
	for y := range 500 {
		for x := range 500 { // the right half is transparent
			clear.SetNRGBA(x, y, color.NRGBA{200, 40, byte(x), 255})
		}
	}
	if err := png.Encode(&b, clear); err != nil {
		t.Fatal(err)
	}
	path := file(t, "a.png", b.String())
	s, err := DecodePreview(path, core.Image)
	if err != nil {
		t.Fatal(err)
	}
	if p := s.Preview; p.Bounds() != image.Rect(0, 0, 480, 240) || p.RGBAAt(400, 100).A != 0 || p.RGBAAt(100, 100).A != 255 {
		t.Errorf("%v, %v, %v", p.Bounds(), p.RGBAAt(400, 100), p.RGBAAt(100, 100))
	}
	data, ext := s.Thumb(1 << 20)
	if ext != ".webp" {
		t.Errorf("a thumbnail in %s", ext)
	}
	if again, _ := s.Thumb(1 << 20); !bytes.Equal(data, again) {
		t.Error("another thumbnail of the same")
	}
	if data, _ := s.Thumb(smallEnough); data != nil {
		t.Error("a thumbnail of a small file")
	}
	plain, err := Decode(path, core.Image)
	if err != nil {
		t.Fatal(err)
	}
	s.Preview = nil
	if !reflect.DeepEqual(plain, s) {
		t.Error("a preview changes what else is seen")
	}
	if l := s.Look(); l.Width != 1000 || l.Height != 500 || l.Duration != 0 {
		t.Errorf("%+v", l)
	}
	var it core.Item
	Look{Width: 3, Height: 4, Colour: 0x0102ff}.Note(&it)
	if it.Width != 3 || it.Height != 4 || it.Seconds != 0 || it.Colour != "#0102ff" {
		t.Errorf("%+v", it)
	}
}

// The turn that EXIF asks for holds for the preview as for the frame.
func TestPreviewTurned(t *testing.T) {
	s := Sample{Width: 8, Height: 4, Frames: []*image.RGBA{image.NewRGBA(image.Rect(0, 0, 8, 4))}, Preview: image.NewRGBA(image.Rect(0, 0, 8, 4))}
	s.Preview.SetRGBA(0, 0, color.RGBA{9, 9, 9, 255})
	s.turn(6)
	if s.Preview.Bounds() != image.Rect(0, 0, 4, 8) || s.Preview.RGBAAt(3, 0).R != 9 || s.Width != 4 {
		t.Errorf("%v, %d wide", s.Preview.Bounds(), s.Width)
	}
}

func TestWebVTT(t *testing.T) {
	for in, want := range map[string]string{
		"\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nYes, 1,5 m\r\n": "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nYes, 1,5 m\n",
		"WEBVTT\n\n00:01.000 --> 00:02.000\na, b\n":                  "WEBVTT\n\n00:01.000 --> 00:02.000\na, b\n",
	} {
		if got := string(WebVTT([]byte(in))); got != want {
			t.Errorf("%q", got)
		}
	}
}
