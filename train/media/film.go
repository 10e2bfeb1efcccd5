package media

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/png"
	"io"
	"os"
	"slices"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"ace/core"
)

// scanner walks the frames of a picture that moves without decompressing them,
// so that a film of any length is decoded one frame at a time.
type scanner interface {
	size() (width, height int) // of the screen, in pixels
	next() (cel, error)        // io.EOF after the last
}

// cel is one frame: what is drawn on the screen.
type cel struct {
	x, y, w, h int           // where
	delay      time.Duration // how long it is shown
	disposal   int           // what becomes of its area then
	replace    bool          // it takes the place of what is below, transparency and all
	file       []byte        // a picture of this frame alone, if asked for
}

const (
	disposeNone = iota
	disposeBackground
	disposePrevious
)

// moving says how the frames of a format are found and decoded.
type moving struct {
	open   func(r *bufio.Reader, data bool) (scanner, error)
	decode func(io.Reader) (image.Image, error)
	config func(io.Reader) (image.Config, error)
}

var movingFormats = map[string]moving{
	"GIF":  {func(r *bufio.Reader, data bool) (scanner, error) { return newGIFScanner(r, data) }, gif.Decode, nil},
	"PNG":  {func(r *bufio.Reader, data bool) (scanner, error) { return newAPNGScanner(r, data) }, png.Decode, png.DecodeConfig},
	"WebP": {func(r *bufio.Reader, data bool) (scanner, error) { return newWebPScanner(r, data) }, decodeWebP, webp.DecodeConfig},
}

// moves says whether a picture has more than one frame. A file that breaks off
// within the first is left for Decode to name.
func moves(f format, r *bufio.Reader) bool {
	m, ok := movingFormats[f.name]
	if !ok {
		return false
	}
	s, err := m.open(r, false)
	if err != nil {
		return false
	}
	for range 2 {
		if _, err := s.next(); err != nil {
			return false
		}
	}
	return true
}

// decodeMoving draws the frames of a film one after the other and keeps
// MaxFrames of them, evenly spread; still asks for the first alone. A film that
// draws more than maxDrawn pixels is cut there.
func decodeMoving(f *os.File, m moving, kind core.Kind, preview bool) (Sample, error) {
	still := kind == core.Image
	if err := checkLength(f); err != nil {
		return Sample{}, err
	}
	scan, err := m.open(bufio.NewReader(f), false)
	if err != nil {
		return Sample{}, early(err)
	}
	var s Sample
	s.Width, s.Height = scan.size()
	if err := checkSize(s.Width, s.Height); err != nil {
		return Sample{}, err
	}
	if s.Width > maxScreen/s.Height {
		return Sample{}, fmt.Errorf("it is too large: %d x %d pixels, at most %d million are drawn upon", s.Width, s.Height, maxScreen>>20)
	}
	if s.Width*s.Height > largePixels {
		large.Lock()
		defer large.Unlock()
	}
	var delays []time.Duration // of the frames that are drawn
	drawn := s.Width * s.Height
	for {
		c, err := scan.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Sample{}, err
		}
		if c.delay <= 10*time.Millisecond {
			c.delay = 100 * time.Millisecond // as browsers do
		}
		s.Duration += c.delay
		// A frame costs its own pixels and those of the screen that it is kept with.
		drawn += c.w*c.h + s.Width*s.Height/4
		if len(delays) > 0 && (still || drawn > maxDrawn) {
			continue
		}
		delays = append(delays, c.delay)
	}
	if len(delays) == 0 {
		return Sample{}, errors.New("it holds no picture")
	}
	if still {
		s.Duration = 0
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Sample{}, err
	}
	chosen := spread(len(delays))
	var shown func(*image.RGBA)
	if preview {
		shown = s.poster
	}
	if s.Frames, err = drawMoving(f, m, chosen, shown); err != nil {
		return Sample{}, err
	}
	if !still {
		s.Delays = make([]time.Duration, len(s.Frames))
		for i, at := range chosen {
			to := len(delays)
			if i+1 < len(chosen) {
				to = chosen[i+1]
			}
			for _, d := range delays[at:to] {
				s.Delays[i] += d
			}
		}
	}
	return s, nil
}

// spread chooses at most MaxFrames of n frames, the first among them.
func spread(n int) []int {
	chosen := make([]int, min(n, MaxFrames))
	for i := range chosen {
		chosen[i] = i * n / len(chosen)
	}
	return chosen
}

// drawMoving returns the screen as it is after each of the chosen frames, scaled;
// shown, if there is one, sees it as it is.
func drawMoving(r io.Reader, m moving, chosen []int, shown func(*image.RGBA)) ([]*image.RGBA, error) {
	scan, err := m.open(bufio.NewReader(r), true)
	if err != nil {
		return nil, err
	}
	width, height := scan.size()
	screen := image.NewRGBA(image.Rect(0, 0, width, height)) // transparent
	var frames []*image.RGBA
	for i := 0; i <= chosen[len(chosen)-1]; i++ {
		c, err := scan.next()
		if err != nil {
			return nil, early(err)
		}
		if m.config != nil {
			if config, err := m.config(bytes.NewReader(c.file)); err != nil {
				return nil, fmt.Errorf("frame %d: %w", i+1, early(err))
			} else if config.Width != c.w || config.Height != c.h {
				return nil, fmt.Errorf("frame %d: it is %d x %d pixels, not %d x %d", i+1, config.Width, config.Height, c.w, c.h)
			}
		}
		p, err := m.decode(bytes.NewReader(c.file))
		if err != nil {
			return nil, fmt.Errorf("frame %d: %w", i+1, early(err))
		}
		area := image.Rect(c.x, c.y, c.x+c.w, c.y+c.h)
		var before *image.RGBA
		if c.disposal == disposePrevious {
			before = image.NewRGBA(area.Intersect(screen.Bounds()))
			draw.Draw(before, before.Bounds(), screen, before.Bounds().Min, draw.Src)
		}
		if c.replace {
			draw.Draw(screen, area, p, p.Bounds().Min, draw.Src)
		} else {
			paint(screen, area, p, p.Bounds().Min)
		}
		if slices.Contains(chosen, i) {
			frames = append(frames, fit(screen))
			if shown != nil {
				shown(screen)
			}
		}
		switch c.disposal {
		case disposeBackground:
			draw.Draw(screen, area, image.Transparent, image.Point{}, draw.Src)
		case disposePrevious:
			draw.Draw(screen, before.Bounds(), before, before.Bounds().Min, draw.Src)
		}
	}
	return frames, nil
}
