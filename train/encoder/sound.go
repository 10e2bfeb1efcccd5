package encoder

import (
	"errors"
	"fmt"
	"math"

	"ace/train/media"
	"ace/train/onnx"
)

// SoundOptions say how a model for sounds wants its input where neither a
// preprocessor_config.json nor the input's shape does. They win over both.
type SoundOptions struct {
	Rate   int     // samples a second
	Window float64 // seconds of sound that the model hears at once
	Output string  // name of the output that is taken
}

// Sound is an encoder of sounds and of films' sound tracks: the mean over windows
// that overlap by half. It may be used by several goroutines at once.
type Sound struct {
	network
	hear hear
}

// hear is how a recording becomes a network's input.
type hear struct {
	Rate   int
	Window int   // samples; 0: the whole recording at once
	Repeat bool  // a short recording is played again until it fills a window, not followed by silence
	Level  bool  // each window is brought to mean 0 and deviation 1
	Mel    *mel  // nil: the network takes the samples themselves
	Shape  []int // of the input for one window; -1: as many as there are
}

// OpenSound opens a model whose input are samples, [t] or [n, t], or spectra,
// [n, t, bands], with or without dimensions of 1 beside. Spectra are made as YAMNet
// wants them or, with a preprocessor_config.json that says so, as CLAP does.
func OpenSound(lib *onnx.Library, path string, o SoundOptions) (*Sound, error) {
	n, err := loadSingle(lib, path, o.Output)
	if err != nil {
		return nil, err
	}
	s := &Sound{network: *n}
	c, err := readConfig(path)
	if err == nil {
		s.hear, err = c.sounds(s.input, o)
	}
	if err != nil {
		n.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	window := s.hear.Window
	if window == 0 {
		window = s.hear.Rate
	}
	trial, err := s.run(s.hear.tensor(make([]float32, window)))
	if err == nil {
		err = s.seal(path, s.hear, trial)
	}
	if err != nil {
		n.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// leastSamples is what tells the length of a window from a number of bands.
const leastSamples = 400

// sounds is the preparation for an input, as a configuration describes it or, without, as usual.
func (c *config) sounds(input []int, o SoundOptions) (hear, error) {
	h := hear{Rate: media.Rate}
	if c == nil {
		c = &config{}
	} else {
		h.Repeat, h.Level = c.Padding == "repeat" || c.Padding == "repeatpad", is(c.DoNormalize, false)
	}
	if c.SamplingRate > 0 {
		h.Rate = c.SamplingRate
	}
	// The last dimension of more than one value is time or, if short, frequency.
	h.Shape = append([]int{}, input...)
	at := len(input) - 1
	for at > 0 && input[at] == 1 {
		at--
	}
	if at < 0 {
		return hear{}, fmt.Errorf("its input is of shape %v: want samples or spectra", input)
	}
	frames := -1
	if bands := input[at]; bands > 1 && bands < leastSamples {
		var err error
		if h.Mel, err = c.spectra(bands); err != nil {
			return hear{}, err
		}
		h.Rate = h.Mel.Rate
		if at--; at < 0 {
			return hear{}, fmt.Errorf("its input is of shape %v: want spectra, [n, t, %d]", input, bands)
		}
		frames = input[at]
	}
	if o.Rate > 0 {
		if h.Mel != nil && o.Rate != h.Rate {
			return hear{}, fmt.Errorf("its spectra are of %d samples a second, not of %d", h.Rate, o.Rate)
		}
		h.Rate = o.Rate
	}
	for i := range h.Shape {
		switch {
		case i == at:
			h.Shape[i] = -1
		case i < at && input[i] > 1:
			return hear{}, fmt.Errorf("its input is of shape %v: want one sound of one channel at a time", input)
		case input[i] < 0:
			h.Shape[i] = 1
		}
	}
	switch seconds := max(o.Window, 0); {
	case h.Mel != nil && frames > 0:
		h.Window = h.Mel.samples(frames)
	case h.Mel == nil && input[at] > 0:
		h.Window = input[at]
	case seconds > 0:
		h.Window = int(math.Round(seconds * float64(h.Rate)))
	case c.Samples > 0:
		h.Window = c.Samples
	case c.MaxSeconds+c.ChunkSeconds > 0:
		h.Window = int(math.Round(max(c.MaxSeconds, c.ChunkSeconds) * float64(h.Rate)))
	}
	return h, nil
}

// Encode returns the vector of a sound: the mean over its windows. Without sound
// the answer is nil.
func (s *Sound) Encode(m *media.Sample) ([]float32, error) {
	if len(m.Wave) == 0 {
		return nil, nil
	}
	var vectors [][]float32
	for _, w := range s.hear.windows(m.At(s.hear.Rate)) {
		x, err := s.run(s.hear.tensor(w))
		if err != nil {
			return nil, err
		}
		if len(x) != s.dims {
			return nil, errors.New("the width of the model's vectors depends on the sound")
		}
		vectors = append(vectors, x)
	}
	return average(vectors), nil
}

// windows cuts a recording in windows that overlap by half. What is short of a
// window is followed by silence or, where the whole recording is, played again.
func (h *hear) windows(wave []float32) [][]float32 {
	n := h.Window
	if n == 0 {
		return [][]float32{wave}
	}
	var list [][]float32
	for at := 0; ; at += max(n/2, 1) {
		w := wave[at:min(at+n, len(wave))]
		if len(w) < n {
			full := make([]float32, n)
			for to := copy(full, w); h.Repeat && at == 0 && to+len(w) <= n; {
				to += copy(full[to:], w) // whole repetitions, then silence
			}
			w = full
		}
		if list = append(list, w); at+n >= len(wave) {
			return list
		}
	}
}

// tensor is the input for a window.
func (h *hear) tensor(window []float32) onnx.Tensor {
	if h.Level {
		window = level(window)
	}
	t := onnx.Tensor{Shape: append([]int{}, h.Shape...), Values: window}
	along := len(window)
	if h.Mel != nil {
		t.Values = h.Mel.spectra(window)
		along = len(t.Values) / h.Mel.Bands
	}
	for i, d := range t.Shape {
		if d < 0 {
			t.Shape[i] = along
		}
	}
	return t
}

// level brings samples to mean 0 and deviation 1.
func level(x []float32) []float32 {
	var sum, square float64
	for _, v := range x {
		sum += float64(v)
	}
	mean := sum / float64(len(x))
	for _, v := range x {
		square += (float64(v) - mean) * (float64(v) - mean)
	}
	scale := 1 / math.Sqrt(square/float64(len(x))+1e-7)
	out := make([]float32, len(x))
	for i, v := range x {
		out[i] = float32((float64(v) - mean) * scale)
	}
	return out
}
