package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
)

// page makes docs/results.md of the numbers, and its charts by file name. What
// was not measured is said to be so.
func page(n numbers) (markdown []byte, charts map[string][]byte, err error) {
	p := &writer{numbers: n, charts: map[string][]byte{}}
	p.intro()
	p.protocols()
	p.ablations()
	p.beams()
	p.lengths()
	p.budgets()
	p.words()
	p.survival()
	p.training()
	p.languages()
	p.calibration()
	return p.b.Bytes(), p.charts, p.err
}

// writer writes the page, section by section.
type writer struct {
	numbers numbers
	b       bytes.Buffer
	charts  map[string][]byte
	err     error
}

func (p *writer) say(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

// section begins one and reports whether it has anything to show.
func (p *writer) section(title string, measured bool) bool {
	p.say("\n## %s\n", title)
	if !measured {
		p.say("Not measured.")
	}
	return measured
}

// table writes rows; the columns from the one numbered text on are numbers.
func (p *writer) table(text int, head []string, rows [][]string) {
	p.say("| %s |", strings.Join(head, " | "))
	rule := slices.Repeat([]string{"--:"}, len(head))
	for i := range text {
		rule[i] = "---"
	}
	p.say("|%s|", strings.Join(rule, "|"))
	for _, r := range rows {
		p.say("| %s |", strings.Join(r, " | "))
	}
}

const introduction = `# Results

Written by ` + "`make eval`" + ` from [results/results.json](results/results.json); the plan of what is built and asked is
` + "`cmd/results/plan.go`" + `. Every figure comes from ` + "`ace build`" + ` and ` + "`ace eval --json`" + ` as a user has them, on questions that took no part in
training or in any choice.

R@k is the percentage of questions of which a right item is among the first k answers, MRR@10 the mean of 1/rank up to the tenth, times 100.
*ace pure* ranks by the probability of the identifier alone; *ace hybrid* lets a prior over the items guide the beam and re-ranks what it found.
*bm25* and *dense* have the same texts and vectors: *bm25* matches words, *dense* is a dual encoder trained on them. A spread (±) is half the
range over the seeds that the last column names.`

func (p *writer) intro() {
	p.say("%s", introduction)
	var machines []string
	for _, r := range p.numbers {
		if !slices.Contains(machines, r.Machine) {
			machines = append(machines, r.Machine)
		}
	}
	if len(machines) > 0 {
		p.say("\nMeasured on %s.", strings.Join(machines, "; "))
	}
}

// asked is an exam of a run that the page shows as a protocol.
type asked struct{ run, exam string }

// shown are the protocols, those of the plan first.
func (p *writer) shown() []asked {
	out := []asked{{photographs, "all"}, {photographs, "pool"}, {"flickr8k_unseen", "pool"}, {"emoji_keywords", "all"}, {"icons_keywords", "all"}, {"mixed", "all"}, {"mixed", "kind"}}
	planned := plan()
	for _, r := range p.numbers {
		if !slices.ContainsFunc(planned, func(q run) bool { return q.name == r.Run }) && !slices.Contains(out, asked{r.Run, "all"}) {
			out = append(out, asked{r.Run, "all"})
		}
	}
	return out
}

func (p *writer) label(a asked) string {
	s := a.run
	if got := p.numbers.of(a.run).first(a.exam); got != nil && a.exam == "pool" {
		s += fmt.Sprintf(", %d candidates", got.Candidates)
	}
	if a.exam == "kind" {
		s += ", kind given"
	}
	return s
}

var systems = []string{"ace hybrid", "ace pure", "bm25", "dense"}

// usual is BM25 as it is mostly set, where tuning sets it otherwise.
const usual = "bm25-usual"

func (p *writer) protocols() {
	var rows [][]string
	var notes []string
	for _, a := range p.shown() {
		records := p.numbers.of(a.run)
		if records.first(a.exam) == nil {
			rows = append(rows, append([]string{p.label(a), "", "not measured"}, make([]string, 7)...))
			continue
		}
		for _, who := range slices.Insert(slices.Clone(systems), 3, usual) {
			got := records.rows(a.exam, who)
			if len(got) == 0 && who == usual {
				continue
			}
			if len(got) == 0 {
				rows = append(rows, []string{p.label(a), who, "not measured", "", "", "", "", "", "", ""})
				continue
			}
			row := []string{p.label(a), who}
			for _, f := range []func(s *system) float64{r1, r5, r10, func(s *system) float64 { return s.MRR10 }} {
				row = append(row, mean(got, f))
			}
			p50, _ := spread(values(got, func(s *system) float64 { return s.P50 }))
			row = append(row, fmt.Sprintf("%.1f", p50))
			if strings.HasPrefix(who, "ace") {
				row = append(row, records.size(), records.time(), records.seeds())
			} else {
				row = append(row, "", "", "")
			}
			rows = append(rows, row)
			if s := got[0].Setting; s != "" {
				if note := fmt.Sprintf("%s, %s: %s", who, a.run, s); !slices.Contains(notes, note) {
					notes = append(notes, note)
				}
			}
		}
	}
	if !p.section("Protocols", len(p.numbers) > 0) {
		return
	}
	p.table(2, []string{"protocol", "system", "R@1", "R@5", "R@10", "MRR@10", "p50 ms", "bundle MB", "training", "seeds"}, rows)
	for i, note := range notes {
		p.say("%s- %s", [2]string{"\nSettings of the baselines, chosen on held-out texts:\n\n", ""}[min(i, 1)], note)
	}
	p.drawSystems()
	p.drawRecall()
}

func r1(s *system) float64  { return s.R1 }
func r5(s *system) float64  { return s.R5 }
func r10(s *system) float64 { return s.R10 }

func values(got []system, f func(*system) float64) []float64 {
	out := make([]float64, len(got))
	for i := range got {
		out[i] = f(&got[i])
	}
	return out
}

// mean writes a figure of several seeds.
func mean(got []system, f func(*system) float64) string {
	if len(got) == 0 {
		return "not measured"
	}
	return figure(values(got, f), 1)
}

// figure writes values of several seeds, with so many digits after the point.
func figure(v []float64, digits int) string {
	m, half := spread(v)
	if len(v) == 1 {
		return fmt.Sprintf("%.*f", digits, m)
	}
	return fmt.Sprintf("%.*f ± %.*f", digits, m, digits, half)
}

func (n numbers) size() string {
	var v []float64
	for _, r := range n {
		v = append(v, float64(r.Report.Bytes)/1e6)
	}
	m, _ := spread(v)
	return fmt.Sprintf("%.1f", m)
}

// time is the mean time of the trainings.
func (n numbers) time() string {
	var v []float64
	for _, r := range n {
		v = append(v, r.Report.Seconds)
	}
	m, _ := spread(v)
	return clock(m)
}

func (n numbers) seeds() string {
	var s []string
	for _, r := range n {
		s = append(s, fmt.Sprint(r.Seed))
	}
	return strings.Join(s, ", ")
}

func clock(seconds float64) string {
	return time.Duration(seconds * 1e9).Round(time.Second).String()
}
