package ui

import (
	"ace/core"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/js"
)

// Card is one item in the grid.
type Card struct {
	Page  *Root
	Hit   core.Hit
	Index int
}

func (c *Card) id() string { return cardID(c.Index) }

func (c *Card) class() string {
	class := "card " + c.Hit.Item.Kind.String()
	if c.playing() {
		class += " playing"
	}
	if c.Index >= c.Page.cut() {
		class += " less"
	}
	return class
}

// label is the card's name for those who do not see the tile.
func (c *Card) label() string {
	label := c.Hit.Item.Label() + ", " + t(singulars[c.Hit.Item.Kind])
	if s := c.Hit.Item.Seconds; s >= 1 {
		label += ", " + clock(s)
	}
	return label
}

func (c *Card) isSound() bool { return c.Hit.Item.Kind == core.Audio }
func (c *Card) playing() bool { return c.Page.sound.Playing && c.Page.sound.Is(&c.Hit.Item) }

func (c *Card) playLabel() string {
	if c.playing() {
		return t("Pause %", c.Hit.Item.Label())
	}
	return t("Play %", c.Hit.Item.Label())
}

func (c *Card) open()                   { c.Page.open(c.Index) }
func (c *Card) key(event vugu.DOMEvent) { c.Page.cardKey(event, c.Index) }
func (c *Card) play()                   { c.Page.play(c.Hit.Item) }

// mount fills the tile, in the size that the layout gives it.
func (c *Card) mount(host js.Value) {
	mountKept(host, &c.Hit.Item)
	if l := c.Page.layout(); c.Index < len(l.widths) {
		width, height := l.size(c.Index)
		fit(host, width, height)
	}
}
