package encoder

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// resizePIL is what ImagingResample of Pillow does (src/libImaging/Resample.c):
// first the rows, then the columns, rounded to bytes after each, every pixel by a
// filter that is stretched where the picture becomes smaller.
func resizePIL(m *image.RGBA, width, height int, cubic bool) *image.RGBA {
	filter, reach := func(x float64) float64 { return max(0, 1-math.Abs(x)) }, 1.0
	if cubic {
		const a = -0.5
		reach = 2
		filter = func(x float64) float64 {
			switch x = math.Abs(x); {
			case x < 1:
				return ((a+2)*x-(a+3))*x*x + 1
			case x < 2:
				return (((x-5)*x+8)*x - 4) * a
			}
			return 0
		}
	}
	pass := func(n, to int, get func(at int) uint8, put func(at int, v uint8)) {
		scale := float64(n) / float64(to)
		wide := max(scale, 1)
		for i := range to {
			centre := (float64(i) + 0.5) * scale
			from, end := max(0, int(centre-reach*wide+0.5)), min(n, int(centre+reach*wide+0.5))
			var sum, weights float64
			for x := from; x < end; x++ {
				w := filter((float64(x) - centre + 0.5) / wide)
				sum, weights = sum+w*float64(get(x)), weights+w
			}
			put(i, uint8(math.Round(min(255, max(0, sum/weights)))))
		}
	}
	b := m.Bounds()
	rows, out := image.NewRGBA(image.Rect(0, 0, width, b.Dy())), image.NewRGBA(image.Rect(0, 0, width, height))
	for c := range 4 {
		for y := range b.Dy() {
			pass(b.Dx(), width, func(x int) uint8 { return m.Pix[m.PixOffset(x, y)+c] }, func(x int, v uint8) { rows.Pix[rows.PixOffset(x, y)+c] = v })
		}
		for x := range width {
			pass(b.Dy(), height, func(y int) uint8 { return rows.Pix[rows.PixOffset(x, y)+c] }, func(y int, v uint8) { out.Pix[out.PixOffset(x, y)+c] = v })
		}
	}
	return out
}

// noisy is a picture of smooth colours with edges and grain.
func noisy(w, h int) *image.RGBA {
	rng := rand.New(rand.NewPCG(3, 5))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			v := 128 + 90*math.Sin(float64(x)/9)*math.Cos(float64(y)/13) + 20*rng.NormFloat64()
			if (x/17+y/23)%2 == 0 {
				v = 255 - v
			}
			g := uint8(min(255, max(0, v)))
			m.SetRGBA(x, y, color.RGBA{g, 255 - g, uint8(x * 255 / w), 255})
		}
	}
	return m
}

// What a network is given is what transformers' image processors make with Pillow:
// the short side brought to a size, rounded down, the middle cut out, or the whole
// squeezed, then rescaled and standardised. Values are compared in steps of a byte.
func TestLikePillow(t *testing.T) {
	for name, text := range map[string]string{
		"CLIP": `{"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_normalize": true, "do_resize": true,
			"image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3, "size": {"shortest_edge": 224}}`,
		"ViT":       `{"do_normalize": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 224}`,
		"ResNet":    `{"do_center_crop": true, "do_normalize": true, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225], "resample": 2, "size": {"shortest_edge": 256}, "crop_size": 224}`,
		"unscaled":  `{"do_rescale": false, "do_normalize": false, "resample": 3, "size": {"height": 64, "width": 96}}`,
		"unresized": `{"do_resize": false, "do_center_crop": true, "crop_size": 100, "do_normalize": false}`,
	} {
		path := filepath.Join(t.TempDir(), "m.onnx")
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), configName), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := readConfig(path)
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.pictures(-1, -1, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range [][2]int{{301, 200}, {160, 160}, {120, 333}, {224, 224}} {
			m := noisy(size[0], size[1])
			want, v := m, p.Views[0]
			if is(c.DoResize, true) {
				w, h := v.Width, v.Height
				if s := c.Size.Short; s > 0 && (is(c.DoCenterCrop, false) || c.Size.Width == 0) {
					w, h = s, int(float64(s)*float64(size[1])/float64(size[0]))
					if size[0] > size[1] {
						w, h = int(float64(s)*float64(size[0])/float64(size[1])), s
					}
				}
				want = resizePIL(m, w, h, c.Resample == nil || *c.Resample != 2)
			}
			got := p.tensor(nil, m, v, false)
			left, top := (want.Bounds().Dx()-v.Width)/2, (want.Bounds().Dy()-v.Height)/2
			var worst, sum float64
			for k := range 3 {
				mean, std, factor := 0.0, 1.0, 1.0
				if is(c.DoRescale, true) {
					factor = 1. / 255
				}
				if is(c.DoNormalize, true) {
					mean, std = float64(c.Mean[k]), float64(c.Std[k])
				}
				for y := range v.Height {
					for x := range v.Width {
						byteValue := 0.0
						if i := image.Pt(left+x, top+y); i.In(want.Bounds()) {
							byteValue = float64(want.Pix[want.PixOffset(i.X, i.Y)+k])
						}
						steps := math.Abs(float64(got[(k*v.Height+y)*v.Width+x])-(byteValue*factor-mean)/std) * std / factor
						worst, sum = max(worst, steps), sum+steps
					}
				}
			}
			if mean := sum / float64(len(got)); worst > 1.01 || mean > 0.01 {
				t.Errorf("%s of %v: up to %.2f bytes off, %.3f in the mean", name, size, worst, mean)
			}
		}
	}
}
