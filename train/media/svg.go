package media

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// Limits of drawings. What is drawn may be used again, so that a small file may
// hold a large picture.
const (
	maxSVG   = 2 << 20 // bytes
	maxShape = 50000   // elements, those that are used again counted each time
)

// drawing is what a look through an SVG finds.
type drawing struct {
	titles, descriptions []string
}

// scanSVG reads the words of a drawing and refuses one that would take too much
// to draw (SVG 1.1, sections 5.4 and 5.6).
func scanSVG(b []byte) (d drawing, err error) {
	x := xml.NewDecoder(bytes.NewReader(b))
	x.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var open []string
	shapes, kept, uses, defs := 0, 0, 0, 0
	for {
		token, err := x.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return d, fmt.Errorf("bad SVG: %w", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			if len(open) == 0 && name != "svg" {
				return d, errors.New("bad SVG: it is another kind of XML")
			}
			open = append(open, name)
			shapes++
			if name == "defs" {
				defs++
			} else if defs > 0 {
				kept++
			}
			if name == "use" {
				if uses++; defs > 0 {
					return d, errors.New("an SVG whose definitions use others cannot be read")
				}
			}
			if len(open) > 256 || shapes+uses*kept > maxShape {
				return d, errors.New("it is too large: the drawing holds too many shapes")
			}
		case xml.EndElement:
			if open[len(open)-1] == "defs" {
				defs--
			}
			open = open[:len(open)-1]
		case xml.CharData:
			text := strings.Join(strings.Fields(string(token)), " ")
			if text == "" || len(open) == 0 {
				continue
			}
			switch open[len(open)-1] {
			case "title":
				d.titles = append(d.titles, text)
			case "desc":
				d.descriptions = append(d.descriptions, text)
			}
		}
	}
	if shapes == 0 {
		return d, errors.New("bad SVG: it holds no drawing")
	}
	return d, nil
}

func readSVG(f *os.File) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(f, maxSVG+1))
	if err == nil && len(b) > maxSVG {
		err = fmt.Errorf("it is too large: an SVG of at most %d bytes is read", maxSVG)
	}
	return b, err
}

// decodeSVG draws shapes and gradients; text, filters and pictures within it
// are left out, and dashed lines are drawn through.
func decodeSVG(f *os.File, preview bool) (Sample, error) {
	b, err := readSVG(f)
	if err != nil {
		return Sample{}, err
	}
	if _, err := scanSVG(b); err != nil {
		return Sample{}, err
	}
	icon, err := oksvg.ReadIconStream(bytes.NewReader(b), oksvg.IgnoreErrorMode)
	if err != nil {
		return Sample{}, fmt.Errorf("bad SVG: %w", err)
	}
	w, h := icon.ViewBox.W, icon.ViewBox.H
	if !(w > 0 && h > 0 && w < 1e6 && h < 1e6) {
		return Sample{}, fmt.Errorf("it is empty: %g x %g", w, h)
	}
	s := Sample{Width: max(1, int(w+0.5)), Height: max(1, int(h+0.5))}
	for i := range icon.SVGPaths {
		icon.SVGPaths[i].Dash = nil // there may be millions of dashes
	}
	s.Frames = []*image.RGBA{fit(drawSVG(icon, MaxSide))}
	if preview {
		s.Preview = drawSVG(icon, PreviewSide)
	}
	return s, nil
}

// drawSVG draws on nothing, the longer side so many pixels.
func drawSVG(icon *oksvg.SvgIcon, side float64) *image.RGBA {
	w, h := icon.ViewBox.W, icon.ViewBox.H
	long := max(w, h)
	tw, th := max(1, int(w*side/long+0.5)), max(1, int(h*side/long+0.5))
	icon.SetTarget(0, 0, float64(tw), float64(th))
	m := image.NewRGBA(image.Rect(0, 0, tw, th))
	icon.Draw(rasterx.NewDasher(tw, th, rasterx.NewScannerGV(tw, th, m, m.Bounds())), 1)
	return m
}
