package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Summary is what there is to tell of a collection after it was read, so that a
// person can act on it.
type Summary struct {
	Kinds    []Kind              `json:"kinds"`
	Skipped  map[string][]string `json:"skipped,omitempty"` // files by reason
	Words    int                 `json:"words"`             // of titles, captions and keywords
	Wordless []string            `json:"wordless,omitempty"`
	Scripts  map[string]int      `json:"scripts,omitempty"` // items that have words in it
	Same     [][]string          `json:"same,omitempty"`    // files of the same bytes
	Alike    [][]string          `json:"alike,omitempty"`   // pictures and films that look the same, sounds that sound so
	Stages   []Stage             `json:"stages,omitempty"`
}

// Stage is a part of the work and how long it took.
type Stage struct {
	Name string        `json:"name"`
	Time time.Duration `json:"nanoseconds"`
}

// How much of a summary is named: the rest is counted.
const (
	namedFiles  = 3
	namedGroups = 3
)

// items counts them.
func (s *Summary) items() (n int) {
	for _, k := range s.Kinds {
		n += k.Items
	}
	return n
}

// rows are the lines of a summary: a name and what there is to tell.
func (s *Summary) rows() [][2]string {
	n := s.items()
	rows := [][2]string{{"items", fmt.Sprintf("%d: %s", n, kinds(s.Kinds))}}
	row := func(name, format string, args ...any) {
		rows = append(rows, [2]string{name, fmt.Sprintf(format, args...)})
	}
	reasons := slices.SortedFunc(maps.Keys(s.Skipped), func(a, b string) int {
		return cmp.Or(len(s.Skipped[b])-len(s.Skipped[a]), cmp.Compare(a, b))
	})
	for _, r := range reasons {
		row("skipped", "%d: %s (%s)", len(s.Skipped[r]), r, some(s.Skipped[r]))
	}
	row("words", "%.1f an item", float64(s.Words)/float64(max(n, 1)))
	if len(s.Wordless) > 0 {
		row("without words", "%d, found by what they look or sound like alone (%s)", len(s.Wordless), some(s.Wordless))
	}
	if len(s.Scripts) > 0 {
		var parts []string
		for _, name := range slices.SortedFunc(maps.Keys(s.Scripts), func(a, b string) int {
			return cmp.Or(s.Scripts[b]-s.Scripts[a], cmp.Compare(a, b))
		}) {
			parts = append(parts, fmt.Sprintf("%s %d", name, s.Scripts[name]))
		}
		row("scripts", "%s", strings.Join(parts, ", "))
	}
	for _, d := range []struct {
		name   string
		groups [][]string
	}{{"the same file", s.Same}, {"alike", s.Alike}} {
		for i, g := range d.groups {
			if i == namedGroups {
				row(d.name, "and %d more groups", len(d.groups)-i)
				break
			}
			row(d.name, "%s", some(g))
		}
	}
	var times []string
	for _, stage := range s.Stages {
		times = append(times, fmt.Sprintf("%s %s", stage.Name, brief(stage.Time)))
	}
	if times != nil {
		row("time", "%s", strings.Join(times, ", "))
	}
	return rows
}

// Text writes a summary for a terminal.
func (s *Summary) Text(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	last := ""
	for _, r := range s.rows() {
		name := r[0]
		if name == last {
			name = ""
		}
		last = r[0]
		fmt.Fprintf(t, "  %s\t%s\n", name, r[1])
	}
	return t.Flush()
}

// kinds says how many there are of each.
func kinds(list []Kind) string {
	var parts []string
	for _, k := range list {
		parts = append(parts, fmt.Sprintf("%d %s", k.Items, k.Name))
	}
	return strings.Join(parts, ", ")
}

// some names a few of many.
func some(names []string) string {
	if len(names) <= namedFiles {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:namedFiles], ", "), len(names)-namedFiles)
}

// brief is a time to two or three figures.
func brief(d time.Duration) string {
	switch {
	case d >= 100*time.Second:
		return d.Round(time.Second).String()
	case d >= time.Second:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
