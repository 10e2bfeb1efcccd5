package ui

import (
	"maps"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"ace/core"

	"github.com/vugu/vugu"
)

// fewItems is the most items of a collection whose filters are counted unasked, when
// nothing hurries: for them all metadata are fetched.
const fewItems = 2048

// choice is an option of a list to choose from.
type choice struct {
	Name, Value string
	Selected    bool
}

// facet is a list of the values of one field.
type facet struct {
	ID, Name string
	Choices  []choice
	On       bool // one of them is chosen
}

// facets are the lists beside the kinds. A value that nothing has is offered only
// where it is chosen.
func (c *Root) facets() []facet {
	if c.phase != ready {
		return nil
	}
	counts := c.counts.Fields
	if counts == nil && c.info.Items <= fewItems { // their lists are there before the counts, so that nothing moves
		for _, name := range c.info.Fields {
			counts = append(counts, Field{Name: name})
		}
	}
	var all []facet
	for i, f := range counts {
		chosen, on := c.query.Filter[f.Name]
		x := facet{ID: "facet-" + strconv.Itoa(i), Name: f.Name, On: on}
		x.Choices = append(x.Choices, choice{Name: capital(f.Name) + ": " + t("all"), Selected: !on})
		for _, v := range f.Values {
			if is := on && v.Text == chosen; v.Count > 0 || is {
				x.Choices = append(x.Choices, choice{v.Text + " (" + grouped(v.Count) + ")", v.Text, is})
			}
		}
		if on && f.Values == nil {
			x.Choices = append(x.Choices, choice{chosen, chosen, true})
		}
		all = append(all, x)
	}
	return all
}

// capital writes a name as it stands at a beginning.
func capital(name string) string {
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[n:]
}

func (f *facet) class() string {
	if f.On {
		return "facet on"
	}
	return "facet"
}

// offersFacets reports whether the visitor may ask for the filters of a large
// collection.
func (c *Root) offersFacets() bool {
	return c.phase == ready && c.info.Items > fewItems && !c.counted
}

// wantFacets is the handler of the button that asks, and of a list that the visitor
// comes to before it is counted.
func (c *Root) wantFacets() {
	defer c.rescue()
	c.counted = true
	c.recount()
}

// rest waits until nothing hurries, and then has the filters of a small collection
// counted.
func (c *Root) rest() {
	if c.Calm != nil {
		c.Calm()
	}
	c.update(func() {
		c.counted = true
		c.recount()
	})
}

// recount asks for the counts of the present kind and filter, unless they are
// known or asked for.
func (c *Root) recount() {
	of := address{kind: c.query.Kind, filter: c.query.Filter}
	if !c.counted || c.countsOf != nil && c.countsOf.kind == of.kind && maps.Equal(c.countsOf.filter, of.filter) {
		return
	}
	c.countsOf = &of
	go c.askFacets(c.query, &of)
}

// askFacets asks for the counts of a query's kind and filter, without the lock.
func (c *Root) askFacets(q Query, of *address) {
	f, err := c.Engine.Facets(q)
	c.update(func() {
		if err == nil && c.countsOf == of {
			c.counts = f
		}
	})
}

// setFacet is the handler of a list.
func (c *Root) setFacet(event vugu.DOMEvent, name string) {
	defer c.rescue()
	c.filter(name, event.PropString("target", "value"))
}

// filter asks for items with a value of a field; an empty one is any.
func (c *Root) filter(name, value string) {
	filter := maps.Clone(c.query.Filter)
	if value == "" {
		delete(filter, name)
	} else if filter == nil {
		filter = map[string]string{name: value}
	} else {
		filter[name] = value
	}
	c.query.Filter, c.typing = filter, false
	c.begin()
	c.went(true)
}

// isFilterable reports whether a field is one of the lists.
func (c *Root) isFilterable(name string) bool {
	return slices.ContainsFunc(c.counts.Fields, func(f Field) bool { return f.Name == name })
}

// amount is the number of items of a kind, or of all, that the filter leaves.
func (c *Root) amount(k *core.Kind) int {
	of := c.info.Kinds
	if len(c.query.Filter) > 0 && c.counts.Fields != nil {
		of = c.counts.Kinds
	} else if k == nil {
		return c.info.Items
	}
	if k != nil {
		return of[*k]
	}
	n := 0
	for _, m := range of {
		n += m
	}
	return n
}
