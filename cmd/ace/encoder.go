package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ace/train/encoder"
	"ace/train/feature"
	"ace/train/onnx"
)

// encoderFlags are the flags of networks that turn media into vectors. docs/encoders.md
// says where to get one.
type encoderFlags struct {
	EncoderImage string    `placeholder:"M.onnx" help:"A network for pictures and films, in place of the built-in vectors."`
	EncoderAudio string    `placeholder:"M.onnx" help:"A network for sounds and films' sound tracks."`
	ImageSize    int       `placeholder:"N" help:"Side of the picture that the network sees."`
	ImageMean    []float32 `placeholder:"X" help:"Its mean of the colours, one value or three: 0.5."`
	ImageStd     []float32 `placeholder:"X" help:"Its deviation of the colours: 0.5."`
	ImageViews   string    `placeholder:"V" help:"What it sees of a picture: crop, whole or both."`
	ImageOutput  string    `placeholder:"NAME" help:"Which of its outputs is taken."`
	AudioRate    int       `placeholder:"HZ" help:"Samples a second that the network hears: 16000."`
	AudioWindow  float64   `placeholder:"S" help:"Seconds that it hears at once."`
	AudioOutput  string    `placeholder:"NAME" help:"Which of its outputs is taken."`
	EncoderText  string    `placeholder:"T.onnx" help:"The tower for texts that belongs to one of these, as CLIP and CLAP have: what is said of an item joins its vector."`
	Tokenizer    string    `placeholder:"FILE" help:"Its tokenizer.json, if not beside it."`
	TextLength   int       `placeholder:"N" help:"Tokens of a text that it reads: as the tokenizer says, or 64."`
	TextOutput   string    `placeholder:"NAME" help:"Which of its outputs is taken."`
	TextWeight   float32   `placeholder:"W" help:"Of the texts beside the medium: 0.5."`
	Onnxruntime  string    `placeholder:"LIB" help:"onnxruntime's shared library."`
	EncoderCache string    `placeholder:"DIR" help:"Where vectors are kept for the next build, or none."`
}

// given tells whether there are encoders.
func (f *encoderFlags) given() bool {
	return f.EncoderImage != "" || f.EncoderAudio != "" || f.EncoderText != ""
}

// check refuses what cannot be meant.
func (f *encoderFlags) check() error {
	for _, c := range []struct {
		flag, of string
		alone    bool
	}{
		{"--image-size", "--encoder-image", f.ImageSize != 0 && f.EncoderImage == ""},
		{"--image-mean", "--encoder-image", f.ImageMean != nil && f.EncoderImage == ""},
		{"--image-std", "--encoder-image", f.ImageStd != nil && f.EncoderImage == ""},
		{"--image-views", "--encoder-image", f.ImageViews != "" && f.EncoderImage == ""},
		{"--image-output", "--encoder-image", f.ImageOutput != "" && f.EncoderImage == ""},
		{"--audio-rate", "--encoder-audio", f.AudioRate != 0 && f.EncoderAudio == ""},
		{"--audio-window", "--encoder-audio", f.AudioWindow != 0 && f.EncoderAudio == ""},
		{"--audio-output", "--encoder-audio", f.AudioOutput != "" && f.EncoderAudio == ""},
		{"--tokenizer", "--encoder-text", f.Tokenizer != "" && f.EncoderText == ""},
		{"--text-length", "--encoder-text", f.TextLength != 0 && f.EncoderText == ""},
		{"--text-output", "--encoder-text", f.TextOutput != "" && f.EncoderText == ""},
		{"--text-weight", "--encoder-text", f.TextWeight != 0 && f.EncoderText == ""},
		{"--onnxruntime", "an encoder", f.Onnxruntime != "" && !f.given()},
		{"--encoder-cache", "an encoder", f.EncoderCache != "" && !f.given()},
	} {
		if c.alone {
			return usage("%s without %s", "it says how that is used", c.flag, c.of)
		}
	}
	if f.ImageSize < 0 || f.AudioRate < 0 || !(f.AudioWindow >= 0) || f.TextLength < 0 || !(f.TextWeight >= 0) {
		return usage("a size, rate, window, length or weight below 0", "leave it out: the model says")
	}
	if f.EncoderText != "" && f.EncoderImage == "" && f.EncoderAudio == "" {
		return usage("--encoder-text without --encoder-image or --encoder-audio", "give the tower for media that it was trained with")
	}
	return nil
}

// usualTextWeight leaves the medium the larger part.
const usualTextWeight = 0.5

// open loads the encoders; nil: there are none. done frees them.
func (f *encoderFlags) open(t *out) (e *feature.Encoders, done func(), err error) {
	done = func() {}
	if !f.given() {
		return nil, done, nil
	}
	e = &feature.Encoders{Cache: f.EncoderCache, TextWeight: cmp.Or(f.TextWeight, usualTextWeight)}
	e.TextProgress = func(done, total int) { t.progress("texts", done, total) }
	switch e.Cache {
	case "":
		// Where the system has no such folder, nothing is kept.
		if folder, err := os.UserCacheDir(); err == nil {
			e.Cache = filepath.Join(folder, "ace", "vectors")
		}
	case "none":
		e.Cache = ""
	}
	lib, err := onnx.Open(f.Onnxruntime)
	if errors.Is(err, onnx.ErrMissing) {
		return nil, done, hint(fmt.Errorf("encoders need onnxruntime: %w", err),
			fmt.Sprintf("get it by `npm install --ignore-scripts --prefix %q onnxruntime-node` or `pip install --user onnxruntime`, or say where it is: --onnxruntime libonnxruntime.so", filepath.Dir(onnx.NodeModules())))
	}
	if err != nil {
		return nil, done, hint(fmt.Errorf("onnxruntime: %w", err), "give the shared library, libonnxruntime.so or its like, of version 1.16 or newer")
	}
	var close []func()
	done = func() {
		for _, f := range close {
			f()
		}
	}
	if f.EncoderImage != "" {
		p, err := encoder.OpenPicture(lib, f.EncoderImage, encoder.PictureOptions{Size: f.ImageSize, Mean: f.ImageMean, Std: f.ImageStd, Views: f.ImageViews, Output: f.ImageOutput})
		if err != nil {
			return nil, done, hint(err, encoderHint)
		}
		e.Picture, close = p, append(close, p.Close)
	}
	if f.EncoderAudio != "" {
		s, err := encoder.OpenSound(lib, f.EncoderAudio, encoder.SoundOptions{Rate: f.AudioRate, Window: f.AudioWindow, Output: f.AudioOutput})
		if err != nil {
			done()
			return nil, func() {}, hint(err, encoderHint)
		}
		e.Sound, close = s, append(close, s.Close)
	}
	if f.EncoderText != "" {
		x, err := encoder.OpenText(lib, f.EncoderText, encoder.TextOptions{Tokenizer: f.Tokenizer, Length: f.TextLength, Output: f.TextOutput})
		if err != nil {
			done()
			return nil, func() {}, hint(err, encoderHint)
		}
		e.Text, close = x, append(close, x.Close)
	}
	return e, done, nil
}

const encoderHint = "docs/encoders.md says how to export a model that fits"

// fit holds the encoders for new media against those of a bundle.
func (f *encoderFlags) fit(p *feature.Projection) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.TextWeight != 0 {
		return usage("--text-weight is not for new items", "leave it out: their texts weigh what those of the others do")
	}
	picture, sound, texts := p.Encoded()
	for _, c := range []struct {
		flag   string
		wanted bool
		given  string
	}{{"--encoder-image", picture, f.EncoderImage}, {"--encoder-audio", sound, f.EncoderAudio}, {"--encoder-text", texts, f.EncoderText}} {
		if c.wanted && c.given == "" {
			return hint(fmt.Errorf("the bundle was built with %s", c.flag), "give the same model: "+c.flag+" M.onnx")
		}
		if !c.wanted && c.given != "" {
			return hint(fmt.Errorf("the bundle was built without %s", c.flag), "leave it out: the new media are described as the others were")
		}
	}
	return nil
}

// From so many items on, texts of which fewer than so many percent agree with the
// media speak of towers that were not trained together. Chance is 10 %.
const (
	fewJoined = 50
	disagree  = 20
)

// tellEncoded says how much of the work an earlier run had done.
func tellEncoded(t *out, f *feature.Features) {
	if r := f.Report; r.Encoded+r.Cached > 0 {
		t.say("encoded %s, %d known from an earlier run", count(r.Encoded, "file"), r.Cached)
	}
	r := f.Report
	if r.Joined > 0 {
		t.say("texts joined the vectors of %s", count(r.Joined, "item"))
	}
	if r.Agree > 0 {
		t.say("of ten texts the own is nearest for %.0f %% of the media", r.Agree)
	}
	if r.Joined >= fewJoined && r.Agree < disagree {
		t.say("that is little more than chance: does --encoder-text belong to the model for media, and --tokenizer to it?")
	}
}
