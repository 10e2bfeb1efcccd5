package report

import (
	"io"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Bar is what a system reaches: a percentage for each group, NaN where it was not
// measured.
type Bar struct {
	Name   string
	Values []float64
}

// Systems draws systems side by side, a group of bars for each protocol.
func Systems(w io.Writer, title string, protocols []string, systems []Bar) error {
	if len(protocols) == 0 || len(systems) == 0 {
		return errNothing
	}
	const thick = vg.Length(10)
	c := newChart(title, "%", "")
	n := len(protocols)
	for i, s := range systems {
		at := make(plotter.XYs, 0, n) // the ends of the bars
		var labels []string
		values := make(plotter.Values, n) // the first protocol on top
		for g, v := range s.Values {
			if math.IsNaN(v) {
				continue
			}
			values[n-1-g] = v
			at, labels = append(at, plotter.XY{X: v, Y: float64(n - 1 - g)}), append(labels, strconv.FormatFloat(v, 'f', 1, 64))
		}
		bars, err := plotter.NewBarChart(values, thick)
		if err != nil {
			return err
		}
		bars.Horizontal, bars.Color, bars.LineStyle.Width = true, colour(i), 0
		bars.Offset = thick * vg.Length(float64(len(systems)-1)/2-float64(i))
		c.Add(bars)
		c.legend.Add(s.Name, bars)
		c.named = true
		if len(at) == 0 {
			continue
		}
		marks, err := plotter.NewLabels(plotter.XYLabels{XYs: at, Labels: labels})
		if err != nil {
			return err
		}
		marks.Offset = vg.Point{X: 2, Y: bars.Offset - 2.5}
		for k := range marks.TextStyle {
			marks.TextStyle[k].Font = c.legend.TextStyle.Font
			marks.TextStyle[k].Font.Size = 7
		}
		c.Add(marks)
	}
	c.X.Min, c.X.Max = 0, 100
	c.Y.Min, c.Y.Max = -0.5, float64(n)-0.5
	names := slices.Clone(protocols)
	slices.Reverse(names)
	c.NominalY(names...)
	c.Y.Padding = margin
	c.X.Tick.Marker = plot.DefaultTicks{}
	return svg(w, vg.Length(n)*(thick*vg.Length(len(systems))+margin)+vg.Inch, c)
}
