package ui

import (
	"slices"

	"ace/core"
)

// leastSure is the confidence below which a hit is folded away: one that is
// right once in a hundred times.
const leastSure = 0.01

// cut is how many hits come before the first that is less likely.
func (c *Root) cut() int {
	if c.shown.Text == "" || c.tried.Mode != Hybrid || !c.knows() || c.isFar() || c.strictness == All {
		return len(c.hits)
	}
	if i := slices.IndexFunc(c.hits, func(h core.Hit) bool { return h.Confidence < leastSure }); i > 0 {
		return i
	}
	return len(c.hits)
}

// upto is how many hits are shown.
func (c *Root) upto() int {
	if c.unfolded {
		return len(c.hits)
	}
	return c.cut()
}

func (c *Root) isFolded() bool { return c.upto() < len(c.hits) }

// unfold is the handler of the button below the grid. The first new card gets the
// focus.
func (c *Root) unfold() {
	defer c.rescue()
	c.screen.focus(cardID(c.cut()))
	c.unfolded = true
}

// Words for a question that fits nothing.

// askNear asks for them.
func (c *Root) askNear(q Query, number int) {
	words, err := c.Engine.Near(q)
	c.update(func() {
		if err == nil && c.asked == number {
			c.near = words
		}
	})
}

// nearWords are those of the shown answer.
func (c *Root) nearWords() []string {
	if !c.isEmpty() {
		return nil
	}
	return c.near
}

func (c *Root) hasNear() bool { return len(c.nearWords()) > 0 }

// offers are what an empty page offers to ask instead: words, or else the
// collection's examples.
func (c *Root) offers() []string {
	if c.isEmpty() && !c.hasNear() {
		return c.info.Examples
	}
	return c.nearWords()
}
