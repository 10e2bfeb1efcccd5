package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The page of a few made-up records, and all of its charts.
func TestPage(t *testing.T) {
	var n numbers
	if ok, err := read("testdata/results.json", &n); err != nil || !ok {
		t.Fatal(ok, err)
	}
	text, charts, err := page(n)
	if err != nil {
		t.Fatal(err)
	}
	again, charts2, err := page(n)
	if err != nil || !bytes.Equal(text, again) {
		t.Errorf("the second page differs: %v", err)
	}
	for _, name := range []string{"systems", "recall", "beam", "length", "budget", "survival", "loss", "codes"} {
		svg := charts[name+".svg"]
		if len(svg) == 0 || !bytes.Equal(svg, charts2[name+".svg"]) {
			t.Errorf("%s.svg: %d bytes, again the same: %v", name, len(svg), bytes.Equal(svg, charts2[name+".svg"]))
		}
		for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s.svg: %v", name, err)
			}
		}
		if !bytes.Contains(text, []byte("(results/"+name+".svg)")) {
			t.Errorf("the page does not show %s.svg", name)
		}
	}
	if len(charts) != 8 {
		t.Errorf("%d charts", len(charts))
	}
	golden := filepath.Join("testdata", "results.md")
	if *update {
		if err := os.WriteFile(golden, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, want) {
		t.Errorf("the page is not %s:\n%s", golden, text)
	}
}

// Every line of a table has as many cells as its head.
func TestTables(t *testing.T) {
	text, err := os.ReadFile("testdata/results.md")
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	for i, line := range strings.Split(string(text), "\n") {
		n := strings.Count(line, "|")
		if n > 0 && cells > 0 && n != cells {
			t.Errorf("line %d has %d bars, its table %d: %s", i+1, n, cells, line)
		}
		cells = n
	}
}

// Without figures the page says so in every section, and draws nothing.
func TestNotMeasured(t *testing.T) {
	text, charts, err := page(nil)
	if err != nil {
		t.Fatal(err)
	}
	sections, unmeasured := strings.Count(string(text), "\n## "), strings.Count(string(text), "\nNot measured.\n")
	if sections < 9 || sections != unmeasured || len(charts) > 0 {
		t.Errorf("%d sections, %d of them not measured, %d charts", sections, unmeasured, len(charts))
	}
}

// docs/results.md is the page of docs/results/results.json.
func TestCommitted(t *testing.T) {
	docs := filepath.Join("..", "..", "docs")
	if _, err := os.Stat(filepath.Join(docs, resultsFile)); err != nil {
		t.Skip("no figures yet: make eval takes them")
	}
	n, err := readNumbers(docs)
	if err != nil {
		t.Fatal(err)
	}
	text, charts, err := page(n)
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile(filepath.Join(docs, "results.md"))
	if err != nil || !bytes.Equal(text, have) {
		t.Errorf("docs/results.md is not made of %s: go run ./cmd/results -page writes it (%v)", resultsFile, err)
	}
	for name := range charts {
		if _, err := os.Stat(filepath.Join(docs, "results", name)); err != nil {
			t.Error(err)
		}
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		values     []float64
		mean, half float64
	}{{nil, 0, 0}, {[]float64{3}, 3, 0}, {[]float64{1, 2, 6}, 3, 2.5}} {
		if m, h := spread(c.values); m != c.mean || h != c.half {
			t.Errorf("%v: %g ± %g", c.values, m, h)
		}
	}
}

// Newer records come in place of older ones, and what the plan does not have in
// this form goes.
func TestMerge(t *testing.T) {
	runs := []run{{name: "a", flags: []string{"--x"}, seeds: []uint64{1, 2}, exams: []exam{{name: "all", queries: "q"}}}}
	asked := answer{Exam: "all", Flags: []string{"--queries", "q"}, Systems: []system{{Name: "ace", Mode: "pure", R1: 12.34567}}, Raw: []byte("{}")}
	other := answer{Exam: "all", Flags: []string{"--queries", "older"}}
	rec := func(seed uint64, flags, machine string) record {
		return record{Run: "a", Seed: seed, Flags: []string{flags}, Machine: machine, Report: emptyReport(), Answers: []answer{other, asked}}
	}
	old := numbers{rec(2, "--x", "old"), rec(1, "--x", "old"), {Run: "gone", Seed: 1, Report: emptyReport()}}
	got := old.merge([]record{rec(2, "--x", "new"), rec(1, "--y", "new")}, runs)
	var machines []string
	for _, r := range got {
		machines = append(machines, r.Machine)
		if len(r.Answers) != 1 || r.Answers[0].Raw != nil || r.Answers[0].Systems[0].R1 != 12.346 {
			t.Errorf("seed %d has the answers %+v", r.Seed, r.Answers)
		}
	}
	if !slices.Equal(machines, []string{"old", "new"}) {
		t.Errorf("records of %v", machines)
	}
	a, err := got.marshal()
	if err != nil {
		t.Fatal(err)
	}
	b, err := got.merge(nil, runs).marshal()
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("merged with nothing it is\n%s\nnot\n%s", b, a)
	}
}
