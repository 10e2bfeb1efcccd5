package emoji

import (
	"fmt"
	"math"
	"strconv"

	"ace/cmd/demo/paint"
)

// pathData reads the d attribute of an SVG path (SVG 1.1, section 8.3).
func pathData(p *paint.Path, d string) error {
	s := scanner{d: d}
	var cmd byte
	var x, y, sx, sy float64   // current point, start of the contour
	var qx, qy, cx, cy float64 // last control point of a quadratic, of a cubic
	prev := byte(0)
	for {
		c, ok := s.command(cmd)
		if !ok {
			if s.i < len(s.d) {
				return fmt.Errorf("path data %.20q", s.d[s.i:])
			}
			return s.err
		}
		cmd = c
		ox, oy := 0.0, 0.0
		up := c &^ 0x20
		if c != up {
			ox, oy = x, y
		}
		switch up {
		case 'M':
			x, y = ox+s.number(), oy+s.number()
			sx, sy = x, y
			p.MoveTo(x, y)
			cmd = 'L' | c&0x20 // further pairs are lines
		case 'L':
			x, y = ox+s.number(), oy+s.number()
			p.LineTo(x, y)
		case 'H':
			x = ox + s.number()
			p.LineTo(x, y)
		case 'V':
			y = oy + s.number()
			p.LineTo(x, y)
		case 'C', 'S':
			x1, y1 := x, y
			if up == 'C' {
				x1, y1 = ox+s.number(), oy+s.number()
			} else if prev == 'C' || prev == 'S' {
				x1, y1 = 2*x-cx, 2*y-cy
			}
			cx, cy = ox+s.number(), oy+s.number()
			x, y = ox+s.number(), oy+s.number()
			p.CubeTo(x1, y1, cx, cy, x, y)
		case 'Q', 'T':
			if up == 'Q' {
				qx, qy = ox+s.number(), oy+s.number()
			} else if prev == 'Q' || prev == 'T' {
				qx, qy = 2*x-qx, 2*y-qy
			} else {
				qx, qy = x, y
			}
			x, y = ox+s.number(), oy+s.number()
			p.QuadTo(qx, qy, x, y)
		case 'A':
			rx, ry, turn := s.number(), s.number(), s.number()
			large, sweep := s.flag(), s.flag()
			x2, y2 := ox+s.number(), oy+s.number()
			arc(p, x, y, rx, ry, turn*math.Pi/180, large, sweep, x2, y2)
			x, y = x2, y2
		case 'Z':
			x, y = sx, sy
			p.Close()
			cmd = 0
		}
		if s.err != nil {
			return s.err
		}
		prev = up
	}
}

// arc adds an elliptic arc, from end points to centre as in SVG 1.1, appendix F.6.5.
func arc(p *paint.Path, x1, y1, rx, ry, turn float64, large, sweep bool, x2, y2 float64) {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || x1 == x2 && y1 == y2 {
		p.LineTo(x2, y2)
		return
	}
	sin, cos := math.Sincos(turn)
	dx, dy := (x1-x2)/2, (y1-y2)/2
	ux, uy := cos*dx+sin*dy, -sin*dx+cos*dy
	if l := ux*ux/(rx*rx) + uy*uy/(ry*ry); l > 1 {
		rx, ry = rx*math.Sqrt(l), ry*math.Sqrt(l)
	}
	den := rx*rx*uy*uy + ry*ry*ux*ux
	k := math.Sqrt(max(0, (rx*rx*ry*ry-den)/den))
	if large == sweep {
		k = -k
	}
	cx, cy := k*rx*uy/ry, -k*ry*ux/rx
	a := math.Atan2((uy-cy)/ry, (ux-cx)/rx)
	b := math.Atan2((-uy-cy)/ry, (-ux-cx)/rx)
	if sweep && b < a {
		b += 2 * math.Pi
	} else if !sweep && b > a {
		b -= 2 * math.Pi
	}
	mx, my := cos*cx-sin*cy+(x1+x2)/2, sin*cx+cos*cy+(y1+y2)/2
	n := max(8, int(math.Abs(b-a)*16))
	for i := 1; i < n; i++ {
		s, c := math.Sincos(a + (b-a)*float64(i)/float64(n))
		p.LineTo(mx+cos*rx*c-sin*ry*s, my+sin*rx*c+cos*ry*s)
	}
	p.LineTo(x2, y2)
}

type scanner struct {
	d   string
	i   int
	err error
}

func (s *scanner) space() {
	for s.i < len(s.d) && (s.d[s.i] == ' ' || s.d[s.i] == ',' || s.d[s.i] == '\n' || s.d[s.i] == '\t') {
		s.i++
	}
}

// command reads a command letter, or repeats the last one before a number.
func (s *scanner) command(last byte) (byte, bool) {
	s.space()
	if s.i == len(s.d) {
		return 0, false
	}
	switch c := s.d[s.i]; c &^ 0x20 {
	case 'M', 'L', 'H', 'V', 'C', 'S', 'Q', 'T', 'A', 'Z':
		s.i++
		return c, true
	}
	return last, last != 0
}

func (s *scanner) flag() bool {
	s.space()
	if s.i < len(s.d) && (s.d[s.i] == '0' || s.d[s.i] == '1') {
		s.i++
		return s.d[s.i-1] == '1'
	}
	s.err = fmt.Errorf("path data: no flag at %d", s.i)
	return false
}

func (s *scanner) number() float64 {
	s.space()
	start := s.i
	dot, exp := false, false
scan:
	for ; s.i < len(s.d); s.i++ {
		c := s.d[s.i]
		switch {
		case c >= '0' && c <= '9':
			continue
		case (c == '-' || c == '+') && (s.i == start || s.d[s.i-1] == 'e'):
			continue
		case c == '.' && !dot && !exp:
			dot = true
			continue
		case c == 'e' && !exp:
			exp = true
			continue
		}
		break scan
	}
	v, err := strconv.ParseFloat(s.d[start:s.i], 64)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("path data: no number at %d", start)
	}
	return v
}
