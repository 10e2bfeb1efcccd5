package encoder

import (
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"ace/core"
	"ace/train/media"
	"ace/train/onnx"
	"ace/train/onnx/onnxtest"
)

// describe writes a preprocessor_config.json beside a model.
func describe(t *testing.T, model, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(filepath.Dir(model), configName), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Published descriptions, and what comes of them.
func TestPictures(t *testing.T) {
	clip := [2][3]float32{{0.48145466, 0.4578275, 0.40821073}, {0.26862954, 0.26130258, 0.27577711}}
	half := [2][3]float32{{0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}}
	for name, c := range map[string]struct {
		text          string
		width, height int
		side          int
		want          prepare
	}{
		"CLIP": {`{"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_normalize": true, "do_resize": true, "feature_extractor_type": "CLIPFeatureExtractor",
			"image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3, "size": {"shortest_edge": 224}}`, -1, -1, 0,
			prepare{[]view{{224, 224, 224}}, false, 1. / 255, clip[0], clip[1]}},
		"CLIP of old": {`{"crop_size": 224, "do_center_crop": true, "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3, "size": 224}`, 224, 224, 0,
			prepare{[]view{{224, 224, 224}}, false, 1. / 255, clip[0], clip[1]}},
		"SigLIP": {`{"do_convert_rgb": null, "do_resize": true, "image_mean": [0.5,0.5,0.5], "image_std": [0.5,0.5,0.5], "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"height": 384, "width": 384}}`, 384, 384, 0,
			prepare{[]view{{0, 384, 384}}, true, 1. / 255, half[0], half[1]}},
		"ResNet": {`{"crop_pct": 0.875, "do_resize": true, "image_mean": [0.5,0.5,0.5], "image_std": [0.5,0.5,0.5], "resample": 3, "size": {"shortest_edge": 224}}`, -1, -1, 0,
			prepare{[]view{{256, 224, 224}}, false, 1. / 255, half[0], half[1]}},
		"resize to 256, crop": {`{"do_center_crop": true, "size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 192}, "do_rescale": false, "do_normalize": false}`, 192, 224, 0,
			prepare{[]view{{256, 192, 224}}, false, 1, [3]float32{}, [3]float32{1, 1, 1}}},
		"larger by flag": {`{"do_center_crop": true, "size": {"shortest_edge": 256}, "crop_size": 224}`, -1, -1, 448,
			prepare{[]view{{512, 448, 448}}, false, 1. / 255, half[0], half[1]}},
		"nothing, any size": {"", -1, -1, 0, prepare{[]view{{224, 224, 224}}, false, 1. / 255, half[0], half[1]}},
		"nothing, fixed":    {"", 96, 96, 0, prepare{[]view{{96, 96, 96}}, false, 1. / 255, half[0], half[1]}},
		"nothing, by flag":  {"", -1, -1, 128, prepare{[]view{{128, 128, 128}}, false, 1. / 255, half[0], half[1]}},
	} {
		model := filepath.Join(t.TempDir(), "m.onnx")
		if c.text != "" {
			describe(t, model, c.text)
		}
		con, err := readConfig(model)
		if err != nil {
			t.Fatal(err)
		}
		got, err := con.pictures(c.width, c.height, c.side)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, c.want)
		}
		if err := got.check(c.width, c.height); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A model in a folder onnx has its description one up; a broken one is named.
func TestReadConfig(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "onnx"), 0o755); err != nil {
		t.Fatal(err)
	}
	model := filepath.Join(dir, "onnx", "vision_model.onnx")
	if c, err := readConfig(model); c != nil || err != nil {
		t.Errorf("no description: %v, %v", c, err)
	}
	describe(t, dir+"/m.onnx", `{"size": 30, "do_center_crop": false}`)
	if c, err := readConfig(model); err != nil || c == nil || *c.Size != (extent{30, 30, 30}) || is(c.DoCenterCrop, true) {
		t.Errorf("one folder up: %+v, %v", c, err)
	}
	for text, want := range map[string]string{`{"size": {"longest_edge": 3}}`: "size", `{"size": "s"}`: "size", `{"image_mean": 3}`: "image_mean", `[]`: configName, `{`: configName} {
		describe(t, model, text)
		if c, err := readConfig(model); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), configName) {
			t.Errorf("%s: %+v, %v", text, c, err)
		}
	}
}

// A picture of one half red, one half blue, 40 x 20: each view shows the colours
// where they are, in both orders of the dimensions.
func TestTensor(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for y := range 20 {
		for x := range 40 {
			m.SetRGBA(x, y, color.RGBA{255, 51, 0, 255})
			if x >= 20 {
				m.SetRGBA(x, y, color.RGBA{0, 51, 255, 255})
			}
		}
	}
	p := prepare{Factor: 1. / 255, Mean: [3]float32{0.5, 0.2, 0}, Std: [3]float32{0.5, 1, 2}}
	left, right := []float32{1, 0, 0}, []float32{-1, 0, 0.5}
	for _, v := range []view{{8, 8, 8}, {0, 8, 8}, {10, 8, 6}, {20, 40, 20}} {
		planes, points := p.tensor(nil, m, v, false), p.tensor(nil, m, v, true)
		if len(planes) != 3*v.Width*v.Height || len(points) != len(planes) {
			t.Fatalf("view %v: %d and %d values", v, len(planes), len(points))
		}
		for y := range v.Height {
			for x := range v.Width {
				for c := range 3 {
					got := planes[(c*v.Height+y)*v.Width+x]
					if again := points[(y*v.Width+x)*3+c]; again != got {
						t.Fatalf("view %v: colour %d at %d, %d is %g or %g", v, c, x, y, got, again)
					}
					want := left[c]
					if x >= v.Width/2 {
						want = right[c]
					}
					if near := x >= v.Width/2-2 && x < v.Width/2+2; !near && math.Abs(float64(got-want)) > 0.02 {
						t.Fatalf("view %v: colour %d at %d, %d is %g, want %g", v, c, x, y, got, want)
					}
				}
			}
		}
	}
}

// colours is a network whose vector is the mean of each colour, and a second output.
func colours(shape ...int) *onnxtest.Model {
	axes := []int{2, 3}
	if shape[3] == 3 {
		axes = []int{1, 2}
	}
	return &onnxtest.Model{
		Inputs:  []onnx.Port{{Name: "pixel_values", Type: onnx.Float32, Shape: shape}},
		Outputs: []onnx.Port{{Name: "map", Type: onnx.Float32, Shape: shape}, {Name: "image_embeds", Type: onnx.Float32, Shape: []int{shape[0], 3}}},
		Nodes: []onnxtest.Node{
			{Op: "ReduceMean", In: []string{"pixel_values"}, Out: []string{"image_embeds"}, Attributes: map[string]any{"axes": axes, "keepdims": 0}},
			{Op: "Add", In: []string{"pixel_values", "pixel_values"}, Out: []string{"map"}},
		},
	}
}

func plain(w, h int, c color.RGBA) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := 0; i < len(m.Pix); i += 4 {
		copy(m.Pix[i:], []uint8{c.R, c.G, c.B, 255})
	}
	return m
}

func TestPicture(t *testing.T) {
	lib := onnxtest.Library(t)
	film := &media.Sample{Frames: []*image.RGBA{plain(30, 50, color.RGBA{255, 0, 0, 255}), plain(30, 50, color.RGBA{255, 255, 0, 255})}}
	want := []float32{1, 0, -1} // of the film's frames
	keys := map[string]bool{}
	for name, c := range map[string]struct {
		shape []int
		o     PictureOptions
		views []view
	}{
		"any size":     {[]int{-1, 3, -1, -1}, PictureOptions{}, []view{{224, 224, 224}, {0, 256, 256}}},
		"one at once":  {[]int{1, 3, 16, 16}, PictureOptions{}, []view{{16, 16, 16}, {0, 16, 16}}},
		"colours last": {[]int{-1, 16, 16, 3}, PictureOptions{Views: "crop"}, []view{{16, 16, 16}}},
		"by flags":     {[]int{-1, 3, -1, -1}, PictureOptions{Size: 32, Views: "whole", Mean: []float32{0.5}, Std: []float32{0.5, 0.5, 0.5}}, []view{{0, 36, 36}}},
	} {
		path := colours(c.shape...).Write(t)
		p, err := OpenPicture(lib, path, c.o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p.Dims() != 3 || !reflect.DeepEqual(p.prepare.Views, c.views) {
			t.Errorf("%s: %d dimensions, views %v, want %v", name, p.Dims(), p.prepare.Views, c.views)
		}
		got, err := p.Encode(film)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, v := range got {
			if math.Abs(float64(v-want[i])) > 1e-5 {
				t.Errorf("%s: %v, want %v", name, got, want)
				break
			}
		}
		// A picture is seen as its preview, on white; a film's is but a poster.
		poster := plain(90, 90, color.RGBA{0, 0, 255, 255})
		clear(poster.Pix[:2*90*90]) // transparent
		still := &media.Sample{Kind: core.Image, Frames: film.Frames[:1], Preview: poster}
		if v, err := p.Encode(still); err != nil || math.Abs(float64(v[0])) > 1e-4 || math.Abs(float64(v[2]-1)) > 1e-4 {
			t.Errorf("%s: a preview of white and blue is %v, %v", name, v, err)
		}
		moving := &media.Sample{Kind: core.Video, Frames: film.Frames, Preview: poster}
		if v, err := p.Encode(moving); err != nil || !reflect.DeepEqual(v, got) {
			t.Errorf("%s: a film with a poster is %v, %v, want %v", name, v, err, got)
		}
		if v, err := p.Encode(&media.Sample{}); v != nil || err != nil {
			t.Errorf("%s: of no frame: %v, %v", name, v, err)
		}
		keys[p.Key()] = true
		again, err := OpenPicture(lib, path, c.o)
		if err != nil || again.Key() != p.Key() {
			t.Errorf("%s: another key for the same: %v", name, err)
		}
		c.o.Mean = []float32{0.1, 0.2, 0.3}
		if other, err := OpenPicture(lib, path, c.o); err != nil || other.Key() == p.Key() {
			t.Errorf("%s: the same key with other means: %v", name, err)
		}
		p.Close()
	}
	if len(keys) != 4 {
		t.Errorf("%d keys of four networks", len(keys))
	}
}

func TestPictureErrors(t *testing.T) {
	lib := onnxtest.Library(t)
	both := colours(-1, 3, -1, -1)
	both.Inputs = append(both.Inputs, onnx.Port{Name: "input_ids", Type: 7, Shape: []int{-1, -1}})
	for want, c := range map[string]struct {
		m *onnxtest.Model
		o PictureOptions
	}{
		"pixel_values, input_ids":                  {both, PictureOptions{}},
		"three colours":                            {colours(1, 4, 8, 8), PictureOptions{}},
		"64 at a time":                             {colours(64, 3, 8, 8), PictureOptions{}},
		"no output pooled, only map, image_embeds": {colours(1, 3, 8, 8), PictureOptions{Output: "pooled"}},
		"its input is 8 x 8":                       {colours(1, 3, 8, 8), PictureOptions{Size: 9}},
		`unknown views "half"`:                     {colours(1, 3, 8, 8), PictureOptions{Views: "half"}},
		"2 means of colours":                       {colours(1, 3, 8, 8), PictureOptions{Mean: []float32{1, 2}}},
		"a deviation of 0":                         {colours(1, 3, 8, 8), PictureOptions{Std: []float32{0}}},
		"a picture of 10000 x 10000 pixels":        {colours(1, 3, -1, -1), PictureOptions{Size: 10000, Views: "crop"}},
	} {
		path := c.m.Write(t)
		if _, err := OpenPicture(lib, path, c.o); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%v, want one of %q that names the file", err, want)
		}
	}
}
