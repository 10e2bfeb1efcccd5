package media

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"strings"
	"testing"
	"time"

	"ace/core"
)

var (
	red, green, blue = color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}, color.RGBA{0, 0, 255, 255}
	white            = color.RGBA{255, 255, 255, 255}
)

// patch is a rectangle of one colour, as a frame.
func patch(r image.Rectangle, c color.RGBA) *image.Paletted {
	m := image.NewPaletted(r, color.Palette{color.RGBA{}, c})
	for i := range m.Pix {
		m.Pix[i] = 1
	}
	return m
}

func encodeGIF(t testing.TB, g *gif.GIF) string {
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestDisposal draws four frames with each way of leaving the screen.
func TestDisposal(t *testing.T) {
	full, left, right := image.Rect(0, 0, 4, 2), image.Rect(0, 0, 2, 2), image.Rect(2, 0, 4, 2)
	g := &gif.GIF{
		Image:    []*image.Paletted{patch(full, red), patch(left, green), patch(right, blue), patch(image.Rect(1, 0, 2, 1), white)},
		Delay:    []int{10, 0, 20, 30},
		Disposal: []byte{gif.DisposalNone, gif.DisposalBackground, gif.DisposalPrevious, gif.DisposalNone},
	}
	s, err := Decode(file(t, "a.gif", encodeGIF(t, g)), core.Video)
	if err != nil {
		t.Fatal(err)
	}
	// The left and the right half of the screen during each frame; the green is
	// cleared to nothing, which is white, and the blue goes back to red.
	want := [][2]color.RGBA{{red, red}, {green, red}, {white, blue}, {white, red}}
	if len(s.Frames) != len(want) {
		t.Fatalf("%d frames, want %d", len(s.Frames), len(want))
	}
	for i, w := range want {
		if l, r := s.Frames[i].RGBAAt(0, 1), s.Frames[i].RGBAAt(3, 1); l != w[0] || r != w[1] {
			t.Errorf("frame %d is %v %v, want %v", i, l, r, w)
		}
	}
	for i, d := range []time.Duration{100, 100, 200, 300} { // a delay of 0 counts as 100 ms
		if s.Delays[i] != d*time.Millisecond {
			t.Errorf("delay %d is %v, want %d ms", i, s.Delays[i], d)
		}
	}
	if s.Duration != 700*time.Millisecond {
		t.Errorf("duration %v, want 700 ms", s.Duration)
	}
}

func TestFilmSampling(t *testing.T) {
	for _, n := range []int{1, 2, 15, 16, 17, 100} {
		p := file(t, "a.gif", testGIF(t, n))
		s, err := Decode(p, core.Video)
		if err != nil {
			t.Fatal(err)
		}
		if want := min(n, MaxFrames); len(s.Frames) != want || len(s.Delays) != want {
			t.Errorf("%d frames: %d kept with %d delays", n, len(s.Frames), len(s.Delays))
		}
		var sum time.Duration
		for _, d := range s.Delays {
			sum += d
		}
		if want := time.Duration(n) * 100 * time.Millisecond; sum != want || s.Duration != want {
			t.Errorf("%d frames last %v in all and %v kept, want %v", n, s.Duration, sum, want)
		}
		if s, err = Decode(p, core.Image); err != nil || len(s.Frames) != 1 || s.Delays != nil || s.Duration != 0 {
			t.Errorf("%d frames as a picture: %d frames, %v", n, len(s.Frames), err)
		}
	}
	if s, err := Decode(file(t, "a.png", testPNG(t, 9, 9)), core.Video); err != nil || len(s.Frames) != 1 {
		t.Errorf("a still film: %v", err)
	}
}

// TestEndlessGIF repeats a frame very often: the film is cut, not refused.
func TestEndlessGIF(t *testing.T) {
	side := 2000
	g := &gif.GIF{Config: image.Config{Width: side, Height: side}}
	for range 2 {
		g.Image, g.Delay = append(g.Image, patch(image.Rect(0, 0, 2, 2), red)), append(g.Delay, 5)
	}
	one := encodeGIF(t, g)
	at := strings.LastIndex(one, "\x21\xf9") // the last frame with its control extension
	film := one[:at] + strings.Repeat(one[at:len(one)-1], 5000) + ";"
	s, err := Decode(file(t, "a.gif", film), core.Video)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Frames) < 2 || s.Duration != 5001*50*time.Millisecond {
		t.Errorf("%d frames, %v", len(s.Frames), s.Duration)
	}
}
