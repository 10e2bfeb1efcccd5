package ui

import (
	"strconv"
	"strings"

	"ace/core"

	"github.com/vugu/vugu/js"
)

// Why this result: the tree of identifiers as the search walked it.

// explains reports whether the open item was found by a search, so that there is
// a way to tell.
func (d *Detail) explains() bool {
	p := d.Page.detail
	return p != nil && p.Index >= 0 && d.Page.shown.Text != "" && len(p.Hit.Identifier) > 0
}

// toggleWhy is the handler of the button.
func (d *Detail) toggleWhy() {
	defer d.Page.rescue()
	d.Page.why = !d.Page.why
	d.Page.askWalk()
}

func (d *Detail) expanded() string { return strconv.FormatBool(d.Page.why) }
func (d *Detail) showsWhy() bool   { return d.explains() && d.Page.why }

// askWalk asks for the way to the open item, if it is to be shown and not known.
func (c *Root) askWalk() {
	p := c.detail
	if d := (&Detail{Page: c}); !d.showsWhy() || p.Walk != nil {
		return
	}
	q := c.shown
	go func() {
		walk, err := c.Engine.Walk(q, p.Hit.Index)
		c.update(func() {
			if err != nil {
				c.trouble = t("This search failed: %", err.Error())
				return
			}
			p.Walk = &walk
		})
	}()
}

func (d *Detail) walk() Walk {
	if p := d.Page.detail; p != nil && p.Walk != nil {
		return *p.Walk
	}
	return Walk{}
}

// kept says what a step of the search did.
func (l *Level) kept(step int) string {
	return t("Step %: of % codes, % beams are kept", strconv.Itoa(step+1), grouped(l.Codes), grouped(l.Kept))
}

func (n *Node) class() string {
	if n.On {
		return "node on"
	}
	return "node"
}

// current marks the node on the way, for those who do not see the colour.
func (n *Node) current() any {
	if n.On {
		return "step"
	}
	return nil
}

func (n *Node) count() string { return counted(n.Items, "1 item", "% items") }

// share is the probability as a number between 0 and 1.
func (n *Node) share() string {
	return strconv.FormatFloat(exp(n.LogProb), 'f', 4, 64)
}

func (n *Node) chance() string { return t("log p %", signed(n.LogProb)) }

// exp is close enough to draw by, for x at most 0.
func exp(x float64) float64 {
	y := 1 + x/1024
	if y <= 0 {
		return 0
	}
	for range 10 {
		y *= y
	}
	return min(y, 1)
}

func signed(x float64) string {
	return strings.Replace(decimal(x, 2), "-", "−", 1)
}

// partNames are what Walk.Parts are.
var partNames = [5]string{"by its identifier", "by its words", "by words like them", "by what its words mean", "by its vector"}

// parts are what speaks for the item.
func (d *Detail) parts() []Fact {
	var facts []Fact
	for i, p := range d.walk().Parts {
		if p != 0 {
			facts = append(facts, Fact{Name: t(partNames[i]), Value: signed(p)})
		}
	}
	return facts
}

// mountSamples fills a host element with small pictures of what a node holds.
func mountSamples(host js.Value, samples []Sample) {
	key := ""
	for _, s := range samples {
		key += s.Kind.String() + " " + s.File + "\n"
	}
	if was := host.Get(mark); was.Type() == js.TypeString && was.String() == key {
		return
	}
	host.Set(mark, key)
	host.Call("replaceChildren")
	for _, s := range samples {
		el := element("span")
		el.Set("className", "sample "+s.Kind.String())
		el.Set("title", s.Title)
		if s.Kind != core.Audio && !isFilmFile(s.File) {
			img := element("img")
			img.Set("alt", s.Title)
			img.Set("decoding", "async")
			img.Set("onerror", mediumFailed())
			img.Set("src", fileURL(s.File))
			el.Call("append", img)
		} else {
			el.Set("role", "img")
			el.Set("ariaLabel", s.Title)
		}
		host.Call("append", el)
	}
}
