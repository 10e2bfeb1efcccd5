package emoji

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"

	"ace/cmd/demo/paint"
)

// node is one SVG element.
type node struct {
	name  string
	attr  map[string]string
	child []*node
}

// draw paints an SVG fragment of size x size units onto the whole canvas. It
// knows what flat emoji need - paths, basic shapes, strokes, transforms, use,
// opacity - and refuses a fragment with anything more (gradients, filters).
func draw(c *paint.Canvas, body string, size float64) error {
	root, err := parse(body)
	if err != nil {
		return err
	}
	ids := map[string]*node{}
	collect(root, ids)
	d := drawer{c, ids, 0}
	k := float64(c.Img.Rect.Dx()) / size
	c.With(paint.Identity.Scale(k, k), func() { err = d.node(root, style{fill: "#000", stroke: "none", width: 1, alpha: 1}) })
	return err
}

func parse(body string) (*node, error) {
	dec := xml.NewDecoder(strings.NewReader(body))
	root := &node{name: "g", attr: map[string]string{}}
	stack := []*node{root}
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attr: map[string]string{}}
			for _, a := range t.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			up := stack[len(stack)-1]
			up.child = append(up.child, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

func collect(n *node, ids map[string]*node) {
	if id := n.attr["id"]; id != "" {
		ids[id] = n
	}
	for _, c := range n.child {
		collect(c, ids)
	}
}

type style struct {
	fill, stroke string
	width, alpha float64
	evenOdd      bool
}

type drawer struct {
	c     *paint.Canvas
	ids   map[string]*node
	depth int // of nested use elements
}

func (d *drawer) node(n *node, s style) error {
	for key, v := range n.attr {
		switch key {
		case "fill":
			s.fill = v
		case "stroke":
			s.stroke = v
		case "stroke-width":
			s.width = number(v)
		case "opacity":
			s.alpha *= number(v)
		case "fill-rule":
			s.evenOdd = v == "evenodd"
		case "filter", "mask", "stroke-dasharray", "fill-opacity", "style":
			return fmt.Errorf("attribute %s is not supported", key)
		case "clip-path":
			if !d.wholeSquare(v) {
				return fmt.Errorf("clip path %s is not supported", v)
			}
		}
	}
	m, err := transform(n.attr["transform"])
	if err != nil {
		return err
	}
	d.c.With(m, func() { err = d.shape(n, s) })
	return err
}

func (d *drawer) shape(n *node, s style) error {
	num := func(key string) float64 { return number(n.attr[key]) }
	p := d.c.Path()
	switch n.name {
	case "g":
		for _, c := range n.child {
			if err := d.node(c, s); err != nil {
				return err
			}
		}
		return nil
	case "defs", "clipPath":
		return nil
	case "use":
		to := d.ids[strings.TrimPrefix(n.attr["href"], "#")]
		if to == nil || d.depth > 3 {
			return fmt.Errorf("use of %q", n.attr["href"])
		}
		d.depth++
		defer func() { d.depth-- }()
		return d.node(to, s)
	case "path":
		if err := pathData(p, n.attr["d"]); err != nil {
			return err
		}
	case "circle":
		p.Arc(num("cx"), num("cy"), num("r"), num("r"), 0, 2*math.Pi).Close()
	case "ellipse":
		p.Arc(num("cx"), num("cy"), num("rx"), num("ry"), 0, 2*math.Pi).Close()
	case "rect":
		rx, ry := num("rx"), num("ry")
		if ry == 0 {
			ry = rx
		}
		p.Rect(num("x"), num("y"), num("width"), num("height"), rx, ry)
	default:
		return fmt.Errorf("element %s is not supported", n.name)
	}
	p.EvenOdd = s.evenOdd
	if col, ok, err := colour(s.fill, s.alpha); err != nil {
		return err
	} else if ok {
		d.c.Fill(p, col)
	}
	if col, ok, err := colour(s.stroke, s.alpha); err != nil {
		return err
	} else if ok {
		d.c.Stroke(p, s.width, col)
	}
	return nil
}

// wholeSquare reports that a clip path is the drawing's own frame, which cuts nothing.
func (d *drawer) wholeSquare(ref string) bool {
	n := d.ids[strings.TrimSuffix(strings.TrimPrefix(ref, "url(#"), ")")]
	return n != nil && len(n.child) == 1 && strings.HasPrefix(n.child[0].attr["d"], "M0 0h32v32H0")
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 64)
	return v
}

// colour reads #rgb or #rrggbb; ok is false for none.
func colour(s string, alpha float64) (col color.NRGBA, ok bool, err error) {
	if s == "none" {
		return col, false, nil
	}
	hex := strings.TrimPrefix(s, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		return col, false, fmt.Errorf("colour %q is not supported", s)
	}
	return paint.Fade(paint.RGB(uint32(v)), alpha), true, nil
}

// transform reads a list of SVG transformations.
func transform(s string) (paint.Matrix, error) {
	m := paint.Identity
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		name, rest, ok := strings.Cut(s, "(")
		args, after, closed := strings.Cut(rest, ")")
		if !ok || !closed {
			return m, fmt.Errorf("transform %q", s)
		}
		var v []float64
		for _, f := range strings.FieldsFunc(args, func(r rune) bool { return r == ' ' || r == ',' }) {
			v = append(v, number(f))
		}
		rad := math.Pi / 180
		switch {
		case name == "translate" && len(v) == 1:
			m = m.Translate(v[0], 0)
		case name == "translate" && len(v) == 2:
			m = m.Translate(v[0], v[1])
		case name == "scale" && len(v) == 1:
			m = m.Scale(v[0], v[0])
		case name == "scale" && len(v) == 2:
			m = m.Scale(v[0], v[1])
		case name == "rotate" && len(v) == 1:
			m = m.Rotate(v[0] * rad)
		case name == "rotate" && len(v) == 3:
			m = m.Translate(v[1], v[2]).Rotate(v[0]*rad).Translate(-v[1], -v[2])
		case name == "matrix" && len(v) == 6:
			m = m.Mul(paint.Matrix(v))
		default:
			return m, fmt.Errorf("transform %q", s)
		}
		s = strings.TrimLeft(after, " ,")
	}
	return m, nil
}
