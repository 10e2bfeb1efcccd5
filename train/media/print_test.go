package media

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core"
)

// patches is a picture of random soft patches.
func patches(w, h int, seed uint64) *image.RGBA {
	rng := rand.New(rand.NewPCG(seed, 1))
	var grid [6][6]color.RGBA
	for y := range grid {
		for x := range grid[y] {
			grid[y][x] = color.RGBA{byte(rng.IntN(256)), byte(rng.IntN(256)), byte(rng.IntN(256)), 255}
		}
	}
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, grid[y*6/h][x*6/w])
		}
	}
	return m
}

func TestDuplicates(t *testing.T) {
	var looks []Look
	add := func(name, content string) {
		t.Helper()
		s, err := Decode(file(t, name, content), core.Image)
		if err != nil {
			t.Fatal(err)
		}
		l := s.Look()
		l.Digest[0] = byte(len(looks) + 1)
		looks = append(looks, l)
	}
	encode := func(m image.Image, quality int) string {
		var b bytes.Buffer
		var err error
		if quality > 0 {
			err = jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
		} else {
			err = png.Encode(&b, m)
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for i := range uint64(20) {
		add("a.png", encode(patches(300, 200, i), 0))
	}
	add("small.jpg", encode(fitTo(patches(300, 200, 3), 150), 60)) // 20: of 3, smaller and compressed
	add("worse.jpg", encode(patches(300, 200, 3), 30))             // 21
	add("square.png", encode(patches(200, 200, 5), 0))             // of another shape than 5
	looks = append(looks, looks[7])
	same, near := Duplicates(looks)
	if len(same) != 1 || !slices.Equal(same[0], []int{7, len(looks) - 1}) {
		t.Errorf("same bytes: %v", same)
	}
	if len(near) != 1 || !slices.Equal(near[0], []int{3, 20, 21}) {
		t.Errorf("same pictures: %v", near)
	}
}
