package ui

import (
	"maps"
	"path"
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
	c.remember()
	first := c.detail == nil
	c.look(Place{Hit: c.hits[i], Index: i, From: i})
	if first {
		c.depth++
	}
	c.typing = false
	c.went(first)
}

// look shows an item, and asks for those that are like it.
func (c *Root) look(p Place) {
	if c.detail == nil {
		c.screen.focus(detailID)
	}
	c.detail = &p
	c.askWalk()
	go c.askSimilar(&p)
}

// closeDetail leaves the view; the focus goes back to the item's card.
func (c *Root) closeDetail() {
	defer c.rescue()
	if c.detail != nil {
		c.reveal(c.detail.From)
		c.screen.focus(cardID(c.detail.From))
		c.detail = nil
		c.leave()
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

func (d *Detail) previous() {
	if !d.atFirst() {
		d.Page.open(d.Page.detail.Index - 1)
	}
}

func (d *Detail) next() {
	if !d.atLast() {
		d.Page.open(d.Page.detail.Index + 1)
	}
}

func (d *Detail) atFirst() bool {
	return d.Page.detail == nil || d.Page.detail.Index <= 0
}

func (d *Detail) atLast() bool {
	return d.Page.detail == nil || d.Page.detail.Index < 0 || d.Page.detail.Index >= d.Page.upto()-1
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
		return t("Pause")
	}
	return t("Play")
}

// captions are those that the heading does not say already.
func (d *Detail) captions() []string {
	it := &d.Hit.Item
	return slices.DeleteFunc(slices.Clone(it.Captions), func(s string) bool { return s == it.Label() })
}

// search asks for one of the item's keywords.
func (d *Detail) search(word string) {
	d.Page.detail, d.Page.depth = nil, 0
	d.Page.try(word)
}

// Fact is a line of the table of facts.
type Fact struct {
	Name, Value string
	Filters     bool // one can ask for the items that share it
}

// facts are the item's meta data by name.
func (d *Detail) facts() []Fact {
	var facts []Fact
	for _, name := range slices.Sorted(maps.Keys(d.Hit.Item.Meta)) {
		if name != subtitles {
			facts = append(facts, Fact{name, d.Hit.Item.Meta[name], d.Page.isFilterable(name)})
		}
	}
	return facts
}

// filter asks for the items that share a fact with this one.
func (d *Detail) filter(f Fact) {
	defer d.Page.rescue()
	d.Page.detail, d.Page.depth = nil, 0
	d.Page.screen.focus(cardID(0))
	d.Page.filter(f.Name, f.Value)
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
	id := strings.Join(codes, " · ")
	if p := 100 * d.Hit.Confidence; p >= 1 && d.Page.knows() {
		return t("Identifier %, % sure", id, strconv.FormatFloat(min(p, 99), 'f', 0, 64)+" %")
	}
	return t("Identifier %", id)
}

func (d *Detail) file() string { return fileURL(d.Hit.Item.File) }
func (d *Detail) source() any  { return link(d.Hit.Item.URL) }

// fileName is the name under which the file is kept: its own.
func (d *Detail) fileName() string { return path.Base(d.Hit.Item.File) }
