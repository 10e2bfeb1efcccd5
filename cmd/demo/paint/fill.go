package paint

import (
	"image"
	"image/color"
	"math"
	"slices"
)

const lines = 8 // scan lines per pixel row; coverage along a line is exact

// Canvas is an image and the matrix that maps user units to its pixels.
type Canvas struct {
	Img *image.RGBA
	M   Matrix
}

// New makes a transparent canvas of w x h pixels.
func New(w, h int) *Canvas {
	return &Canvas{image.NewRGBA(image.Rect(0, 0, w, h)), Identity}
}

// Path starts a path in the canvas's user units.
func (c *Canvas) Path() *Path { return NewPath(c.M) }

// With runs draw under the canvas's matrix followed by m, then restores it.
func (c *Canvas) With(m Matrix, draw func()) {
	old := c.M
	c.M = old.Mul(m)
	draw()
	c.M = old
}

type crossing struct {
	x   float64
	dir int
}

// Fill paints the inside of the path; open contours count as closed.
func (c *Canvas) Fill(p *Path, col color.NRGBA) { c.fill(p.subs, p.EvenOdd, col) }

func (c *Canvas) fill(subs [][]point, evenOdd bool, col color.NRGBA) {
	w, h := c.Img.Rect.Dx(), c.Img.Rect.Dy()
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, s := range subs {
		for _, q := range s {
			top, bottom = min(top, q.y), max(bottom, q.y)
		}
	}
	y0, y1 := int(math.Floor(max(top, 0))), int(math.Ceil(min(bottom, float64(h))))
	if y0 >= y1 || math.IsNaN(top) || math.IsNaN(bottom) {
		return
	}
	rows := make([][]crossing, (y1-y0)*lines)
	for _, s := range subs {
		for i, a := range s {
			b := s[(i+1)%len(s)]
			dir := 1
			if a.y > b.y {
				a, b, dir = b, a, -1
			}
			// Scan line k lies at y0 + (k + 1/2) / lines.
			first := max(int(math.Ceil((a.y-float64(y0))*lines-0.5)), 0)
			last := min(int(math.Ceil((b.y-float64(y0))*lines-0.5)), len(rows))
			for k := first; k < last; k++ {
				y := float64(y0) + (float64(k)+0.5)/lines
				rows[k] = append(rows[k], crossing{a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y), dir})
			}
		}
	}
	cover := make([]float64, w)
	for y := y0; y < y1; y++ {
		clear(cover)
		for _, r := range rows[(y-y0)*lines : (y-y0+1)*lines] {
			slices.SortFunc(r, func(a, b crossing) int {
				switch {
				case a.x < b.x:
					return -1
				case a.x > b.x:
					return 1
				}
				return a.dir - b.dir
			})
			wind := 0
			for i := 0; i+1 < len(r); i++ {
				wind += r[i].dir
				if evenOdd && wind&1 != 0 || !evenOdd && wind != 0 {
					span(cover, r[i].x, r[i+1].x)
				}
			}
		}
		for x, a := range cover {
			if a > 0 {
				c.blend(x, y, col, min(a/lines, 1))
			}
		}
	}
}

// span adds the part of each pixel that lies between x0 and x1.
func span(cover []float64, x0, x1 float64) {
	x0, x1 = max(x0, 0), min(x1, float64(len(cover)))
	if x0 >= x1 {
		return
	}
	i, j := int(x0), int(x1)
	if i == j {
		cover[i] += x1 - x0
		return
	}
	cover[i] += float64(i+1) - x0
	for k := i + 1; k < j; k++ {
		cover[k]++
	}
	if j < len(cover) {
		cover[j] += x1 - float64(j)
	}
}

// blend lays col over the pixel with the given coverage.
func (c *Canvas) blend(x, y int, col color.NRGBA, cover float64) {
	px := c.Img.Pix[c.Img.PixOffset(x, y):][:4]
	a := cover * float64(col.A) / 255
	for i, v := range [4]uint8{col.R, col.G, col.B, 255} {
		px[i] = uint8(float64(v)*a + float64(px[i])*(1-a) + 0.5)
	}
}
