// Package paint draws anti-aliased shapes on a small canvas: filled paths,
// strokes, and the quantiser that turns the result into few colours. It is
// what the pictures and animations of the built-in collection are drawn with.
package paint

import "math"

// Matrix maps (x, y) to (a x + c y + e, b x + d y + f); order a b c d e f, as in SVG.
type Matrix [6]float64

// Identity leaves points where they are.
var Identity = Matrix{1, 0, 0, 1, 0, 0}

// Mul returns the matrix that applies n first and m second.
func (m Matrix) Mul(n Matrix) Matrix {
	return Matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

// Translate, Scale and Rotate (radians, clockwise on screen) return m with a step applied before it.
func (m Matrix) Translate(x, y float64) Matrix { return m.Mul(Matrix{1, 0, 0, 1, x, y}) }
func (m Matrix) Scale(x, y float64) Matrix     { return m.Mul(Matrix{x, 0, 0, y, 0, 0}) }
func (m Matrix) Rotate(a float64) Matrix {
	s, c := math.Sincos(a)
	return m.Mul(Matrix{c, s, -s, c, 0, 0})
}

func (m Matrix) apply(x, y float64) point {
	return point{m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]}
}

// scale is the mean factor by which lengths grow.
func (m Matrix) scale() float64 { return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2])) }

type point struct{ x, y float64 }

// Path is a list of contours in device pixels: curves are flattened as they are added.
type Path struct {
	EvenOdd bool // fill rule; the default is non-zero winding
	m       Matrix
	subs    [][]point
	closed  []bool
	cx, cy  float64 // current point, in user units
	sx, sy  float64 // start of the current contour
}

// NewPath starts a path whose points are mapped by m.
func NewPath(m Matrix) *Path { return &Path{m: m} }

// MoveTo starts a contour.
func (p *Path) MoveTo(x, y float64) *Path {
	p.subs = append(p.subs, []point{p.m.apply(x, y)})
	p.closed = append(p.closed, false)
	p.cx, p.cy, p.sx, p.sy = x, y, x, y
	return p
}

// LineTo adds a straight edge.
func (p *Path) LineTo(x, y float64) *Path {
	if len(p.subs) == 0 || p.closed[len(p.subs)-1] {
		p.MoveTo(p.cx, p.cy)
	}
	i := len(p.subs) - 1
	p.subs[i] = append(p.subs[i], p.m.apply(x, y))
	p.cx, p.cy = x, y
	return p
}

// QuadTo adds a quadratic curve.
func (p *Path) QuadTo(x1, y1, x, y float64) *Path {
	x0, y0 := p.cx, p.cy
	return p.CubeTo(x0+(x1-x0)*2/3, y0+(y1-y0)*2/3, x+(x1-x)*2/3, y+(y1-y)*2/3, x, y)
}

// CubeTo adds a cubic curve.
func (p *Path) CubeTo(x1, y1, x2, y2, x, y float64) *Path {
	x0, y0 := p.cx, p.cy
	length := math.Hypot(x1-x0, y1-y0) + math.Hypot(x2-x1, y2-y1) + math.Hypot(x-x2, y-y2)
	n := segments(length * p.m.scale())
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		p.LineTo(a*x0+b*x1+c*x2+d*x, a*y0+b*y1+c*y2+d*y)
	}
	return p.LineTo(x, y)
}

// Arc adds an arc of an ellipse about (x, y) from angle a to angle b, joined
// by a straight edge to what is there already.
func (p *Path) Arc(x, y, rx, ry, a, b float64) *Path {
	n := segments(math.Abs(b-a) * max(rx, ry) * p.m.scale())
	for i := range n + 1 {
		s, c := math.Sincos(a + (b-a)*float64(i)/float64(n))
		if i == 0 && (len(p.subs) == 0 || p.closed[len(p.subs)-1]) {
			p.MoveTo(x+rx*c, y+ry*s)
			continue
		}
		p.LineTo(x+rx*c, y+ry*s)
	}
	return p
}

// Close joins the contour's end to its start.
func (p *Path) Close() *Path {
	if n := len(p.subs); n > 0 {
		p.closed[n-1] = true
	}
	p.cx, p.cy = p.sx, p.sy
	return p
}

// segments is how many straight edges stand for a curve of the given length in pixels.
func segments(length float64) int { return int(min(max(math.Sqrt(length)*4, 8), 160)) }
