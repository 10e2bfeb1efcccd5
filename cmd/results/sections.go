package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ace/train/report"
)

func (p *writer) ablations() {
	full := p.numbers.of(ablations[0].run).rows("all", "ace pure")
	if !p.section("What each part is worth", len(full) > 0) {
		return
	}
	p.say("%s, ace pure, every row trained for %s epochs with seed 1; beside it the R@1 of arXiv 2406.17507, Flickr30K.\nThe paper leaves R-Drop out in one row alone: that one stands beside everything, its full row beside R-Drop, and its other\nrows are compared with the full one.\n", photographs, ablationEpochs)
	var rows [][]string
	for _, a := range ablations {
		got := p.numbers.of(a.run).rows("all", "ace pure")
		row := []string{a.what, code(a.flags), mean(got, r1), "", mean(got, r10), "", ""}
		if len(got) > 0 {
			row[3] = fmt.Sprintf("%+.1f", got[0].R1-full[0].R1)
		}
		if a.paper > 0 {
			row[5], row[6] = fmt.Sprintf("%.2f", a.paper), fmt.Sprintf("%+.2f", a.paper-a.to)
		}
		rows = append(rows, row)
	}
	p.table(2, []string{"", "flags", "R@1", "to all", "R@10", "paper R@1", "to all"}, rows)
}

func code(flags []string) string {
	if len(flags) == 0 {
		return ""
	}
	return "`" + strings.Join(flags, " ") + "`"
}

// curve is how two modes of ace do at several points.
type curve struct {
	x      []float64
	labels []string
	row    func(point int, who string) []system
}

// draw shows a curve as a table, with columns of its own after the point, and
// as a chart.
func (p *writer) curve(c curve, name, head string, more []string, cells func(point int) []string, draw charter) {
	var lines []report.Line
	for _, who := range systems[:2] {
		lines = append(lines, report.Line{Name: who + " R@1"}, report.Line{Name: who + " R@10"})
	}
	var rows [][]string
	for i, x := range c.x {
		row := append([]string{c.labels[i]}, cells(i)...)
		for k, who := range systems[:2] {
			got := c.row(i, who)
			if len(got) == 0 {
				row = append(row, "not measured", "", "")
				continue
			}
			row = append(row, mean(got, r1), mean(got, r10), fmt.Sprintf("%.1f", got[0].P50))
			for j, f := range []func(*system) float64{r1, r10} {
				l := &lines[2*k+j]
				v, _ := spread(values(got, f))
				l.X, l.Y = append(l.X, x), append(l.Y, v)
			}
		}
		rows = append(rows, row)
	}
	heads := append([]string{head}, more...)
	for range 2 {
		heads = append(heads, "R@1", "R@10", "p50 ms")
	}
	for k, who := range []string{"hybrid", "pure"} {
		heads[len(heads)-6+3*k] = who + " R@1"
	}
	p.table(1, heads, rows)
	p.chart(name, lines, draw)
}

func none(int) []string { return nil }

func (p *writer) beams() {
	records := p.numbers.of(photographs)
	if !p.section("Width of the beam", records.first("beam") != nil) {
		return
	}
	p.say("%s, all candidates, seed 1.\n", photographs)
	var c curve
	for _, r := range plan() {
		for _, e := range r.exams {
			if r.name != photographs || e.name != "beam" {
				continue
			}
			for _, b := range e.beams {
				c.x, c.labels = append(c.x, float64(b)), append(c.labels, strconv.Itoa(b))
			}
		}
	}
	c.row = func(i int, who string) []system { return records.rows("beam", who, "--beam", c.labels[i]) }
	p.curve(c, "beam", "beams", nil, none, report.Beam)
}

func (p *writer) lengths() {
	measured := func(levels string) bool { return p.numbers.of(lengthRun(levels)).first("all") != nil }
	if !p.section("Length of the identifiers", slices.ContainsFunc(lengths, measured)) {
		return
	}
	p.say("%s, every row trained for %s epochs with seed 1. A counter is a further level where two items would still share one.\n", photographs, ablationEpochs)
	c := curve{row: func(i int, who string) []system { return p.numbers.of(lengthRun(lengths[i])).rows("all", who) }}
	for _, l := range lengths {
		n := strings.Count(l, ",") + 1
		c.x, c.labels = append(c.x, float64(n)), append(c.labels, strconv.Itoa(n))
	}
	p.curve(c, "length", "levels", []string{"codes", "collisions %", "quantised recall@10"}, func(i int) []string {
		out := []string{strings.ReplaceAll(lengths[i], ",", ", "), "", ""}
		if r := p.numbers.of(lengthRun(lengths[i])); len(r) > 0 {
			out[1], out[2] = fmt.Sprintf("%.2f", r[0].Report.Collisions), fmt.Sprintf("%.1f", r[0].Report.Recall)
		}
		return out
	}, report.Length)
}

func (p *writer) budgets() {
	measured := func(budget string) bool { return p.numbers.of(budgetRun(budget)).first("all") != nil }
	if !p.section("Time to build", slices.ContainsFunc(budgets, measured)) {
		return
	}
	p.say("%s, all candidates, seed 1.\n", photographs)
	c := curve{labels: budgets, row: func(i int, who string) []system {
		r := p.numbers.of(budgetRun(budgets[i]))
		return r[:min(len(r), 1)].rows("all", who)
	}}
	for _, b := range budgets {
		minutes, _ := strconv.ParseFloat(strings.TrimSuffix(b, "m"), 64)
		c.x = append(c.x, minutes)
	}
	p.curve(c, "budget", "budget", nil, none, report.Budget)
}

func (p *writer) survival() {
	var rows [][]string
	var lines []report.Line
	levels := 0
	for _, a := range p.shown() {
		for _, who := range systems[:2] {
			got := p.numbers.of(a.run).rows(a.exam, who)
			if len(got) == 0 || len(got[0].Survival) == 0 {
				continue
			}
			l := report.Line{Name: p.label(a)}
			row := []string{p.label(a), who}
			for i, v := range got[0].Survival {
				row = append(row, fmt.Sprintf("%.1f", v))
				l.X, l.Y = append(l.X, float64(i+1)), append(l.Y, v)
			}
			rows = append(rows, row)
			levels = max(levels, len(l.X))
			if who == "ace pure" {
				lines = append(lines, l)
			}
		}
	}
	if !p.section("Where the right prefix is lost", len(rows) > 0) {
		return
	}
	p.say("Percentage of questions of which a right prefix is still in the beam after each level; seed 1. The chart shows ace pure.\n")
	head := []string{"protocol", "system"}
	for i := range levels {
		head = append(head, fmt.Sprintf("level %d", i+1))
	}
	for i := range rows {
		rows[i] = append(rows[i], slices.Repeat([]string{""}, len(head)-len(rows[i]))...)
	}
	p.table(2, head, rows)
	p.chart("survival", lines, report.Survival)
}
