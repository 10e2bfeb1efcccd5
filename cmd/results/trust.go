package main

import (
	"fmt"
	"strings"
)

// calibration shows how far the confidence of the answers is to be believed, by
// protocol.
func (p *writer) calibration() {
	var rows [][]string
	for _, a := range p.shown() {
		var lost, refused, ece, cutoff []float64
		var asked, known string
		var seeds []string
		for _, r := range p.numbers.of(a.run) {
			got := numbers{r}.first(a.exam)
			if got == nil || got.Calibration == nil {
				continue
			}
			c := got.Calibration
			lost, ece, cutoff, seeds = append(lost, c.Lost), append(ece, c.ECE), append(cutoff, c.Cutoff), append(seeds, fmt.Sprint(r.Seed))
			if c.Refused != nil {
				refused = append(refused, *c.Refused)
				asked, known = fmt.Sprint(c.Strangers), fmt.Sprint(c.Known)
			}
		}
		if len(ece) == 0 {
			continue
		}
		turned := "not measured"
		if len(refused) > 0 {
			turned = figure(refused, 1)
		}
		rows = append(rows, []string{p.label(a), figure(ece, 3), figure(lost, 1), turned, asked, known, figure(cutoff, 3), strings.Join(seeds, ", ")})
	}
	if !p.section("Knowing when nothing fits", len(rows) > 0) {
		return
	}
	p.say("%s\n", strings.TrimSpace(`
The expected calibration error of the confidence that ace hybrid has in its first answers, and what the cut-off that the bundle brings along does:
the percentage of right first answers that it refuses, *lost*, and of *strangers*, questions of protocols about other things. Of these, the
questions that are a text of the collection too were left out; *known* counts them. All other figures of this page are without the cut-off.`))
	p.table(1, []string{"protocol", "calibration error", "lost %", "refused %", "strangers", "known", "cut-off", "seeds"}, rows)
}
