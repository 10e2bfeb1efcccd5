package main

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"

	"ace/train/report"
)

// charter is one of the charts of lines.
type charter func(io.Writer, []report.Line) error

// chart draws lines to results/NAME.svg, if there is a point to draw, and shows
// it on the page.
func (p *writer) chart(name string, lines []report.Line, draw charter) {
	if !slices.ContainsFunc(lines, func(l report.Line) bool { return len(l.X) > 0 }) {
		return
	}
	p.svg(name, func(w io.Writer) error { return draw(w, lines) })
}

func (p *writer) svg(name string, draw func(io.Writer) error) {
	var b bytes.Buffer
	if err := draw(&b); err != nil {
		p.err = errors.Join(p.err, err)
		return
	}
	p.charts[name+".svg"] = b.Bytes()
	p.say("\n![%s](results/%s.svg)", name, name)
}

func (p *writer) drawSystems() {
	var labels []string
	bars := make([]report.Bar, len(systems))
	for i, who := range systems {
		bars[i].Name = who
	}
	for _, a := range p.shown() {
		records := p.numbers.of(a.run)
		if records.first(a.exam) == nil {
			continue
		}
		labels = append(labels, p.label(a))
		for i, who := range systems {
			v := math.NaN()
			if got := records.rows(a.exam, who); len(got) > 0 {
				v, _ = spread(values(got, r1))
			}
			bars[i].Values = append(bars[i].Values, v)
		}
	}
	measured := func(v float64) bool { return !math.IsNaN(v) }
	bars = slices.DeleteFunc(bars, func(b report.Bar) bool { return !slices.ContainsFunc(b.Values, measured) })
	if len(bars) > 0 {
		p.svg("systems", func(w io.Writer) error { return report.Systems(w, "R@1 by protocol", labels, bars) })
	}
}

// drawRecall shows R@k of the photographs or, where they were not measured, of
// what was.
func (p *writer) drawRecall() {
	for _, a := range p.shown() {
		records := p.numbers.of(a.run)
		var lines []report.Line
		for _, who := range systems {
			if got := records.rows(a.exam, who); len(got) > 0 {
				l := report.Line{Name: who, X: []float64{1, 5, 10}}
				for _, f := range []func(*system) float64{r1, r5, r10} {
					v, _ := spread(values(got, f))
					l.Y = append(l.Y, v)
				}
				lines = append(lines, l)
			}
		}
		if len(lines) > 0 {
			p.say("\n%s:", p.label(a))
			p.chart("recall", lines, report.Recall)
			return
		}
	}
}

// drawTraining shows how the run that keeps its curves went.
func (p *writer) drawTraining() {
	for _, r := range p.numbers {
		if len(r.Report.Levels) == 0 || len(r.Report.Levels[0].Items) == 0 {
			continue
		}
		p.say("\n%s, seed %d:", r.Run, r.Seed)
		if len(r.Report.Epochs) > 0 {
			p.svg("loss", func(w io.Writer) error { return report.Loss(w, r.Report.Epochs) })
		}
		p.svg("codes", func(w io.Writer) error { return report.Codes(w, r.Report.Levels) })
		return
	}
}
