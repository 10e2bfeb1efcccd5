package search

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"ace/core"
)

// Facets are how many items a further restriction would leave.
type Facets struct {
	Kinds  [core.Kinds]int `json:"kinds"` // of each kind, whatever kind the selection asks for
	Fields []Field         `json:"fields"`
}

// Field is a key of the items' meta data.
type Field struct {
	Name   string  `json:"name"`
	Values []Value `json:"values"` // those of the whole bundle, the commonest in it first
}

// Value is one value, and how many items have it that fit the rest of the
// selection.
type Value struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
	all   int
}

// Limits of what is worth to filter by.
const (
	facetValues = 60 // values of a field; one of more tells items apart, and does not group them
	facetFields = 4
)

// fields counts the values of the meta data of items, by key.
type fields map[string]*tally

// tally is what is known of one key.
type tally struct {
	has    int // items
	values map[string]*Value
}

// add takes an item. fits tells whether it would be left, restricted to its value of
// a key.
func (f fields) add(it *core.Item, fits func(key string) bool) {
	for k, v := range it.Meta {
		x := f[k]
		if x == nil {
			x = &tally{values: map[string]*Value{}}
			f[k] = x
		}
		x.has++
		if len(x.values) > facetValues {
			continue
		}
		if x.values[v] == nil {
			x.values[v] = &Value{Text: v}
		}
		x.values[v].all++
		if fits(k) {
			x.values[v].Count++
		}
	}
}

// worth lists the keys that are worth to filter so many items by: at least one item in
// five has it and it has 2 to 60 values, of two items each on the average; those that
// most items have come first.
func (f fields) worth(items int) []string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(f)), func(name string) bool {
		x := f[name]
		return len(x.values) < 2 || len(x.values) > facetValues || 2*len(x.values) > x.has || 5*x.has < items
	})
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(f[b].has, f[a].has) })
	return names[:min(len(names), facetFields)]
}

// fieldsOf lists the keys that are worth to filter items by.
func fieldsOf(items []core.Item) []string {
	f := fields{}
	for i := range items {
		f.add(&items[i], func(string) bool { return false })
	}
	return append([]string{}, f.worth(len(items))...)
}

// Facets counts the values of the meta data that are worth to filter by. All items'
// metadata are fetched.
func (r *Retriever) Facets(ctx context.Context, s Selection) (Facets, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var f Facets
	if err := r.shelf.gather(ctx, r.shelf.all()); err != nil {
		return f, err
	}
	all := fields{}
	for i := range r.info.Items {
		it, err := r.shelf.item(ctx, i)
		if err != nil {
			return f, err
		}
		rightKind := s.Kind == nil || it.Kind == *s.Kind
		missed, of := 0, "" // restrictions that it does not meet, and the key of one
		for k, values := range s.Filter {
			if !has(&it, k, values) {
				missed, of = missed+1, k
			}
		}
		if missed == 0 {
			f.Kinds[it.Kind]++
		}
		all.add(&it, func(key string) bool { return rightKind && (missed == 0 || missed == 1 && of == key) })
	}
	for _, name := range all.worth(r.info.Items) {
		x := all[name]
		values := make([]Value, 0, len(x.values))
		for _, v := range x.values {
			values = append(values, *v)
		}
		slices.SortFunc(values, func(a, b Value) int { return cmp.Or(cmp.Compare(b.all, a.all), cmp.Compare(a.Text, b.Text)) })
		f.Fields = append(f.Fields, Field{name, values})
	}
	return f, nil
}
