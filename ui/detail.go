package ui

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"ace/core"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/js"
)

// Detail is the view of one item: the medium large, its words, where it comes
// from.
type Detail struct {
	Page *Root
	Hit  core.Hit
}

// open shows the item of card i. While it is shown the page behind it is inert.
func (c *Root) open(i int) {
	defer c.rescue()
	if i < 0 || i >= len(c.hits) {
		return
	}
	if c.detail == nil {
		c.screen.focus(detailID)
	}
	c.detail = &Place{c.hits[i], i}
}

// closeDetail leaves the view; the focus goes back to the item's card.
func (c *Root) closeDetail() {
	defer c.rescue()
	if c.detail != nil {
		c.screen.focus(cardID(c.detail.Index))
		c.detail = nil
	}
}

func (c *Root) isOpen() bool { return c.detail != nil }

// play is the handler of the play buttons.
func (c *Root) play(it core.Item) {
	defer c.rescue()
	c.sound.Toggle(it)
}

// key goes through the shown items and leaves the view.
func (d *Detail) key(event vugu.DOMEvent) {
	defer d.Page.rescue()
	switch event.PropString("key") {
	case "Escape":
		event.PreventDefault()
		d.Page.closeDetail()
	case "ArrowLeft":
		d.previous()
	case "ArrowRight":
		d.next()
	}
}

func (d *Detail) previous() { d.Page.open(d.Page.detail.Index - 1) }
func (d *Detail) next()     { d.Page.open(d.Page.detail.Index + 1) }
func (d *Detail) atFirst() bool {
	return d.Page.detail == nil || d.Page.detail.Index == 0
}
func (d *Detail) atLast() bool {
	return d.Page.detail == nil || d.Page.detail.Index >= len(d.Page.hits)-1
}

func (d *Detail) mount(host js.Value) { mount(host, &d.Hit.Item, true) }
func (d *Detail) isSound() bool       { return d.Hit.Item.Kind == core.Audio }
func (d *Detail) playing() bool {
	return d.Page.sound.Playing && d.Page.sound.Is(&d.Hit.Item)
}

func (d *Detail) class() string {
	class := "medium " + d.Hit.Item.Kind.String()
	if d.playing() {
		class += " playing"
	}
	return class
}

func (d *Detail) play() { d.Page.play(d.Hit.Item) }

func (d *Detail) playLabel() string {
	if d.playing() {
		return "Pause"
	}
	return "Play"
}

// captions are those that the heading does not say already.
func (d *Detail) captions() []string {
	it := &d.Hit.Item
	return slices.DeleteFunc(slices.Clone(it.Captions), func(s string) bool { return s == it.Label() })
}

// search asks for one of the item's keywords.
func (d *Detail) search(word string) {
	d.Page.detail = nil
	d.Page.try(word)
}

// Fact is a line of the table of facts.
type Fact struct{ Name, Value string }

// facts are the item's meta data by name.
func (d *Detail) facts() []Fact {
	var facts []Fact
	for _, name := range slices.Sorted(maps.Keys(d.Hit.Item.Meta)) {
		facts = append(facts, Fact{name, d.Hit.Item.Meta[name]})
	}
	return facts
}

// found says how the search came to this item: the identifier that the model
// wrote, and how sure it was. Items that nobody searched for have neither.
func (d *Detail) found() string {
	if len(d.Hit.Identifier) == 0 {
		return ""
	}
	codes := make([]string, len(d.Hit.Identifier))
	for i, t := range d.Hit.Identifier {
		codes[i] = strconv.Itoa(int(t))
	}
	s := "Identifier " + strings.Join(codes, " · ")
	if p := 100 * d.Hit.Confidence; p >= 1 && d.Page.knows() {
		s += ", " + strconv.FormatFloat(min(p, 99), 'f', 0, 64) + " % sure"
	}
	return s
}

func (d *Detail) file() string { return fileURL(d.Hit.Item.File) }
func (d *Detail) source() any  { return link(d.Hit.Item.URL) }
