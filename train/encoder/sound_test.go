package encoder

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/train/media"
	"ace/train/onnx"
	"ace/train/onnx/onnxtest"
)

// What inputs are taken for.
func TestSounds(t *testing.T) {
	yamnet := &mel{16000, 400, 160, 512, 64, 125, 7500, false}
	clap := &mel{48000, 1024, 480, 1024, 64, 50, 14000, true}
	const clapText = `{"feature_extractor_type": "ClapFeatureExtractor", "feature_size": 64, "fft_window_size": 1024, "frequency_max": 14000, "frequency_min": 50,
		"hop_length": 480, "nb_max_samples": 480000, "padding": "repeatpad", "sampling_rate": 48000, "truncation": "rand_trunc"}`
	for name, c := range map[string]struct {
		text  string
		input []int
		o     SoundOptions
		want  hear
	}{
		"YAMNet, samples":   {"", []int{1, 15600}, SoundOptions{}, hear{16000, 15600, false, false, nil, []int{1, -1}}},
		"any length":        {"", []int{-1}, SoundOptions{}, hear{16000, 0, false, false, nil, []int{-1}}},
		"seconds by flag":   {"", []int{-1, -1}, SoundOptions{Window: 2, Rate: 8000}, hear{8000, 16000, false, false, nil, []int{1, -1}}},
		"channel of one":    {"", []int{-1, 1, 32000}, SoundOptions{Rate: 32000}, hear{32000, 32000, false, false, nil, []int{1, 1, -1}}},
		"YAMNet, spectra":   {"", []int{96, 64}, SoundOptions{}, hear{16000, 95*160 + 400, false, false, yamnet, []int{-1, 64}}},
		"spectra, batch":    {"", []int{-1, 1, 96, 64}, SoundOptions{}, hear{16000, 95*160 + 400, false, false, yamnet, []int{1, 1, -1, 64}}},
		"spectra, last one": {"", []int{1, 96, 64, 1}, SoundOptions{}, hear{16000, 95*160 + 400, false, false, yamnet, []int{1, -1, 64, 1}}},
		"CLAP":              {clapText, []int{-1, 1, 1001, 64}, SoundOptions{}, hear{48000, 480000, true, false, clap, []int{1, 1, -1, 64}}},
		"CLAP, any length":  {clapText, []int{-1, 1, -1, 64}, SoundOptions{}, hear{48000, 480000, true, false, clap, []int{1, 1, -1, 64}}},
		"wav2vec 2":         {`{"do_normalize": true, "feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000}`, []int{-1, -1}, SoundOptions{Window: 5}, hear{16000, 80000, false, true, nil, []int{1, -1}}},
	} {
		model := t.TempDir() + "/m.onnx"
		if c.text != "" {
			describe(t, model, c.text)
		}
		con, err := readConfig(model)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := con.sounds(c.input, c.o); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, c.want)
		}
	}
	for want, c := range map[string]struct {
		text  string
		input []int
		o     SoundOptions
	}{
		"want samples or spectra":   {"", nil, SoundOptions{}},
		"spectra of 128 bands":      {"", []int{1, 1024, 128}, SoundOptions{}},
		"ASTFeatureExtractor":       {`{"feature_extractor_type": "ASTFeatureExtractor"}`, []int{1, 1024, 128}, SoundOptions{}},
		"four sections":             {`{"feature_extractor_type": "ClapFeatureExtractor", "truncation": "fusion"}`, []int{1, 4, 1001, 64}, SoundOptions{}},
		"one channel":               {"", []int{1, 2, 16000}, SoundOptions{}},
		"of 16000 samples a second": {"", []int{1, 96, 64}, SoundOptions{Rate: 44100}},
	} {
		model := t.TempDir() + "/m.onnx"
		if c.text != "" {
			describe(t, model, c.text)
		}
		con, err := readConfig(model)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := con.sounds(c.input, c.o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("input %v: %+v, %v, want an error of %q", c.input, got, err, want)
		}
	}
}

func TestWindows(t *testing.T) {
	wave := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(i + 1)
		}
		return x
	}
	for _, c := range []struct {
		n      int
		repeat bool
		want   [][]float32
	}{
		{4, false, [][]float32{{1, 2, 3, 4}}},
		{3, false, [][]float32{{1, 2, 3, 0}}},
		{1, false, [][]float32{{1, 0, 0, 0}}},
		{1, true, [][]float32{{1, 1, 1, 1}}},
		{3, true, [][]float32{{1, 2, 3, 0}}},
		{6, false, [][]float32{{1, 2, 3, 4}, {3, 4, 5, 6}}},
		{7, true, [][]float32{{1, 2, 3, 4}, {3, 4, 5, 6}, {5, 6, 7, 0}}},
	} {
		h := hear{Window: 4, Repeat: c.repeat}
		if got := h.windows(wave(c.n)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%d samples: %v, want %v", c.n, got, c.want)
		}
	}
	if got := (&hear{}).windows(wave(7)); len(got) != 1 || len(got[0]) != 7 {
		t.Errorf("all at once: %v", got)
	}
}

// The loudest band of a tone is the one about it, and the level follows the
// front end's law: one more for e times the amplitude in YAMNet's, 20 dB for ten
// times in CLAP's. Silence is at its floor.
func TestMel(t *testing.T) {
	tone := func(m *mel, hz, amplitude float64) []float32 {
		x := make([]float32, m.Rate)
		for i := range x {
			x[i] = float32(amplitude * math.Sin(2*math.Pi*hz*float64(i)/float64(m.Rate)))
		}
		return x
	}
	for _, c := range []struct {
		m           *mel
		frames      int // of a second
		floor       float64
		ratio, step float64
		centre      func(b int) float64 // of a band, in Hz
	}{
		{&mel{16000, 400, 160, 512, 64, 125, 7500, false}, 98, math.Log(0.001), math.E, 1,
			func(b int) float64 { return unHTK(htk(125) + (htk(7500)-htk(125))*float64(b+1)/65) }},
		{&mel{48000, 1024, 480, 1024, 64, 50, 14000, true}, 101, -100, 10, 20,
			func(b int) float64 { return unSlaney(slaney(50) + (slaney(14000)-slaney(50))*float64(b+1)/65) }},
	} {
		for _, hz := range []float64{440, 1000, 3000, 7000} {
			soft, loud := c.m.spectra(tone(c.m, hz, 0.5/c.ratio)), c.m.spectra(tone(c.m, hz, 0.5))
			if len(loud) != c.frames*64 {
				t.Fatalf("%d values, want %d frames", len(loud), c.frames)
			}
			row := loud[c.frames/2*64:][:64]
			best := 0
			for b, v := range row {
				if v > row[best] {
					best = b
				}
			}
			if below, above := c.centre(best-1), c.centre(best+1); hz < below || hz > above {
				t.Errorf("a tone of %g Hz is loudest in the band from %g to %g", hz, below, above)
			}
			if d := float64(row[best] - soft[c.frames/2*64+best]); math.Abs(d-c.step) > 0.01 {
				t.Errorf("a tone of %g Hz, %g times as loud, is higher by %g, want %g", hz, c.ratio, d, c.step)
			}
		}
		for _, v := range c.m.spectra(make([]float32, c.m.Rate)) {
			if math.Abs(float64(v)-c.floor) > 1e-4 {
				t.Fatalf("silence is at %g, want %g", v, c.floor)
			}
		}
	}
	for hz := 20.0; hz < 20000; hz *= 1.3 {
		if a, b := unHTK(htk(hz)), unSlaney(slaney(hz)); math.Abs(a-hz) > 1e-6*hz || math.Abs(b-hz) > 1e-6*hz {
			t.Errorf("%g Hz comes back as %g and %g", hz, a, b)
		}
	}
	for at, want := range map[int]int{-2: 2, -1: 1, 0: 0, 4: 4, 5: 3, 6: 2, 9: 1} {
		if got := mirror(at, 5); got != want {
			t.Errorf("place %d of 5 is mirrored to %d, want %d", at, got, want)
		}
	}
}

// A network that tells the mean and the largest of its input, over windows.
func TestSound(t *testing.T) {
	lib := onnxtest.Library(t)
	listen := func(shape ...int) *onnxtest.Model {
		axes := []int{}
		for i := range shape {
			axes = append(axes, i)
		}
		reduce := map[string]any{"axes": axes, "keepdims": 1}
		flat := map[string]any{"axis": 1}
		return &onnxtest.Model{
			Inputs:  []onnx.Port{{Name: "x", Type: onnx.Float32, Shape: shape}},
			Outputs: []onnx.Port{{Name: "emb", Type: onnx.Float32, Shape: []int{1, 2}}},
			Nodes: []onnxtest.Node{
				{Op: "ReduceMean", In: []string{"x"}, Out: []string{"a"}, Attributes: reduce},
				{Op: "ReduceMax", In: []string{"x"}, Out: []string{"b"}, Attributes: reduce},
				{Op: "Flatten", In: []string{"a"}, Out: []string{"a2"}, Attributes: map[string]any{"axis": 0}},
				{Op: "Flatten", In: []string{"b"}, Out: []string{"b2"}, Attributes: map[string]any{"axis": 0}},
				{Op: "Concat", In: []string{"a2", "b2"}, Out: []string{"emb"}, Attributes: flat},
			},
		}
	}
	wave := make([]float32, 1500) // two windows of 1,000; in the second half is silence
	for i := range 1000 {
		wave[i] = 0.25
	}
	for name, c := range map[string]struct {
		shape []int
		want  []float32
	}{
		"fixed":    {[]int{1, 1000}, []float32{(0.25 + 0.125) / 2, 0.25}},
		"free":     {[]int{-1}, []float32{0.25 * 2 / 3, 0.25}},
		"channels": {[]int{1, 1, -1}, []float32{0.25 * 2 / 3, 0.25}},
	} {
		s, err := OpenSound(lib, listen(c.shape...).Write(t), SoundOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := s.Encode(&media.Sample{Wave: wave})
		if err != nil || len(got) != 2 || math.Abs(float64(got[0]-c.want[0])) > 1e-5 || got[1] != c.want[1] {
			t.Errorf("%s: %v, %v, want %v", name, got, err, c.want)
		}
		if v, err := s.Encode(&media.Sample{}); v != nil || err != nil {
			t.Errorf("%s: of no sound: %v, %v", name, v, err)
		}
		s.Close()
	}
	s, err := OpenSound(lib, listen(1, 96, 64).Write(t), SoundOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got, err := s.Encode(&media.Sample{Wave: make([]float32, 40000)})
	if floor := math.Log(0.001); err != nil || math.Abs(float64(got[0])-floor) > 1e-3 || math.Abs(float64(got[1])-floor) > 1e-3 {
		t.Errorf("spectra of silence: %v, %v, want %g", got, err, floor)
	}
}

// A network of another rate hears the file as it was recorded: a tone of 12 kHz, which
// is beyond what 16,000 samples a second hold, in the band where it belongs. The network
// is the front end of CLAP's configuration and the mean over time.
func TestSoundRate(t *testing.T) {
	lib := onnxtest.Library(t)
	m := &onnxtest.Model{
		Inputs:  []onnx.Port{{Name: "input_features", Type: onnx.Float32, Shape: []int{-1, 1, -1, 64}}},
		Outputs: []onnx.Port{{Name: "audio_embeds", Type: onnx.Float32, Shape: []int{-1, 64}}},
		Nodes:   []onnxtest.Node{{Op: "ReduceMean", In: []string{"input_features"}, Out: []string{"audio_embeds"}, Attributes: map[string]any{"axes": []int{1, 2}, "keepdims": 0}}},
	}
	path := m.Write(t)
	describe(t, path, `{"feature_extractor_type": "ClapFeatureExtractor", "feature_size": 64, "fft_window_size": 1024, "frequency_max": 14000, "frequency_min": 50,
		"hop_length": 480, "max_length_s": 1, "padding": "repeatpad", "sampling_rate": 48000, "truncation": "rand_trunc"}`)
	s, err := OpenSound(lib, path, SoundOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	loudest := func(rate int) int {
		wav := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00")
		wav = binary.LittleEndian.AppendUint32(wav, uint32(rate))
		wav = binary.LittleEndian.AppendUint32(wav, uint32(2*rate))
		wav = append(wav, "\x02\x00\x10\x00data\x00\x00\x00\x00"...)
		for i := range rate {
			wav = binary.LittleEndian.AppendUint16(wav, uint16(int16(16000*math.Sin(2*math.Pi*12000*float64(i)/float64(rate)))))
		}
		file := filepath.Join(t.TempDir(), "a.wav")
		if err := os.WriteFile(file, wav, 0o644); err != nil {
			t.Fatal(err)
		}
		heard, err := media.Decode(file, core.Audio)
		if err != nil {
			t.Fatal(err)
		}
		x, err := s.Encode(&heard)
		if err != nil || len(x) != 64 {
			t.Fatal(x, err)
		}
		return slices.Index(x, slices.Max(x))
	}
	top := slaney(14000)
	want := int(math.Round((slaney(12000)-slaney(50))/(top-slaney(50))*65)) - 1
	for _, rate := range []int{44100, 48000} {
		if got := loudest(rate); got < want-1 || got > want+1 {
			t.Errorf("recorded at %d: 12 kHz is loudest in band %d, want %d", rate, got, want)
		}
	}
}
