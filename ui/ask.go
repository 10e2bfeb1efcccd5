package ui

import (
	"errors"
	"maps"
	"strings"

	"ace/core"
)

// mostHits is the most that one search gives.
const mostHits = 1000

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
			first := c.shown.Limit == 0
			c.show(of, a, err)
			if first && c.info.Items <= fewItems {
				go c.rest()
			}
			if !waiting {
				c.recount()
			}
			switch {
			case waiting:
			case c.isRefused():
				go c.askNear(of, number)
			case of.Text != "":
				go c.dwell(number)
			}
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
	a.Hits, err = c.Engine.Items(q)
	return a, err
}

// show takes an answer over. The hits of the last answer stay when the engine
// failed: they are still true for the query they belong to.
func (c *Root) show(q Query, a Answer, err error) {
	if err != nil {
		c.trouble = t("This search failed: %", err.Error())
		return
	}
	c.trouble = ""
	if q.Text != c.shown.Text || q.Kind != c.shown.Kind || !maps.Equal(q.Filter, c.shown.Filter) || c.shown.Limit == 0 {
		c.screen.top()
		c.unfolded, c.endless, c.near, c.window = false, false, nil, window{}
	} else if len(c.hits) > 0 && (q.From > 0 || q.Limit > c.shown.Limit) {
		a.Hits = extended(c.hits, a.Hits)
		if q.From > 0 {
			q.Limit += q.From
		}
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
	c.query.Text = text
	c.begin()
	c.went(!c.typing)
}

// begin asks a question anew: for its first and best hits.
func (c *Root) begin() {
	c.query.Limit, c.query.From, c.query.Cutoff = step, 0, c.cutoff()
	c.ask()
}

// extended puts further hits behind those that are there: nothing that is seen
// moves, even if a search that keeps more beams orders a little otherwise.
func extended(hits, further []core.Hit) []core.Hit {
	has := make(map[int]bool, len(hits))
	for i := range hits {
		has[hits[i].Index] = true
	}
	for _, h := range further {
		if !has[h.Index] {
			hits = append(hits, h)
		}
	}
	return hits
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
	c.query.Kind, c.typing = k, false
	c.begin()
	c.went(true)
}

// try is the handler of the example queries.
func (c *Root) try(text string) {
	defer c.rescue()
	c.typing = false
	c.replaceText(text)
	c.screen.focus(boxID)
}

// more is the handler of the button below the grid. The first new card gets
// the focus.
func (c *Root) more() {
	defer c.rescue()
	if c.extend() {
		c.screen.focus(cardID(len(c.hits)))
		c.endless = true
	}
}

// extend asks for the next hits of what is shown, if nothing else is asked for.
func (c *Root) extend() bool {
	if c.busy || !c.hasMore() {
		return false
	}
	if c.query.Text == "" {
		c.query.From, c.query.Limit = len(c.hits), step
		if c.endless {
			c.query.Limit = 4 * step
		}
	} else {
		c.query.Limit = max(len(c.hits)+step, 2*c.query.Limit)
	}
	c.ask()
	return true
}

// hasMore reports whether asking for more could bring more.
func (c *Root) hasMore() bool {
	n := len(c.hits)
	return c.phase == ready && n > 0 && n >= min(c.shown.Limit, mostHits) && !c.isFolded() && n < c.amount(c.shown.Kind) && (c.shown.Text == "" || n < mostHits)
}
