package main

import (
	"bytes"
	"strings"
	"time"
	"unicode"

	"ace/core"
	"ace/train/feature"
	"ace/train/media"
	"ace/train/report"
)

// stages notes how long the parts of a run take.
type stages struct {
	began time.Time
	list  []report.Stage
}

func newStages() *stages { return &stages{began: time.Now()} }

// end notes that a stage has ended; the next begins.
func (s *stages) end(name string) {
	now := time.Now()
	s.list = append(s.list, report.Stage{Name: name, Time: now.Sub(s.began)})
	s.began = now
}

// summarise tells of a collection that was read.
func summarise(f *feature.Features, s *stages) *report.Summary {
	out := &report.Summary{Skipped: map[string][]string{}, Scripts: map[string]int{}, Stages: s.list}
	for k := range core.Kind(core.Kinds) {
		if n := f.Report.Kinds[k.String()]; n > 0 {
			out.Kinds = append(out.Kinds, report.Kind{Name: k.String(), Items: n})
		}
	}
	for _, skip := range f.Skipped {
		out.Skipped[skip.Reason] = append(out.Skipped[skip.Reason], skip.File)
	}
	known := map[rune]string{}
	for i := range f.Items {
		it := &f.Items[i]
		words, scripts := 0, map[string]bool{}
		for _, text := range append(append([]string{it.Title}, it.Captions...), it.Keywords...) {
			words += len(strings.Fields(text))
			for _, r := range text {
				if unicode.IsLetter(r) {
					scripts[script(r, known)] = true
				}
			}
		}
		if out.Words += words; words == 0 {
			out.Wordless = append(out.Wordless, it.File)
		}
		for name := range scripts {
			out.Scripts[name]++
		}
	}
	same, alike := media.Duplicates(f.Looks)
	out.Same, out.Alike = fileNames(f.Items, same), fileNames(f.Items, alike)
	return out
}

// script names the writing system of a letter. known keeps the answers.
func script(r rune, known map[rune]string) string {
	if r <= unicode.MaxLatin1 {
		return "Latin"
	}
	if name, ok := known[r]; ok {
		return name
	}
	name := "Common"
	for n, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			name = n
			break
		}
	}
	known[r] = name
	return name
}

func fileNames(items []core.Item, groups [][]int) [][]string {
	var out [][]string
	for _, g := range groups {
		var names []string
		for _, i := range g {
			names = append(names, items[i].File)
		}
		out = append(out, names)
	}
	return out
}

// tellSummary prints it.
func tellSummary(t *out, s *report.Summary) error {
	var b bytes.Buffer
	if err := s.Text(&b); err != nil {
		return err
	}
	t.say("%s", strings.TrimRight(b.String(), "\n"))
	return nil
}
