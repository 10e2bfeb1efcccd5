package media

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"io"
	"os"
	"slices"
	"time"

	"golang.org/x/image/draw"
)

// decodeGIF draws the frames of a film one after the other and keeps MaxFrames
// of them, evenly spread; still asks for the first alone. A film that draws
// more than maxDrawn pixels is cut there.
func decodeGIF(f *os.File, still bool) (Sample, error) {
	if err := checkLength(f); err != nil {
		return Sample{}, err
	}
	scan, err := newGIFScanner(bufio.NewReader(f), false)
	if err != nil {
		return Sample{}, early(err)
	}
	s := Sample{Width: scan.width, Height: scan.height}
	if err := checkSize(s.Width, s.Height); err != nil {
		return Sample{}, err
	}
	var delays []time.Duration // of the frames that are drawn
	drawn := s.Width * s.Height
	for {
		frame, err := scan.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Sample{}, err
		}
		if frame.delay <= 10*time.Millisecond {
			frame.delay = 100 * time.Millisecond // as browsers do
		}
		s.Duration += frame.delay
		// A frame costs its own pixels and those of the screen that it is kept with.
		drawn += frame.w*frame.h + s.Width*s.Height/4
		if len(delays) > 0 && (still || drawn > maxDrawn) {
			continue
		}
		delays = append(delays, frame.delay)
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
	if s.Frames, err = drawGIF(f, spread(len(delays))); err != nil {
		return Sample{}, err
	}
	if !still {
		s.Delays = make([]time.Duration, len(s.Frames))
		for i, at := range spread(len(delays)) {
			to := len(delays)
			if i+1 < len(s.Frames) {
				to = spread(len(delays))[i+1]
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

// drawGIF returns the screen as it is after each of the chosen frames, scaled.
func drawGIF(r io.Reader, chosen []int) ([]*image.RGBA, error) {
	scan, err := newGIFScanner(bufio.NewReader(r), true)
	if err != nil {
		return nil, err
	}
	screen := image.NewRGBA(image.Rect(0, 0, scan.width, scan.height)) // transparent
	var frames []*image.RGBA
	for i := 0; i <= chosen[len(chosen)-1]; i++ {
		f, err := scan.next()
		if err != nil {
			return nil, early(err)
		}
		m, err := gif.Decode(bytes.NewReader(f.file))
		if err != nil {
			return nil, fmt.Errorf("frame %d: %w", i+1, early(err))
		}
		area := m.Bounds()
		var before *image.RGBA
		if f.disposal == gif.DisposalPrevious {
			before = image.NewRGBA(area)
			draw.Draw(before, area, screen, area.Min, draw.Src)
		}
		draw.Draw(screen, area, m, area.Min, draw.Over)
		if slices.Contains(chosen, i) {
			frames = append(frames, fit(screen))
		}
		switch f.disposal {
		case gif.DisposalBackground:
			draw.Draw(screen, area, image.Transparent, image.Point{}, draw.Src)
		case gif.DisposalPrevious:
			draw.Draw(screen, area, before, area.Min, draw.Src)
		}
	}
	return frames, nil
}
