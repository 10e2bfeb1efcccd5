package ui

import (
	"strconv"

	"ace/core"

	"github.com/vugu/vugu/js"
)

// similarShown is how many items are shown that are like the open one.
const similarShown = 12

// askSimilar asks for the items that are like the open one.
func (c *Root) askSimilar(p *Place) {
	hits, err := c.Engine.Similar(p.Hit.Index, similarShown)
	c.update(func() {
		if err == nil && c.detail == p {
			p.Similar = hits
		}
	})
}

func (d *Detail) similar() []core.Hit {
	if d.Page.detail == nil {
		return nil
	}
	return d.Page.detail.Similar
}

func (d *Detail) hasSimilar() bool { return len(d.similar()) > 0 }

// visit opens one of them; going back leads to this one again.
func (d *Detail) visit(h core.Hit) {
	defer d.Page.rescue()
	c := d.Page
	at := c.detail.From
	c.look(Place{Hit: h, Index: -1, From: at})
	c.depth++
	c.went(true)
	c.screen.focus(detailID)
	c.screen.rise()
}

func (d *Detail) kindOf(h core.Hit) string { return "card " + h.Item.Kind.String() }
func (d *Detail) similarID(i int) string   { return "like-" + strconv.Itoa(i) }
func (d *Detail) label(h core.Hit) string {
	return h.Item.Label() + ", " + t(singulars[h.Item.Kind])
}

// mountSimilar is called at the end of a render, when the item may be another.
func (d *Detail) mountSimilar(host js.Value, i int) {
	if hits := d.similar(); i < len(hits) {
		mount(host, &hits[i].Item, false)
	}
}
