package report

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Collection is what there is to tell of one collection and its training.
// Percentages are 0 to 100. What is not known is zero and is not written.
type Collection struct {
	Title       string   `json:"title,omitempty"`
	Kinds       []Kind   `json:"kinds"`
	Texts       int      `json:"texts"`   // captions, keywords and titles
	Skipped     int      `json:"skipped"` // entries of the source that could not be read
	Levels      []Level  `json:"levels"`
	Collisions  float64  `json:"collisions"` // percent of the items that share a code with another, as the codebooks give them
	Counted     float64  `json:"counted"`    // percent of those that only a counter tells apart
	Recall      float64  `json:"recall10"`   // percent of the exact ten nearest vectors that the quantised ones find
	Size        string   `json:"size"`
	Parameters  int      `json:"parameters"`
	Seed        uint64   `json:"seed"`
	Epochs      []Epoch  `json:"epochs,omitempty"`
	Steps       int      `json:"steps"`
	Seconds     float64  `json:"seconds"`         // of the training
	Valid       *Found   `json:"valid,omitempty"` // of the weights that were kept
	ValidTexts  int      `json:"validTexts"`
	WordsPerSec float64  `json:"wordsPerSecond"`
	Bytes       int64    `json:"bytes,omitempty"` // of what was written
	Plots       []string `json:"-"`               // files beside the page
	Sheets      bool     `json:"-"`               // ClustersFile is beside it too
}

// Kind is a kind of medium and how many items are of it.
type Kind struct {
	Name  string `json:"name"`
	Items int    `json:"items"`
}

// Level is one level of the identifiers.
type Level struct {
	Name       string  `json:"name"`
	Codes      int     `json:"codes"`
	Used       int     `json:"used"`
	Perplexity float64 `json:"perplexity"`      // 2 to the entropy of the codes in bits
	Items      []int   `json:"items,omitempty"` // [V], of each code
}

// Epoch is one pass over the texts.
type Epoch struct {
	Epoch   int     `json:"epoch"`   // from 1
	Seconds float64 `json:"seconds"` // of training until its end
	Loss    float64 `json:"loss"`    // nats a code, mean of the epoch
	Valid   *Found  `json:"valid,omitempty"`
}

// Found is how many held-out texts find their item: first, or among ten, percent.
type Found struct {
	R1  float64 `json:"r1"`
	R10 float64 `json:"r10"`
}

// Nearly is how long the training took until the held-out R@10 reached 95 % of
// that of the weights that were kept, in seconds; 0 where that is not known.
func (c *Collection) Nearly() float64 {
	if c.Valid == nil {
		return 0
	}
	for _, e := range c.Epochs {
		if e.Valid != nil && e.Valid.R10 >= 0.95*c.Valid.R10 {
			return e.Seconds
		}
	}
	return 0
}

// Markdown writes the page.
func (c *Collection) Markdown(w io.Writer) error {
	var b strings.Builder
	title := c.Title
	if title == "" {
		title = "The collection"
	}
	fmt.Fprintf(&b, "# %s\n\n| | |\n|---|---|\n", title)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "| %s | %s |\n", name, fmt.Sprintf(format, args...))
	}
	total := 0
	for _, k := range c.Kinds {
		total += k.Items

	}
	row("items", "%d: %s", total, kinds(c.Kinds))
	row("texts", "%d", c.Texts)
	if c.Skipped > 0 {
		row("skipped", "%d", c.Skipped)
	}
	row("identifiers", "%d levels; %.2f %% collisions as the codebooks give them, %.2f %% left to the counter", len(c.Levels), c.Collisions, c.Counted)
	if c.Recall > 0 {
		row("recall@10 of the quantised vectors", "%.1f %%", c.Recall)
	}
	row("network", "%s, %d parameters, seed %d", c.Size, c.Parameters, c.Seed)
	row("training", "%d steps in %s, %.0f words/s", c.Steps, duration(c.Seconds), c.WordsPerSec)
	if n := len(c.Epochs); n > 0 {
		row("epochs", "%d, loss %.3f at the end", c.Epochs[n-1].Epoch, c.Epochs[n-1].Loss)
	}
	if c.Valid != nil {
		row("held-out texts", "%d: the right item first for %.1f %%, among ten for %.1f %%", c.ValidTexts, c.Valid.R1, c.Valid.R10)
	}
	if s := c.Nearly(); s > 0 {
		row("95 % of that R@10 after", "%s", duration(s))
	}
	if c.Bytes > 0 {
		row("written", "%.2f MB", float64(c.Bytes)/1e6)
	}
	b.WriteString("\n| level | codes | used | perplexity |\n|---|--:|--:|--:|\n")
	for _, l := range c.Levels {
		fmt.Fprintf(&b, "| %s | %d | %d | %.1f |\n", l.Name, l.Codes, l.Used, l.Perplexity)
	}
	if c.Sheets {
		fmt.Fprintf(&b, "\n[What the codes mean](%s): contact sheets of the clusters\n", ClustersFile)
	}
	for _, p := range c.Plots {
		fmt.Fprintf(&b, "\n![%s](%s)\n", strings.TrimSuffix(p, ".svg"), p)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func duration(seconds float64) string {
	return time.Duration(seconds * 1e9).Round(time.Second).String()
}
