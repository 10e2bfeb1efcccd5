package ui

import (
	"strings"

	"ace/core"

	"github.com/vugu/vugu/js"
)

// What the markup of root.vugu says, worked out from the state.

func (c *Root) title() string {
	if c.info.Title != "" {
		return c.info.Title
	}
	return "Search by meaning"
}

func (c *Root) placeholder() string {
	var words []string
	for k, n := range c.info.Kinds {
		if n > 0 {
			words = append(words, "a "+singulars[k])
		}
	}
	if len(words) == 0 {
		return "Describe what you look for"
	}
	return "Describe " + list(words, "or")
}

func (c *Root) grid() string { return gridID }

func (c *Root) themeLabel() string {
	if c.isDark() {
		return "Use light colours"
	}
	return "Use dark colours"
}

// keep takes over the box. What was typed into it before the program ran is
// the first question.
func (c *Root) keep(input js.Value) {
	first := !c.screen.on
	c.screen.attach(input)
	if first {
		c.query.Text = strings.Join(strings.Fields(c.screen.value()), " ")
	}
}

// settle ends a render. A focus that waits for an element is given up when no
// answer is under way that could bring it.
func (c *Root) settle() {
	c.screen.settle()
	if !c.busy {
		c.screen.focus("")
	}
}

// progressValue is a percentage; without one the bar shows that it does not
// know.
func (c *Root) progressValue() any {
	if c.total <= 0 {
		return nil
	}
	return 100 * c.done / c.total
}

// Filter is a button of the kind filter.
type Filter struct {
	Kind        *core.Kind
	Name, Count string
	Pressed     string
}

// filters are there when a collection has more than one kind.
func (c *Root) filters() []Filter {
	if c.phase != ready {
		return nil
	}
	add := func(all []Filter, name string, k *core.Kind) []Filter {
		pressed := "false"
		if c.query.Kind == k {
			pressed = "true"
		}
		return append(all, Filter{k, name, grouped(c.count(k)), pressed})
	}
	all := add(nil, "All", nil)
	for i := range kinds {
		if c.info.Kinds[i] > 0 {
			all = add(all, plurals[i], &kinds[i])
		}
	}
	if len(all) < 3 {
		return nil
	}
	return all
}

// meter is the quiet line: how long, where, among how many.
func (c *Root) meter() string {
	if c.phase != ready {
		return ""
	}
	var parts []string
	if c.shown.Text != "" && c.tried.MS > 0 {
		parts = append(parts, millis(c.tried.MS))
	}
	if c.tried.Device != "" {
		where := device(c.tried.Device)
		if c.tried.Note != "" {
			where += " instead of " + device("webgpu")
		}
		parts = append(parts, where)
	}
	return strings.Join(append(parts, counted(c.info.Items, "item")), " · ")
}

// note says why the graphics processor is not used, where it was to be: nil
// otherwise.
func (c *Root) note() any {
	if c.tried.Note == "" {
		return nil
	}
	return "The graphics processor could not be used: " + c.tried.Note
}

// lead is the line above the grid.
func (c *Root) lead() string {
	switch {
	case c.phase == loading && c.total > 0:
		return "Loading the collection, " + megabytes(c.done) + " of " + megabytes(c.total)
	case c.phase == loading:
		return "Loading the collection"
	case c.phase == failed || c.isEmpty():
		return ""
	case c.isFar():
		return "Only the nearest: nothing fits “" + c.shown.Text + "”"
	case c.shown.Text != "":
		return "Best matches for “" + c.shown.Text + "”"
	case len(c.info.Examples) > 0:
		return "Try"
	}
	return "From the collection"
}

func (c *Root) examples() []string {
	if c.phase != ready || c.query.Text != "" || c.shown.Text != "" {
		return nil
	}
	return c.info.Examples
}

// isEmpty reports whether a question was answered by nothing.
func (c *Root) isEmpty() bool {
	return c.phase == ready && len(c.hits) == 0 && c.shown.Limit > 0 && c.trouble == ""
}

func (c *Root) nothing() string {
	if c.shown.Text == "" {
		return "Nothing to show"
	}
	if c.isRefused() {
		return "Nothing here fits “" + c.shown.Text + "”."
	}
	return "Nothing found for “" + c.shown.Text + "”"
}

func (c *Root) advice() string {
	if c.shown.Kind != nil {
		return "Look among all kinds, or describe it with other words."
	}
	return "Describe it with other words: what it shows, how it sounds, what happens."
}

// ghosts is the number of empty cards that stand for what is being loaded.
func (c *Root) ghosts() int {
	if c.phase == loading || c.phase == ready && c.shown.Limit == 0 && c.trouble == "" {
		return step
	}
	return 0
}

// announce tells the result to those who do not see it.
func (c *Root) announce(region js.Value) { c.screen.say(region, c.status()) }

func (c *Root) status() string {
	switch {
	case c.shown.Text == "":
		return ""
	case len(c.hits) == 0:
		return c.nothing()
	case c.isFar():
		return counted(len(c.hits), "nearest result") + ", as nothing fits “" + c.shown.Text + "”"
	}
	return counted(len(c.hits), "result") + " for “" + c.shown.Text + "”"
}

// href is the credit's link, none where it has none.
func (k Credit) href() any { return link(k.URL) }

func (c *Root) hasTrouble() bool { return c.trouble != "" }

// busyText is an aria-busy value.
func (c *Root) busyText() string {
	if c.ghosts() > 0 {
		return "true"
	}
	return "false"
}
