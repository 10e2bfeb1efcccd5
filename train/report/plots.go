package report

import (
	"fmt"
	"io"
	"slices"

	"gonum.org/v1/plot"
)

// Loss draws the loss over the epochs and, below it, the R@1 and R@10 of the
// held-out texts where there were any.
func Loss(w io.Writer, epochs []Epoch) error {
	loss := Line{Name: "loss"}
	r1, r10 := Line{Name: "R@1"}, Line{Name: "R@10"}
	for _, e := range epochs {
		x := float64(e.Epoch)
		loss.X, loss.Y = append(loss.X, x), append(loss.Y, e.Loss)
		if e.Valid != nil {
			r1.X, r1.Y = append(r1.X, x), append(r1.Y, e.Valid.R1)
			r10.X, r10.Y = append(r10.X, x), append(r10.Y, e.Valid.R10)
		}
	}
	if len(loss.X) == 0 {
		return errNothing
	}
	top := newChart("Training", "epoch", "loss, nats a code")
	if err := top.line(0, loss, false); err != nil {
		return err
	}
	if len(r1.X) == 0 {
		return svg(w, height, top)
	}
	top.X.Label.Text = ""
	below := newChart("", "epoch", "held-out texts found, %")
	for i, l := range []Line{r1, r10} {
		if err := below.line(i+1, l, true); err != nil {
			return err
		}
	}
	below.percent()
	below.X.Min, below.X.Max = top.X.Min, top.X.Max
	return svg(w, 1.7*height, top, below)
}

// Codes draws how many items the codes of each level have, the most used first,
// on a logarithmic axis; codes without items are left out.
func Codes(w io.Writer, levels []Level) error {
	c := newChart("Use of the codes", "codes, the most used first", "items")
	c.Y.Scale, c.Y.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	for i, level := range levels {
		l := Line{Name: fmt.Sprintf("%s: %d codes, perplexity %.0f", level.Name, level.Codes, level.Perplexity)}
		used := slices.DeleteFunc(slices.Clone(level.Items), func(n int) bool { return n <= 0 })
		slices.Sort(used)
		slices.Reverse(used)
		for k, n := range used {
			l.X, l.Y = append(l.X, float64(k+1)), append(l.Y, float64(n))
		}
		if len(used) == 0 {
			continue
		}
		if err := c.line(i, l, len(used) == 1); err != nil {
			return err
		}
	}
	if !c.named {
		return errNothing
	}
	c.Y.Min, c.Y.Max = 0.9, max(c.Y.Max, 10)
	return svg(w, height, c)
}

// Recall draws R@k, in percent, over k for several systems.
func Recall(w io.Writer, systems []Line) error {
	return shares(w, systems, false, "Right item among the first k", "k", "R@k, %")
}

// Beam draws R@k over the number of beams kept.
func Beam(w io.Writer, lines []Line) error {
	return shares(w, lines, true, "Width of the beam", "beams", "R@k, %")
}

// Length draws R@k over the number of levels of the identifiers.
func Length(w io.Writer, lines []Line) error {
	return shares(w, lines, false, "Length of the identifiers", "levels", "R@k, %")
}

// Budget draws R@k over the minutes that a build may take.
func Budget(w io.Writer, lines []Line) error {
	return shares(w, lines, true, "Time to build", "minutes", "R@k, %")
}

// Survival draws, for each level of the identifiers, the percentage of questions
// of which a right prefix is still in the beam.
func Survival(w io.Writer, lines []Line) error {
	return shares(w, lines, false, "Right prefix still in the beam", "level", "questions, %")
}

// shares draws percentages; a logarithmic x wants positive values.
func shares(w io.Writer, lines []Line, logarithmic bool, title, x, y string) error {
	c := newChart(title, x, y)
	for i, l := range lines {
		if len(l.X) == 0 {
			continue
		}
		if err := c.line(i, l, true); err != nil {
			return err
		}
	}
	if !c.named {
		return errNothing
	}
	c.percent()
	c.ticksAt(lines)
	if logarithmic && c.X.Min > 0 && c.X.Min < c.X.Max {
		c.X.Scale = plot.LogScale{}
	}
	return svg(w, height, c)
}
