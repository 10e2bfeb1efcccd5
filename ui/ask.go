package ui

import (
	"errors"
	"strings"

	"ace/core"
)

// ask puts the present query to the engine. One question is under way at a
// time; when it is answered the newest that waits goes next, and those between
// are never asked. The caller holds the event lock.
func (c *Root) ask() {
	c.asked++
	if c.phase != ready || c.busy {
		return
	}
	c.busy = true
	go c.answer(c.query, c.asked)
}

// answer asks q, shows what came and goes on with the newest waiting question.
func (c *Root) answer(q Query, number int) {
	for waiting := true; waiting; {
		a, err := c.fetch(q)
		c.update(func() {
			of := q
			waiting = c.asked != number
			c.busy = waiting
			q, number = c.query, c.asked
			c.show(of, a, err)
		})
	}
}

// fetch asks the engine without holding the lock.
func (c *Root) fetch(q Query) (a Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New(describe(p))
		}
	}()
	if q.Text != "" {
		return c.Engine.Search(q)
	}
	items, err := c.Engine.Items(q.Kind, q.Limit)
	a.Hits = make([]core.Hit, len(items))
	for i, it := range items {
		a.Hits[i].Item = it
	}
	return a, err
}

// show takes an answer over. The hits of the last answer stay when the engine
// failed: they are still true for the query they belong to.
func (c *Root) show(q Query, a Answer, err error) {
	if err != nil {
		c.trouble = "This search failed: " + err.Error()
		return
	}
	c.trouble = ""
	if q.Text != c.shown.Text || q.Kind != c.shown.Kind {
		c.screen.top()
	}
	c.shown, c.hits = q, a.Hits
	if q.Text != "" {
		a.Hits = nil
		c.tried = a
	}
}

// setText takes over what stands in the box. Space around it means nothing.
func (c *Root) setText(text string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == c.query.Text {
		return
	}
	c.query.Text, c.query.Limit, c.query.Cutoff = text, step, c.cutoff()
	c.ask()
}

// replaceText also writes the box, which otherwise belongs to the visitor: its
// value is never bound, so typing, composing and the caret are left alone.
func (c *Root) replaceText(text string) {
	c.screen.setInput(text)
	c.setText(text)
}

// setKind is the handler of the kind buttons.
func (c *Root) setKind(k *core.Kind) {
	defer c.rescue()
	c.query.Kind, c.query.Limit = k, step
	c.ask()
}

// try is the handler of the example queries.
func (c *Root) try(text string) {
	defer c.rescue()
	c.replaceText(text)
	c.screen.focus(boxID)
}

// more is the handler of the button below the grid. The first new card gets
// the focus.
func (c *Root) more() {
	defer c.rescue()
	c.screen.focus(cardID(len(c.hits)))
	c.query.Limit = len(c.hits) + step
	c.ask()
}

// hasMore reports whether asking for more could bring more.
func (c *Root) hasMore() bool {
	n := len(c.hits)
	return c.phase == ready && n > 0 && n >= c.shown.Limit && n < c.count(c.shown.Kind)
}

// count is the number of items of a kind, or of all.
func (c *Root) count(k *core.Kind) int {
	if k == nil {
		return c.info.Items
	}
	return c.info.Kinds[*k]
}
