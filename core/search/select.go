package search

import (
	"context"
	"maps"
	"slices"

	"ace/core"
	"ace/core/trie"
)

// Set is some of a bundle's items.
type Set struct{ *trie.Filter }

// Selection says which items a search may return: those for which all that is
// given holds.
type Selection struct {
	Kind   *core.Kind
	Filter Filter
	IDs    map[string]bool // one of these ids; nil: any
}

// Select makes the set of a selection. By kind alone it fetches nothing; else it
// fetches all items once.
func (r *Retriever) Select(ctx context.Context, s Selection) (*Set, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pick(ctx, s)
}

// all tells whether a selection leaves nothing out.
func (s *Selection) all() bool { return s.Kind == nil && len(s.Filter) == 0 && s.IDs == nil }

// set is what a search with options is restricted to, nil for everything. Those of
// the last selections are kept: a page asks many questions within one.
func (r *Retriever) set(ctx context.Context, o *Options) (*Set, error) {
	s := Selection{o.Kind, o.Filter, o.IDs}
	if o.Within != nil || s.all() {
		return o.Within, nil
	}
	for i, k := range r.kept {
		if k.of.equal(&s) {
			copy(r.kept[1:i+1], r.kept[:i])
			r.kept[0] = k
			return k.set, nil
		}
	}
	set, err := r.pick(ctx, s)
	if err != nil {
		return nil, err
	}
	r.kept = slices.Insert(r.kept[:min(len(r.kept), keptSets-1)], 0, kept{s.clone(), set})
	return set, nil
}

// kept is a selection, and the set that it made.
type kept struct {
	of  Selection
	set *Set
}

// keptSets is how many are kept.
const keptSets = 4

func (s *Selection) equal(o *Selection) bool {
	kind := s.Kind == o.Kind || s.Kind != nil && o.Kind != nil && *s.Kind == *o.Kind
	return kind && maps.EqualFunc(s.Filter, o.Filter, slices.Equal) && (s.IDs == nil) == (o.IDs == nil) && maps.Equal(s.IDs, o.IDs)
}

// clone is a copy that its maker cannot change.
func (s *Selection) clone() Selection {
	c := Selection{Filter: maps.Clone(s.Filter), IDs: maps.Clone(s.IDs)}
	for key, values := range c.Filter {
		c.Filter[key] = slices.Clone(values)
	}
	if s.Kind != nil {
		kind := *s.Kind
		c.Kind = &kind
	}
	return c
}

func (r *Retriever) pick(ctx context.Context, s Selection) (*Set, error) {
	var failed error
	if len(s.Filter) > 0 || s.IDs != nil {
		failed = r.shelf.gather(ctx, r.shelf.all())
	}
	f := trie.NewFilter(r.trie.Items(), func(i int) bool {
		if s.Kind != nil && core.Kind(r.kinds[i]) != *s.Kind {
			return false
		}
		if len(s.Filter) == 0 && s.IDs == nil || failed != nil {
			return failed == nil
		}
		it, err := r.shelf.item(ctx, i)
		if err != nil {
			failed = err
			return false
		}
		return s.Filter.Has(&it) && (s.IDs == nil || s.IDs[it.ID])
	})
	return &Set{f}, failed
}

// within is the trie without the items outside a set.
type within struct {
	*trie.Trie
	set *Set
}

// Children implements beam.Constraint.
func (w within) Children(level int, r core.Range, visit func(core.Token, core.Range)) {
	w.Trie.Children(level, r, func(t core.Token, items core.Range) {
		if w.set.Count(items) > 0 {
			visit(t, items)
		}
	})
}
