package ui

import (
	"strconv"
	"strings"

	"ace/core"

	"github.com/vugu/vugu/js"
)

// Of a long list only the rows around what is seen are there, as each render
// touches every card. All rows are equally high, so the height of those that are
// not there is known: the grid is padded by it, through variables of the style
// sheet (the renderer would remove a style of the grid's own).

// whole is the longest list that is there as a whole.
const whole = 96

// window is the part of the list that is there.
type window struct {
	first, last int // last 0: the first cards
	columns     int
	height      float64 // of a row and the gap below it, in pixels
}

// of is the part of n cards.
func (w *window) of(n int) (first, last int) {
	switch {
	case n <= whole:
		return 0, n
	case w.last == 0:
		return 0, whole
	}
	return min(w.first, n), min(w.last, n)
}

// over is the window about the rows that are seen, and whether it is another: it
// stays as long as it holds a row more than is seen on either side.
func (w *window) over(row, seen, n int) (window, bool) {
	if w.columns < 1 || n <= whole {
		return *w, false
	}
	rows := (n + w.columns - 1) / w.columns
	first, last := w.of(n)
	if first <= max(row-1, 0)*w.columns && min(row+seen+1, rows)*w.columns <= last+w.columns-1 {
		return *w, false
	}
	row = min(max(row, 0), max(rows-seen, 0))
	next := *w
	next.first = max(row-seen, 0) * w.columns
	next.last = max((row+2*seen)*w.columns, next.first+whole)
	return next, next != *w
}

// reveal makes sure that card i of n is there.
func (w *window) reveal(i, n int) {
	if first, last := w.of(n); (i < first || i >= last) && w.columns > 0 {
		if next, other := w.over(i/w.columns, 4, n); other {
			*w = next
		}
	}
}

// slot is a card that is there.
type slot struct {
	Index int
	Hit   core.Hit
}

// slots are the cards that are there.
func (c *Root) slots() []slot {
	n := c.upto()
	first, last := 0, n
	if c.screen.on {
		first, last = c.window.of(n)
	}
	all := make([]slot, 0, last-first)
	for i := first; i < last; i++ {
		all = append(all, slot{i, c.hits[i]})
	}
	return all
}

// place ends a render: it measures the rows and pads the grid.
func (c *Root) place() {
	n := c.upto()
	above, below := 0.0, 0.0
	if c.screen.on && n > whole {
		w := &c.window
		if columns, height := c.screen.rows(); height > 0 {
			w.columns, w.height = columns, height
		}
		if first, last := w.of(n); w.columns > 0 {
			above = float64(first/w.columns) * w.height
			below = float64((n+w.columns-1)/w.columns-(last+w.columns-1)/w.columns) * w.height
		}
	}
	c.screen.pad(above, below)
}

// rows measures the grid: its columns, and the height of a row with its gap.
func (s *screen) rows() (columns int, height float64) {
	grid := s.doc.Call("getElementById", gridID)
	card := grid.Get("firstElementChild")
	if !card.Truthy() {
		return 0, 0
	}
	style := s.window.Call("getComputedStyle", grid)
	gap, _ := strconv.ParseFloat(strings.TrimSuffix(style.Get("rowGap").String(), "px"), 64)
	return columnsOf(style.Get("gridTemplateColumns").String()), card.Call("getBoundingClientRect").Get("height").Float() + gap
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
	n, rect, screenful := c.upto(), grid.Call("getBoundingClientRect"), c.screen.window.Get("innerHeight").Float()
	if w := c.window; w.height > 0 && n > whole {
		row, seen := int(-rect.Get("top").Float()/w.height), int(screenful/w.height)+2
		if next, other := w.over(row, seen, n); other {
			go c.update(func() {
				if id := c.screen.focused(); strings.HasPrefix(id, cardID(0)[:5]) {
					c.screen.focus(id) // the element will be another card's
					c.screen.still = true
				}
				c.window.first, c.window.last = next.first, next.last
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
	c.screen.listen("resize", look)
	c.preview.listen(c)
}

// listen has f called for an event of the window, which it never stops.
func (s *screen) listen(event string, f func(event js.Value)) {
	s.window.Call("addEventListener", event, js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	}), map[string]any{"passive": true, "capture": true})
}
