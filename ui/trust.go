package ui

import "github.com/vugu/vugu"

// How well an answer must fit to be shown. The engine says with each answer how
// probable it is that the collection has what was asked for, and the collection
// brings the least of it that answers need; the visitor may ask for less or
// more.

// nearestID is the id of the button that shows what was held back.
const nearestID = "nearest"

// Strictness is the visitor's choice.
type Strictness uint8

const (
	Usual  Strictness = iota // the collection's own cut-off
	All                      // none
	Strict                   // halfway from the collection's own to certainty
)

// Choice is an option of the list of strictnesses.
type Choice struct {
	Name, Value string
	Selected    bool
	is          Strictness
}

// choices are there when the collection knows a cut-off.
func (c *Root) choices() []Choice {
	all := []Choice{{Value: "All", is: All}, {Value: "Usual", is: Usual}, {Value: "Strict", is: Strict}}
	for i := range all {
		all[i].Name = t(all[i].Value)
		all[i].Selected = all[i].is == c.strictness
	}
	return all
}

func (c *Root) hasChoices() bool { return c.phase == ready && c.info.Cutoff > 0 }

// choose is the handler of the list.
func (c *Root) choose(event vugu.DOMEvent) {
	defer c.rescue()
	for _, o := range c.choices() {
		if o.Value == event.PropString("target", "value") {
			c.strictness = o.is
		}
	}
	if c.query.Text != "" {
		c.begin()
	}
}

// cutoff is the chosen one as a query has it.
func (c *Root) cutoff() *float64 {
	var p float64
	switch c.strictness {
	case Usual:
		return nil
	case Strict:
		p = c.bar()
	}
	return &p
}

// bar is the least that makes hits matches.
func (c *Root) bar() float64 {
	if c.strictness == Strict {
		return (1 + c.info.Cutoff) / 2
	}
	return c.info.Cutoff
}

// nearest is the handler of the button: the same question without a cut-off,
// until another is asked.
func (c *Root) nearest() {
	defer c.rescue()
	c.screen.focus(cardID(0))
	c.query.Cutoff = new(float64)
	c.ask()
}

// isRefused reports whether there is something near what was asked for, but
// nothing that fits.
func (c *Root) isRefused() bool {
	return c.isEmpty() && c.shown.Text != "" && c.tried.Fits > 0
}

// isFar reports whether the hits are but the nearest items, not matches.
func (c *Root) isFar() bool {
	return c.shown.Text != "" && len(c.hits) > 0 && c.tried.Mode == Hybrid && c.tried.Fits < c.bar()
}

func (c *Root) gridClass() string {
	if c.isFar() {
		return "grid far"
	}
	return "grid"
}

// knows reports whether the confidence of the shown hits means anything: that of
// a hybrid search only in a collection with a cut-off, which was learnt with it.
func (c *Root) knows() bool { return c.tried.Mode != Hybrid || c.info.Cutoff > 0 }
