package search

import (
	"context"

	"ace/core"
	"ace/core/trie"
)

// Set is some of a bundle's items.
type Set struct{ *trie.Filter }

// Selection says which items a search may return: those for which all that is
// given holds.
type Selection struct {
	Kind *core.Kind
	Meta map[string]string // each key with this value
	IDs  map[string]bool   // one of these ids
}

// Select makes the set of a selection. By kind alone it fetches nothing; else it
// fetches all items once.
func (r *Retriever) Select(ctx context.Context, s Selection) (*Set, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pick(ctx, s)
}

func (r *Retriever) pick(ctx context.Context, s Selection) (*Set, error) {
	var failed error
	f := trie.NewFilter(r.trie.Items(), func(i int) bool {
		if s.Kind != nil && core.Kind(r.kinds[i]) != *s.Kind {
			return false
		}
		if len(s.Meta) == 0 && s.IDs == nil || failed != nil {
			return failed == nil
		}
		it, err := r.shelf.item(ctx, i)
		if err != nil {
			failed = err
			return false
		}
		for k, v := range s.Meta {
			if it.Meta[k] != v {
				return false
			}
		}
		return s.IDs == nil || s.IDs[it.ID]
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
