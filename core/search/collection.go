package search

import (
	"context"

	"ace/core/bundle"
)

// Frozen begins the names of a bundle's sections that no search reads: what gives
// further items their place. A page does not fetch them.
const Frozen = "frozen"

// ReadItems reads what WriteItems wrote, in identifier order.
func ReadItems(ctx context.Context, c *bundle.Container) (*Collection, error) {
	t, _, meta, err := readTrie(ctx, c)
	if err != nil {
		return nil, err
	}
	s := shelf{c, meta, map[int]*shard{}}
	col := &Collection{Levels: t.Levels()}
	for n := 0; n*meta.Shard < meta.Count; n++ {
		items, err := s.shard(ctx, n)
		if err != nil {
			return nil, err
		}
		delete(s.shards, n)
		for _, it := range items {
			col.Items, col.IDs = append(col.Items, it), append(col.IDs, t.ID(len(col.IDs)))
		}
	}
	added, err := readAdded(ctx, c, meta.Count)
	if added != nil {
		col.Added = make([]bool, len(col.Items))
	}
	for _, i := range added {
		col.Added[i] = true
	}
	return col, err
}
