package search

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"ace/core"
	"ace/core/bundle"
)

// shelf fetches item shards when they are first needed and keeps them.
type shelf struct {
	c      *bundle.Container
	meta   itemsMeta
	shards map[int][]core.Item
}

// item is item i in identifier order.
func (s *shelf) item(ctx context.Context, i int) (core.Item, error) {
	items, err := s.shard(ctx, i/s.meta.Shard)
	if err != nil {
		return core.Item{}, err
	}
	return items[i%s.meta.Shard], nil
}

func (s *shelf) shard(ctx context.Context, n int) ([]core.Item, error) {
	if items, ok := s.shards[n]; ok {
		return items, nil
	}
	name := shardName(n)
	data, err := s.c.Section(ctx, name)
	if err != nil {
		return nil, err
	}
	want := min(s.meta.Shard, s.meta.Count-n*s.meta.Shard)
	items := make([]core.Item, 0, min(want, len(data)))
	for line := range bytes.Lines(data) {
		var it core.Item
		err := bundle.CheckJSON(line)
		if err == nil {
			err = json.Unmarshal(line, &it)
		}
		if err != nil {
			return nil, fmt.Errorf("section %s, item %d: %w", name, len(items), err)
		}
		items = append(items, it)
	}
	if len(items) != want {
		return nil, fmt.Errorf("section %s holds %d items, want %d", name, len(items), want)
	}
	s.c.Release(name)
	s.shards[n] = items
	return items, nil
}
