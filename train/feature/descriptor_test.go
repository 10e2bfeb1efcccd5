package feature

import (
	"image"
	"image/color"
	"math"
	"slices"
	"testing"

	"ace/train/media"
)

func flat(c color.RGBA) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 32, 32))
	for p := 0; p < len(m.Pix); p += 4 {
		m.Pix[p], m.Pix[p+1], m.Pix[p+2], m.Pix[p+3] = c.R, c.G, c.B, 255
	}
	return m
}

// TestLab checks known colours (CIE L*a*b* of sRGB under D65).
func TestLab(t *testing.T) {
	for _, c := range []struct {
		rgb color.RGBA
		lab [3]float64
	}{
		{color.RGBA{0, 0, 0, 255}, [3]float64{0, 0, 0}},
		{color.RGBA{255, 255, 255, 255}, [3]float64{100, 0, 0}},
		{color.RGBA{255, 0, 0, 255}, [3]float64{53.24, 80.09, 67.20}},
		{color.RGBA{0, 255, 0, 255}, [3]float64{87.73, -86.18, 83.18}},
		{color.RGBA{0, 0, 255, 255}, [3]float64{32.30, 79.19, -107.86}},
		{color.RGBA{119, 119, 119, 255}, [3]float64{50.03, 0, 0}},
	} {
		p := toLab(flat(c.rgb), 16, 16)
		for k, want := range c.lab {
			if got := 100 * float64(p.lab[k][77]); math.Abs(got-want) > 0.3 {
				t.Errorf("%v: channel %d is %.2f, want %.2f", c.rgb, k, got, want)
			}
		}
	}
}

func TestColour(t *testing.T) {
	h := colour(nil, toLab(testPicture(60, 60, 3), 64, 64), 3)
	if len(h) != 10*colourBins {
		t.Fatalf("%d values", len(h))
	}
	for c := range 10 { // squares of frequencies make one in every cell
		if s := inner(h[c*colourBins:(c+1)*colourBins], h[c*colourBins:(c+1)*colourBins]); math.Abs(float64(s)-1) > 0.07 {
			t.Errorf("cell %d has %v in all", c, s)
		}
	}
	red, green := colour(nil, toLab(flat(color.RGBA{255, 0, 0, 255}), 64, 64), 3), colour(nil, toLab(flat(color.RGBA{0, 255, 0, 255}), 64, 64), 3)
	if s := inner(red[:colourBins], green[:colourBins]); s > 0.1 {
		t.Errorf("red and green are alike by %v", s)
	}
}

// TestGradients: stripes show in the orientation across them.
func TestGradients(t *testing.T) {
	for want, step := range map[int]func(x, y int) int{0: func(x, _ int) int { return x }, orientations / 2: func(_, y int) int { return y }} {
		m := flat(color.RGBA{0, 0, 0, 255})
		for y := range 32 {
			for x := range 32 {
				if step(x, y)/4%2 == 0 {
					m.Set(x, y, color.White)
				}
			}
		}
		g := gradients(nil, toLab(m, 64, 64), 4)
		sum := make([]float32, orientations)
		for i, v := range g {
			sum[i%orientations] += v
		}
		// The vertical lies on the border of two bins.
		if best := slices.Index(sum, slices.Max(sum)); best != want && (want == 0 || best != want+1) {
			t.Errorf("orientation %d, want %d: %v", best, want, sum)
		}
	}
	for i, v := range gradients(nil, toLab(flat(color.RGBA{9, 99, 199, 255}), 64, 64), 8) {
		if v != 0 {
			t.Fatalf("a flat picture has %v at %d", v, i)
		}
	}
}

func TestLayout(t *testing.T) {
	p := &plane{w: 16, h: 8}
	for c := range p.lab {
		p.lab[c] = make([]float32, 16*8)
	}
	for y := range 8 {
		for x := range 16 {
			p.lab[0][y*16+x] = 0.5 + float32(math.Cos(math.Pi*(float64(x)+0.5)*2/16)*math.Cos(math.Pi*(float64(y)+0.5)*1/8))
		}
	}
	got := layout(nil, p, 8)
	if len(got) != 64+2*16 {
		t.Fatalf("%d values", len(got))
	}
	for i, v := range got {
		want := 0.0
		switch i {
		case 0:
			want = 0.5
		case 1*8 + 2:
			want = 0.25
		}
		if math.Abs(float64(v)-want) > 1e-6 {
			t.Errorf("coefficient %d is %v, want %v", i, v, want)
		}
	}
}

// TestMotion: a bar that moves right differs from one that moves left in its direction alone.
func TestMotion(t *testing.T) {
	film := func(step int) []*image.RGBA {
		var frames []*image.RGBA
		for f := range 6 {
			m := flat(color.RGBA{0, 0, 0, 255})
			for y := range 32 {
				for x := range 4 {
					m.Set(14+step*(f-3)+x, y, color.White)
				}
			}
			frames = append(frames, m)
		}
		return frames
	}
	right, left, still := describeFilm(film(2), nil), describeFilm(film(-2), nil), describeFilm(film(0), nil)
	if len(right) != filmDims || len(left) != filmDims {
		t.Fatalf("%d and %d values, want %d", len(right), len(left), filmDims)
	}
	at := pictureDims + 2*motionGrid*motionGrid
	turn := func(x []float32) (right, left float32) {
		for q := range 4 {
			h := x[at+q*directions : at+(q+1)*directions]
			right += h[0] + h[directions-1]
			left += h[directions/2] + h[directions/2-1]
		}
		return
	}
	if r, l := turn(right); r < 4*l {
		t.Errorf("to the right: %v right, %v left", r, l)
	}
	if r, l := turn(left); l < 4*r {
		t.Errorf("to the left: %v right, %v left", r, l)
	}
	for i, v := range still[pictureDims:] {
		if v != 0 {
			t.Fatalf("nothing moves and value %d is %v", i, v)
		}
	}
	if x := describeFilm(film(1)[:1], nil); len(x) != filmDims {
		t.Errorf("one frame has %d values", len(x))
	}
	wave := testTone(media.Rate, 440, 1)
	if x := describeFilm(film(2), wave); !slices.Equal(x[:seenDims], right[:seenDims]) || !slices.Equal(x[seenDims:], describeSound(wave)) {
		t.Error("a sound track is not described behind what is seen")
	}
}

func TestPitches(t *testing.T) {
	for note, hz := range map[int]float64{60: 261.63, 69: 440, 76: 659.26, 96: 2093} {
		x := pitches(nil, testTone(media.Rate, hz, 1))
		share := x[notes : 2*notes]
		if got := firstNote + slices.Index(share, slices.Max(share)); got != note {
			t.Errorf("%v Hz is note %d, want %d", hz, got, note)
		}
		class := x[2*notes:]
		if got := slices.Index(class, slices.Max(class)); got != note%12 {
			t.Errorf("%v Hz is of class %d, want %d", hz, got, note%12)
		}
	}
}

func TestMelBank(t *testing.T) {
	bank := melBank(64, 40, 7800, fftSize)
	power := make([]float64, fftSize/2+1)
	out := make([]float64, 64)
	last := -1
	for k := 2; k < len(power)-8; k++ { // a tone moves up the bands
		clear(power)
		power[k] = 1
		bank.apply(out, power)
		best := slices.Index(out, slices.Max(out))
		if best < last || out[best] <= 0 {
			t.Errorf("bin %d is in band %d after %d, weight %v", k, best, last, out[best])
		}
		last = best
	}
	if last != 63 {
		t.Errorf("the highest band reached is %d", last)
	}
}

// TestDescribeSound: of any length and loudness, and hardly moved by loudness.
func TestDescribeSound(t *testing.T) {
	for _, wave := range [][]float32{{0.5}, make([]float32, 100), make([]float32, 20000), testTone(399, 440, 2), testTone(30*media.Rate, 100, 9)} {
		x := describeSound(wave)
		if len(x) != soundDims {
			t.Fatalf("%d samples: %d values, want %d", len(wave), len(x), soundDims)
		}
		for i, v := range x {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Fatalf("%d samples: value %d is %v", len(wave), i, v)
			}
		}
	}
	loud := testTone(media.Rate, 440, 4)
	soft := make([]float32, len(loud))
	for i, v := range loud {
		soft[i] = v / 16
	}
	a, b := describeSound(loud), describeSound(soft)
	for i := range soundDims - 2 {
		if math.Abs(float64(a[i]-b[i])) > 1e-3 {
			t.Errorf("value %d is %v loud and %v soft", i, a[i], b[i])
		}
	}
}

// TestPictureSizes: small pictures are described at another size, but stay nearest
// to themselves in large.
func TestPictureSizes(t *testing.T) {
	const n = 16
	var large [][]float32
	for i := range n {
		large = append(large, describePicture(testPicture(200, 200, uint64(i))))
	}
	for i := range n {
		x := describePicture(testPicture(smallSide, smallSide, uint64(i)))
		apart := make([]float64, n)
		for j, y := range large {
			for k, v := range x {
				apart[j] += float64((v - y[k]) * (v - y[k]))
			}
		}
		own := apart[i]
		apart[i] = math.Inf(1)
		if other := slices.Min(apart); own > other/3 {
			t.Errorf("picture %d: squared distance %.3f to itself in large, %.3f to another", i, own, other)
		}
	}
}
