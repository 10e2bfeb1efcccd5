package ui

import (
	"maps"
	"slices"
	"strings"

	"ace/core"
)

// The page's address says what it shows, so that it can be sent and gone back
// to: ?q=words&kind=audio&filter=key=value&item=id. While the visitor types, the
// entry of the browser's history is written over; what they choose makes a new
// one.

// address is the part of it that is the page's.
type address struct {
	text   string
	kind   *core.Kind
	filter map[string]string
	item   string // id of the item that is open
}

// params are the address's parameters, in order; those without values are absent.
func (a address) params() [][2]string {
	p := [][2]string{{"q", a.text}, {"kind", ""}, {"item", a.item}}
	if a.kind != nil {
		p[1][1] = a.kind.String()
	}
	for _, key := range slices.Sorted(maps.Keys(a.filter)) {
		p = append(p, [2]string{"filter", key + "=" + a.filter[key]})
	}
	return p
}

// readAddress is the inverse of params, given the values of a parameter. What
// means nothing is passed over.
func readAddress(get func(name string) []string) address {
	first := func(name string) string {
		if all := get(name); len(all) > 0 {
			return all[0]
		}
		return ""
	}
	a := address{text: strings.Join(strings.Fields(first("q")), " "), item: first("item")}
	if k, err := core.ParseKind(first("kind")); err == nil {
		a.kind = &kinds[k]
	}
	for _, f := range get("filter") {
		if key, value, ok := strings.Cut(f, "="); ok && key != "" {
			if a.filter == nil {
				a.filter = map[string]string{}
			}
			a.filter[key] = value
		}
	}
	return a
}

// address is that of what is shown or asked for now.
func (c *Root) address() address {
	a := address{text: c.query.Text, kind: c.query.Kind, filter: c.query.Filter}
	if c.detail != nil {
		a.item = c.detail.Hit.Item.ID
	}
	return a
}

// went writes the address after a change: over the present entry of the history,
// or as a new one. While a step back is under way the entry is another's, and is
// written when it has been taken.
func (c *Root) went(anew bool) {
	if !c.leaving {
		c.screen.visit(c.address().params(), !anew)
	}
}

// leave goes back by as many entries as the open item made.
func (c *Root) leave() {
	if c.depth > 0 && c.screen.on && !c.leaving {
		c.leaving = true
		c.screen.back(c.depth)
	} else if c.depth == 0 {
		c.went(false)
	}
	c.depth = 0
}

// arrive is called when the visitor went back or forth.
func (c *Root) arrive() {
	if c.leaving { // it was the page itself that did
		c.leaving = false
		a := c.address()
		if b := readAddress(c.screen.params); a.text != b.text || a.kind != b.kind || a.item != b.item || !maps.Equal(a.filter, b.filter) {
			c.went(true)
		}
		return
	}
	a := readAddress(c.screen.params)
	c.depth, c.typing = 0, false
	if a.item == "" {
		c.detail = nil
	} else if c.detail == nil || c.detail.Hit.Item.ID != a.item {
		c.visitItem(a.item)
	}
	if a.text != c.query.Text || a.kind != c.query.Kind || !maps.Equal(a.filter, c.query.Filter) {
		c.screen.setInput(a.text)
		c.query.Text, c.query.Kind, c.query.Filter = a.text, a.kind, a.filter
		c.begin()
	}
}

// visitItem opens the item that the address names, if there is one.
func (c *Root) visitItem(id string) {
	for i := range c.hits {
		if c.hits[i].Item.ID == id {
			c.look(Place{Hit: c.hits[i], Index: i})
			return
		}
	}
	go func() {
		hit, err := c.Engine.Item(id)
		c.update(func() {
			if err == nil {
				c.look(Place{Hit: hit, Index: -1})
			}
		})
	}()
}

// params are the values of a parameter of the page's address.
func (s *screen) params(name string) []string {
	if !s.on {
		return nil
	}
	all := s.window.Get("URL").New(s.window.Get("location").Get("href")).Get("searchParams").Call("getAll", name)
	values := make([]string, all.Length())
	for i := range values {
		values[i] = all.Index(i).String()
	}
	return values
}

// visit writes parameters into the page's address: over the entry of the history
// or as a new one. Those of other names stay.
func (s *screen) visit(params [][2]string, over bool) {
	if !s.on {
		return
	}
	defer func() { _ = recover() }() // browsers allow so many a minute
	url := s.window.Get("URL").New(s.window.Get("location").Get("href"))
	query := url.Get("searchParams")
	for _, name := range []string{"q", "kind", "filter", "item"} {
		query.Call("delete", name)
	}
	for _, p := range params {
		if p[1] != "" {
			query.Call("append", p[0], p[1])
		}
	}
	how := "pushState"
	if over {
		how = "replaceState"
	}
	s.window.Get("history").Call(how, nil, "", url)
}

// back goes back in the history.
func (s *screen) back(entries int) { s.window.Get("history").Call("go", -entries) }
