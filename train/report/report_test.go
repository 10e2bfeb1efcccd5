package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var epochs = []Epoch{
	{1, 10, 5.1, nil},
	{2, 20, 4.2, &Found{21, 40}},
	{3, 30.5, 3.4, &Found{31, 57}},
	{4, 41, 3.1, &Found{33.3, 60}},
}

var levels = []Level{
	{"coarse", 4, 4, 3.6, []int{7, 1, 12, 4}},
	{"fine 1", 5, 3, 2.2, []int{0, 20, 3, 0, 1}},
	{"counter", 1, 1, 1, []int{24}},
}

var lines = []Line{{"ace hybrid", []float64{1, 5, 10}, []float64{43.3, 61, 72}}, {"bm25 <words & all>", []float64{1, 5, 10}, []float64{37.6, 56, 65.2}}}

// charts are all kinds of chart, and a text that must stand in each.
var charts = map[string]struct {
	draw func(io.Writer) error
	says []string
}{
	"loss":     {func(w io.Writer) error { return Loss(w, epochs) }, []string{"Training", "epoch", "R@1", "R@10"}},
	"loss one": {func(w io.Writer) error { return Loss(w, epochs[:1]) }, []string{"loss"}},
	"codes":    {func(w io.Writer) error { return Codes(w, levels) }, []string{"coarse: 4 codes, perplexity 4", "fine 1: 5 codes, perplexity 2", "counter"}},
	"recall":   {func(w io.Writer) error { return Recall(w, lines) }, []string{"ace hybrid", "bm25 &lt;words &amp; all&gt;", ">5<"}},
	"beam":     {func(w io.Writer) error { return Beam(w, lines) }, []string{"beams", ">10<"}},
	"length":   {func(w io.Writer) error { return Length(w, lines) }, []string{"levels"}},
	"budget":   {func(w io.Writer) error { return Budget(w, lines) }, []string{"minutes"}},
	"survival": {func(w io.Writer) error { return Survival(w, lines) }, []string{"level"}},
	"systems": {func(w io.Writer) error {
		return Systems(w, "R@1", []string{"one", "two"}, []Bar{{"ace", []float64{50.25, 60}}, {"bm25", []float64{math.NaN(), 44.4}}})
	}, []string{"one", "two", "ace", "bm25", ">44.4<", ">60.0<"}},
}

// A chart is whole XML, holds its words and no number that is none, and is
// the same bytes when it is drawn again.
func TestCharts(t *testing.T) {
	for name, c := range charts {
		t.Run(name, func(t *testing.T) {
			var a, b bytes.Buffer
			if err := errors.Join(c.draw(&a), c.draw(&b)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Error("two drawings of the same differ")
			}
			shapes := 0
			for d := xml.NewDecoder(bytes.NewReader(a.Bytes())); ; {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if e, ok := token.(xml.StartElement); ok && e.Name.Local == "path" {
					shapes++
				}
			}
			if shapes < 5 {
				t.Errorf("%d shapes", shapes)
			}
			for _, want := range c.says {
				if !strings.Contains(a.String(), want) {
					t.Errorf("it does not say %q", want)
				}
			}
			for _, bad := range []string{"NaN", "Inf", "font-family:Liberation Sans;", "Serif"} {
				if strings.Contains(a.String(), bad) {
					t.Errorf("it holds %s", bad)
				}
			}
			if a.Len() > 60_000 {
				t.Errorf("%d bytes", a.Len())
			}
		})
	}
}

// Points lie where their values say: those of a line of slope one are spaced
// alike, and a later one lies further right and higher.
func TestScale(t *testing.T) {
	var b bytes.Buffer
	if err := Recall(&b, []Line{{"a", []float64{1, 5, 9}, []float64{22, 26, 30}}}); err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)L([\d.]+),([\d.]+)"`).FindStringSubmatch(b.String())
	if found == nil {
		t.Fatal("no line of three points")
	}
	var v [6]float64
	for i := range v {
		v[i], _ = strconv.ParseFloat(found[i+1], 64)
	}
	for i := range 2 { // x, y
		first, second := v[2+i]-v[i], v[4+i]-v[2+i]
		if first < 10 || math.Abs(first-second) > 0.1 {
			t.Errorf("steps of %g and %g", first, second)
		}
	}
}

func TestNothing(t *testing.T) {
	for name, err := range map[string]error{
		"loss": Loss(io.Discard, nil), "codes": Codes(io.Discard, []Level{{Name: "x", Codes: 2, Items: []int{0, 0}}}), "recall": Recall(io.Discard, []Line{{Name: "x"}}),
		"systems": Systems(io.Discard, "", nil, nil),
	} {
		if err == nil {
			t.Errorf("%s: nothing was drawn without an error", name)
		}
	}
	if err := Recall(io.Discard, []Line{{"x", []float64{1}, []float64{math.NaN()}}}); err == nil {
		t.Error("a value that is no number was drawn")
	}
}

func TestNearly(t *testing.T) {
	c := Collection{Epochs: epochs, Valid: &Found{33.3, 60}}
	if got := c.Nearly(); got != 30.5 { // 57 is 95 % of 60
		t.Errorf("95 %% after %g s, want 30.5", got)
	}
	if got := (&Collection{Epochs: epochs}).Nearly(); got != 0 {
		t.Errorf("without held-out texts: %g s", got)
	}
}

func TestMarkdown(t *testing.T) {
	c := Collection{Title: "Things", Kinds: []Kind{{"image", 16}, {"audio", 8}}, Texts: 120, Skipped: 2, Levels: levels, Collisions: 12.5, Counted: 0.25, Recall: 91.5,
		Size: "tiny", Parameters: 812345, Seed: 3, Epochs: epochs, Steps: 480, Seconds: 41, Valid: epochs[3].Valid, ValidTexts: 20, WordsPerSec: 15600, Bytes: 1_400_000,
		Plots: []string{"loss.svg", "codes.svg"}}
	var b bytes.Buffer
	if err := c.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "report.md")
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the page is not %s:\n%s", golden, b.String())
	}
}
