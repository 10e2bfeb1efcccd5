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
	return t("Search by meaning")
}

// placeholders by the kinds that a collection has, a bit each.
var placeholders = [1 << core.Kinds]string{"Describe what you look for", "Describe a picture", "Describe a sound", "Describe a picture or a sound", "Describe a film",
	"Describe a picture or a film", "Describe a sound or a film", "Describe a picture, a sound or a film"}

// placeholder names the kinds that the collection has.
func (c *Root) placeholder() string {
	has := 0
	for k, n := range c.info.Kinds {
		if n > 0 {
			has |= 1 << k
		}
	}
	return t(placeholders[has])
}

func (c *Root) grid() string { return gridID }

func (c *Root) themeLabel() string {
	if c.isDark() {
		return t("Use light colours")
	}
	return t("Use dark colours")
}

// keep takes over the box. What was typed into it before the program ran is
// the first question.
func (c *Root) keep(input js.Value) {
	first := !c.screen.on
	c.screen.attach(input)
	if !first {
		return
	}
	c.screen.measure()
	c.settleLanguage()
	a := readAddress(c.screen.params)
	if typed := strings.Join(strings.Fields(c.screen.value()), " "); typed != "" {
		a.text = typed
	} else {
		c.screen.setInput(a.text)
	}
	c.query.Text, c.query.Kind, c.query.Filter, c.opening = a.text, a.kind, a.filter, a.item
	c.readRecent()
	c.listen()
}

// settle ends a render. A focus that waits for an element is given up when no
// answer is under way that could bring it.
func (c *Root) settle() {
	c.screen.settle()
	c.place()
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
		name = t(name)
		pressed := "false"
		if c.query.Kind == k {
			pressed = "true"
		}
		return append(all, Filter{k, name, grouped(c.amount(k)), pressed})
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
		if c.tried.Lost {
			where = t("% instead of %", where, device("webgpu"))
		}
		parts = append(parts, where)
	}
	return strings.Join(append(parts, counted(c.info.Items, "1 item", "% items")), " · ")
}

// note says why the graphics processor is not used, nil where it is, or was not
// to be.
func (c *Root) note() any {
	if c.tried.Note == "" {
		return nil
	}
	return t("The graphics processor could not be used: %", c.tried.Note)
}

// lead is the line above the grid.
func (c *Root) lead() string {
	switch {
	case c.phase == loading && c.total > 0:
		return t("Loading the collection, % of %", megabytes(c.done), megabytes(c.total))
	case c.phase == loading:
		return t("Loading the collection")
	case c.phase == failed || c.isEmpty():
		return ""
	case c.isFar():
		return t("Only the nearest: nothing fits “%”", c.shown.Text)
	case c.shown.Text != "":
		return t("Best matches for “%”", c.shown.Text)
	case len(c.info.Examples) > 0:
		return t("Try")
	}
	return t("From the collection")
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
		return t("Nothing to show")
	}
	if c.isRefused() {
		return t("Nothing here fits “%”.", c.shown.Text)
	}
	return t("Nothing found for “%”", c.shown.Text)
}

func (c *Root) advice() string {
	switch {
	case c.hasNear():
		return t("Words near it that the collection has:")
	case c.shown.Kind != nil || len(c.shown.Filter) > 0:
		return t("Look among all kinds, or describe it with other words.")
	}
	return t("Describe it with other words: what it shows, how it sounds, what happens.")
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
		return counted(len(c.hits), "1 nearest result, as nothing fits “%”", "% nearest results, as nothing fits “%”", c.shown.Text)
	}
	return counted(c.upto(), "1 result for “%”", "% results for “%”", c.shown.Text)
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
