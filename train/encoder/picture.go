package encoder

import (
	"errors"
	"fmt"
	"image"

	"golang.org/x/image/draw"

	"ace/core"
	"ace/train/media"
	"ace/train/onnx"
)

// PictureOptions say how a model for pictures wants its input where neither a
// preprocessor_config.json nor the input's shape does. They win over both.
type PictureOptions struct {
	Size      int       // of the square input, in pixels
	Mean, Std []float32 // of a colour, or of the three, with white at 1
	Views     string    // "crop", "whole" or "both"
	Output    string    // name of the output that is taken
}

// Picture is an encoder of pictures and, by the mean of their frames, of films.
// It may be used by several goroutines at once.
type Picture struct {
	network
	prepare prepare
	last    bool // colours are the input's last dimension, not its second
}

// The usual values where nothing is said. Values in [-1,1] are what networks of
// many makers take.
const (
	usualSide = 224
	usualMean = 0.5
	usualStd  = 0.5
)

// OpenPicture opens a model whose input is a picture: [n, 3, height, width] or
// [n, height, width, 3].
func OpenPicture(lib *onnx.Library, path string, o PictureOptions) (*Picture, error) {
	n, err := loadSingle(lib, path, o.Output)
	if err != nil {
		return nil, err
	}
	p := &Picture{network: *n}
	c, err := readConfig(path)
	if err == nil {
		err = p.plan(c, o)
	}
	if err != nil {
		n.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	v := p.prepare.Views[0]
	trial, err := p.run(onnx.Tensor{Shape: p.shape(1, v), Values: make([]float32, 3*v.Width*v.Height)})
	if err == nil {
		err = p.seal(path, p.prepare, trial)
	}
	if err != nil {
		n.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

// plan decides how pictures are prepared.
func (p *Picture) plan(c *config, o PictureOptions) error {
	if len(p.input) != 4 || p.input[1] != 3 && p.input[1] > 0 && p.input[3] != 3 {
		return fmt.Errorf("its input is of shape %v: want pictures of three colours, [n, 3, height, width]", p.input)
	}
	height, width := p.input[2], p.input[3]
	if p.last = p.input[3] == 3 && p.input[1] != 3; p.last {
		height, width = p.input[1], p.input[2]
	}
	var err error
	if p.prepare, err = c.pictures(width, height, o.Size); err != nil {
		return err
	}
	if o.Views != "" || c == nil {
		if err := p.prepare.look(o.Views, width > 0 && height > 0); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		name  string
		given []float32
		into  *[3]float32
	}{{"means", o.Mean, &p.prepare.Mean}, {"deviations", o.Std, &p.prepare.Std}} {
		switch len(f.given) {
		case 0:
		case 1:
			*f.into = [3]float32{f.given[0], f.given[0], f.given[0]}
		case 3:
			*f.into = [3]float32(f.given)
		default:
			return fmt.Errorf("%d %s of colours: want one, or three", len(f.given), f.name)
		}
	}
	return p.prepare.check(width, height)
}

func (p *Picture) shape(n int, v view) []int {
	if p.last {
		return []int{n, v.Height, v.Width, 3}
	}
	return []int{n, 3, v.Height, v.Width}
}

// Encode returns the vector of a picture, at the size of its preview where that was
// asked for, or film: the mean over its frames and the ways in which they are
// looked at. Without frames the answer is nil.
func (p *Picture) Encode(s *media.Sample) ([]float32, error) {
	frames := s.Frames
	if len(frames) == 0 {
		return nil, nil
	}
	if s.Kind == core.Image && s.Preview != nil {
		frames = []*image.RGBA{onWhite(s.Preview)}
	}
	var vectors [][]float32
	for _, v := range p.prepare.Views {
		t := onnx.Tensor{}
		for i, frame := range frames {
			t.Values = p.prepare.tensor(t.Values, frame, v, p.last)
			if i+1 < len(frames) && p.input[0] < 0 {
				continue // all frames at once
			}
			t.Shape = p.shape(len(t.Values)/(3*v.Width*v.Height), v)
			x, err := p.run(t)
			if err != nil {
				return nil, err
			}
			if len(x) != p.dims {
				return nil, errors.New("the width of the model's vectors depends on the picture")
			}
			vectors = append(vectors, x)
			t.Values = t.Values[:0]
		}
	}
	return average(vectors), nil
}

// onWhite is a picture without transparent parts.
func onWhite(m *image.RGBA) *image.RGBA {
	if m.Opaque() {
		return m
	}
	out := image.NewRGBA(m.Bounds())
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), m, m.Bounds().Min, draw.Over)
	return out
}
