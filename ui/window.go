package ui

import (
	"strconv"
	"strings"

	"ace/core"

	"github.com/vugu/vugu/js"
)

// Of a long list only the rows around what is seen are there, as each render
// touches every card. Where the others are is known (layout.go): the grid is
// padded by their heights, through variables of the style sheet (the renderer
// would remove a style of the grid's own).

// whole is the longest list that is there as a whole.
const whole = 96

// window is the part of a list that is there: rows. Last is 0 where it is the first
// ones.
type window struct{ first, last int }

// of are the rows of a layout that are there.
func (w window) of(l *layout) (first, last int) {
	rows := len(l.rows)
	switch {
	case len(l.widths) <= whole:
		return 0, rows
	case w.last == 0:
		return 0, l.rowOf(whole-1) + 1
	}
	return min(w.first, rows), min(w.last, rows)
}

// over is the window about what is seen, between distances from the grid's top,
// and whether it is another: it stays as long as it holds a row more on either
// side.
func (w window) over(l *layout, from, to float64) (window, bool) {
	if len(l.widths) <= whole {
		return w, false
	}
	a, b := l.rowAt(from), l.rowAt(to)
	first, last := w.of(l)
	if first <= max(a-1, 0) && min(b+2, len(l.rows)) <= last {
		return w, false
	}
	seen := b - a + 1
	next := window{first: max(a-seen, 0)}
	next.last = max(b+1+seen, l.rowOf(min(l.rows[next.first].first+whole, len(l.widths))-1)+1)
	return next, next != w
}

// reveal makes sure that a card will be there, and reports whether others go for it.
func (c *Root) reveal(card int) (moved bool) {
	l := c.layout()
	if n := l.rowOf(card); n >= 0 {
		c.window, moved = c.window.over(l, l.rows[n].top, l.rows[n].top)
	}
	return moved
}

// layout is that of the shown cards, worked out when they, or the measures,
// change.
func (c *Root) layout() *layout {
	n := c.upto()
	of := laid{n: n, measures: c.screen.measures}
	if n > 0 {
		of.first = &c.hits[0]
	}
	if c.laid.layout == nil || c.laid.first != of.first || c.laid.n != n || c.laid.measures != of.measures {
		proportions := make([]float64, n)
		for i := range proportions {
			proportions[i] = proportion(&c.hits[i].Item)
		}
		of.layout = arrange(proportions, of.measures)
		c.laid = of
	}
	return c.laid.layout
}

// laid is a layout, and of what.
type laid struct {
	*layout
	first    *core.Hit
	n        int
	measures measures
}

// slot is a card that is there.
type slot struct {
	Index int
	Hit   core.Hit
}

// slots are the cards that are there.
func (c *Root) slots() []slot {
	first, last := 0, c.upto()
	if c.screen.on && last > 0 {
		l := c.layout()
		a, b := c.window.of(l)
		first, last = l.rows[a].first, l.rows[b-1].last
	}
	all := make([]slot, 0, last-first)
	for i := first; i < last; i++ {
		all = append(all, slot{i, c.hits[i]})
	}
	return all
}

// place ends a render: it pads the grid.
func (c *Root) place() {
	above, below := 0.0, 0.0
	if c.screen.on && c.upto() > whole {
		l := c.layout()
		first, last := c.window.of(l)
		above, below = l.rows[first].top, l.height()-l.bottom(last-1)-l.caption
	}
	c.screen.pad(above, below)
}

// measure asks what the layout needs to know, and reports whether it has changed.
func (s *screen) measure() bool {
	grid := s.doc.Call("getElementById", gridID)
	if !grid.Truthy() {
		return false
	}
	style := s.window.Call("getComputedStyle", grid)
	pixels := func(v js.Value) float64 {
		n, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(v.String()), "px"), 64)
		return n
	}
	was := s.measures
	s.measures = measures{grid.Get("clientWidth").Int(), int(pixels(style.Get("columnGap"))), pixels(style.Call("getPropertyValue", "--caption")) + pixels(style.Get("rowGap"))}
	return s.measures != was
}

// pad writes the heights of what is not there, when they changed.
func (s *screen) pad(above, below float64) {
	if !s.on || above == s.above && below == s.below {
		return
	}
	s.above, s.below = above, below
	style := s.doc.Get("documentElement").Get("style")
	for name, v := range map[string]float64{"--above": above, "--below": below} {
		style.Call("setProperty", name, strconv.FormatFloat(v, 'f', 1, 64)+"px")
	}
}

// scrolled is called by the browser, at most once a frame: it has the rows made
// that come into sight, and more fetched near the end.
func (c *Root) scrolled() {
	grid := c.screen.doc.Call("getElementById", gridID)
	if !grid.Truthy() || c.detail != nil || c.screen.pending != "" { // the focus is about to scroll
		return
	}
	rect, screenful := grid.Call("getBoundingClientRect"), c.screen.window.Get("innerHeight").Float()
	if from := -rect.Get("top").Float(); c.upto() > whole {
		if next, other := c.window.over(c.layout(), from, from+screenful); other {
			go c.update(func() {
				if id := c.screen.focused(); strings.HasPrefix(id, cardID(0)[:5]) {
					c.screen.focus(id) // the element will be another card's
					c.screen.still = true
				}
				c.window = next
			})
		}
	}
	if c.endless && rect.Get("bottom").Float() < 3*screenful {
		go c.update(func() { c.extend() })
	}
}

func (s *screen) focused() string {
	if el := s.doc.Get("activeElement"); el.Truthy() {
		return el.Get("id").String()
	}
	return ""
}

// listen has the page told of what happens outside its elements.
func (c *Root) listen() {
	c.screen.listen("popstate", func(js.Value) { go c.update(c.arrive) })
	waiting := false
	frame := js.FuncOf(func(js.Value, []js.Value) any {
		waiting = false
		c.scrolled()
		return nil
	})
	look := func(js.Value) {
		if !waiting {
			waiting = true
			c.screen.window.Call("requestAnimationFrame", frame)
		}
	}
	c.screen.listen("scroll", look)
	c.screen.listen("resize", func(e js.Value) {
		if c.screen.measure() {
			go c.update(func() {})
		}
		look(e)
	})
	c.preview.listen(c)
}

// listen has f called for an event of the window, which it never stops.
func (s *screen) listen(event string, f func(event js.Value)) {
	s.window.Call("addEventListener", event, js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	}), map[string]any{"passive": true, "capture": true})
}
