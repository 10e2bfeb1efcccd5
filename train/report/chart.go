// Package report draws and writes down how a training went and what systems
// reach: charts in SVG (gonum.org/v1/plot) and a page in Markdown for one
// collection. It is given numbers and returns bytes; the same numbers give the
// same bytes.
package report

import (
	"bytes"
	"errors"
	"image/color"
	"io"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Line is a named row of points: X and Y are of one length.
type Line struct {
	Name string
	X, Y []float64
}

// A chart's size on the page, and the room around and inside it.
const (
	width  = 6.4 * vg.Inch
	height = 3.2 * vg.Inch
	margin = vg.Length(8)
)

// colours can be told apart by people who do not see all of them (Okabe and
// Ito, https://jfly.uni-koeln.de/color/).
var colours = []color.Color{
	color.NRGBA{0x00, 0x72, 0xb2, 0xff}, color.NRGBA{0xd5, 0x5e, 0x00, 0xff}, color.NRGBA{0x00, 0x9e, 0x73, 0xff}, color.NRGBA{0xcc, 0x79, 0xa7, 0xff},
	color.NRGBA{0xe6, 0x9f, 0x00, 0xff}, color.NRGBA{0x56, 0xb4, 0xe9, 0xff}, color.NRGBA{0x4d, 0x4d, 0x4d, 0xff}, color.NRGBA{0xa6, 0x8a, 0x00, 0xff},
}

var grey = color.Gray{0xd9}

func colour(i int) color.Color { return colours[i%len(colours)] }

// chart is a plot with its legend beside it.
type chart struct {
	*plot.Plot
	legend plot.Legend
	named  bool // whether the legend has an entry
}

func newChart(title, x, y string) *chart {
	c := &chart{Plot: plot.New(), legend: plot.NewLegend()}
	c.Title.Text, c.X.Label.Text, c.Y.Label.Text = title, x, y
	c.Title.Padding = margin
	for style, size := range map[*text.Style]vg.Length{&c.Title.TextStyle: 12, &c.X.Label.TextStyle: 10, &c.Y.Label.TextStyle: 10,
		&c.X.Tick.Label: 9, &c.Y.Tick.Label: 9, &c.legend.TextStyle: 9} {
		style.Font = font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	}
	c.legend.Top, c.legend.ThumbnailWidth, c.legend.Padding = true, 16, 3
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = grey, grey
	c.Add(grid)
	return c
}

// line draws a row of points in the i-th colour.
func (c *chart) line(i int, l Line, marks bool) error {
	xy := make(plotter.XYs, len(l.X))
	for k := range xy {
		xy[k] = plotter.XY{X: l.X[k], Y: l.Y[k]}
	}
	stroke, points, err := plotter.NewLinePoints(xy)
	if err != nil {
		return err
	}
	stroke.Color, stroke.Width = colour(i), 1.6
	if c.named = true; !marks {
		c.Add(stroke)
		c.legend.Add(l.Name, stroke)
		return nil
	}
	points.GlyphStyle = draw.GlyphStyle{Color: colour(i), Radius: 2.6, Shape: []draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}, draw.PyramidGlyph{}}[i%3]}
	c.Add(stroke, points)
	c.legend.Add(l.Name, stroke, points)
	return nil
}

// percent fits the axis of a share to its values, in whole tens.
func (c *chart) percent() {
	c.Y.Min, c.Y.Max = max(10*math.Floor(c.Y.Min/10), 0), min(10*math.Ceil(c.Y.Max/10), 100)
	if c.Y.Min >= c.Y.Max {
		c.Y.Min, c.Y.Max = 0, 100
	}
}

// ticksAt puts the ticks of x where the lines have points.
func (c *chart) ticksAt(lines []Line) {
	var at []float64
	for _, l := range lines {
		at = append(at, l.X...)
	}
	slices.Sort(at)
	var ticks plot.ConstantTicks
	for _, v := range slices.Compact(at) {
		ticks = append(ticks, plot.Tick{Value: v, Label: strconv.FormatFloat(v, 'f', -1, 64)})
	}
	c.X.Tick.Marker = ticks
}

// svg draws the charts one below the other on a page of height h, each with its
// legend at its right.
func svg(w io.Writer, h vg.Length, charts ...*chart) error {
	if len(charts) == 0 {
		return errNothing
	}
	canvas := vgsvg.NewWith(vgsvg.UseWH(width, h))
	whole := draw.New(canvas)
	whole.SetColor(color.White)
	whole.Fill(whole.Rectangle.Path())
	rows := make([][]*plot.Plot, len(charts))
	var beside vg.Length // the widest legend
	for i, c := range charts {
		rows[i] = []*plot.Plot{c.Plot}
		if c.named {
			r := c.legend.Rectangle(whole)
			beside = max(beside, r.Max.X-r.Min.X+margin)
		}
	}
	tiles := draw.Tiles{Rows: len(charts), Cols: 1, PadTop: margin, PadBottom: margin, PadLeft: margin, PadRight: margin + beside, PadY: 2 * margin}
	for i, row := range plot.Align(rows, tiles, whole) {
		c := charts[i]
		c.Draw(row[0])
		strip := row[0]
		strip.Min.X, strip.Max.X = row[0].Max.X+margin, whole.Max.X-margin
		c.legend.Left = true
		c.legend.Draw(strip)
	}
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return err
	}
	// The fonts are measured as Liberation Sans; Arial and Helvetica are as wide.
	_, err := w.Write(bytes.ReplaceAll(b.Bytes(), []byte("font-family:Liberation Sans;"), []byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif;")))
	return err
}

var errNothing = errors.New("nothing to draw")
