package ui

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

func TestFileURL(t *testing.T) {
	for file, want := range map[string]string{
		"media/a b.png":         "./media/a%20b.png",
		"media/100%25%23.jpg":   "./media/100%25%23.jpg",
		"media/é.png":           "./media/%C3%A9.png",
		"javascript:alert(1)":   "./javascript:alert(1)",
		"https://h.example/a b": "https://h.example/a b",
	} {
		if got := fileURL(file); got != want {
			t.Errorf("%q becomes %q, want %q", file, got, want)
		}
	}
}

func TestIsPhoto(t *testing.T) {
	for _, c := range []struct {
		file string
		w, h int
		g    ground
		want bool
	}{
		{"a.JPG", 100, 100, unknown, true},
		{"a.jpg?v=1", 10, 10, white, true},
		{"a.jpg", 10, 10, painted, true},
		{"a.png", 512, 512, unknown, false},
		{"a.png", 1200, 800, unknown, true},
		{"a.png", 1200, 800, transparent, false},
		{"a.png", 1200, 800, white, false},
		{"a.gif", 128, 128, painted, true},
		{"a.svg", 24, 24, transparent, false},
	} {
		if got := isPhoto(c.file, c.w, c.h, c.g); got != c.want {
			t.Errorf("%s of %d x %d, ground %d: %v", c.file, c.w, c.h, c.g, got)
		}
	}
}

func TestGround(t *testing.T) {
	// filled is one colour but for the first n pixels of the upper edge.
	filled := func(c [4]byte, n int, edge [4]byte) []byte {
		p := make([]byte, 0, 4*side*side)
		for i := range side * side {
			if i < n {
				p = append(p, edge[:]...)
			} else {
				p = append(p, c[:]...)
			}
		}
		return p
	}
	corners := func(p []byte, c [4]byte) []byte {
		for _, at := range []int{0, side - 1, side * (side - 1), side*side - 1} {
			copy(p[4*at:], c[:])
		}
		return p
	}
	light, blue, clear := [4]byte{255, 252, 250, 255}, [4]byte{20, 40, 200, 255}, [4]byte{}
	for name, c := range map[string]struct {
		pixels []byte
		want   ground
	}{
		"white":                   {filled(light, 0, light), white},
		"white, painted above":    {filled(light, side, blue), white},
		"painted":                 {filled(blue, 0, blue), painted},
		"painted, white above":    {filled(blue, side, light), white},
		"painted, a white corner": {filled(blue, 3, light), painted},
		"pale":                    {filled([4]byte{255, 240, 240, 255}, 0, light), painted},
		"transparent":             {filled(clear, 0, clear), transparent},
		"painted, clear above":    {filled(blue, side, clear), transparent},
		"painted, a clear corner": {filled(blue, 2, clear), painted},
		"four white corners":      {corners(filled(blue, 0, blue), light), white},
	} {
		if got := groundOfPixels(c.pixels); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestPeaks(t *testing.T) {
	const n = 4000
	wave := make([]byte, 4*n)
	for i := range n {
		v := math.Sin(float64(i))
		if i < n/2 {
			v *= 0.25
		}
		binary.LittleEndian.PutUint32(wave[4*i:], math.Float32bits(float32(v)))
	}
	p := peaksOf(wave, 4)
	for i, want := range []float32{0.5, 0.5, 1, 1} {
		if math.Abs(float64(p[i]-want)) > 0.01 {
			t.Errorf("peaks %v, want 0.5 0.5 1 1", p)
			break
		}
	}
	for _, short := range [][]byte{nil, make([]byte, 3), make([]byte, 12)} {
		for _, v := range peaksOf(short, bars) {
			if v != 0 {
				t.Errorf("silence of %d bytes has peaks", len(short))
			}
		}
	}
}

func TestWavePath(t *testing.T) {
	flat := wavePath(nil)
	if n := strings.Count(flat, "M"); n != bars {
		t.Errorf("%d bars, want %d", n, bars)
	}
	peaks := make([]float32, bars)
	peaks[0] = 1
	if d := wavePath(peaks); !strings.HasPrefix(d, "M2 2.0V94.0M6 47.2V48.8") {
		t.Errorf("drawn as %.40s", d)
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		grouped(0):                         "0",
		grouped(999):                       "999",
		grouped(1000):                      "1,000",
		grouped(1234567):                   "1,234,567",
		counted(1, "1 item", "% items"):    "1 item",
		counted(1043, "1 item", "% items"): "1,043 items",
		millis(3.14):                       "3.1 ms",
		millis(18.4):                       "18 ms",
		megabytes(1_260_000):               "1.3 MB",
		clock(65.9):                        "1:05",
		clock(math.NaN()):                  "0:00",
		clock(math.Inf(1)):                 "0:00",
		device("webgpu") + device("Dawn"):  "GPUDawn",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
