package search

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"sync"

	"ace/core"
	"ace/core/bundle"
)

// shelf fetches item shards when they are first needed and keeps them.
type shelf struct {
	c      *bundle.Container
	meta   itemsMeta
	shards map[int]*shard
}

// shard is a run of items, each read when it is first asked for: a first answer
// shows a few of hundreds.
type shard struct {
	name  string
	items []core.Item
	lines [][]byte // of the items that were not read yet; nil of those that were
}

// item is item i in identifier order.
func (s *shelf) item(ctx context.Context, i int) (core.Item, error) {
	h, err := s.fetch(ctx, i/s.meta.Shard)
	if err != nil {
		return core.Item{}, err
	}
	i %= s.meta.Shard
	err = h.read(i)
	return h.items[i], err
}

// shard gives all items of shard n.
func (s *shelf) shard(ctx context.Context, n int) ([]core.Item, error) {
	h, err := s.fetch(ctx, n)
	if err != nil {
		return nil, err
	}
	for i := range h.items {
		if err := h.read(i); err != nil {
			return nil, err
		}
	}
	return h.items, nil
}

func (h *shard) read(i int) error {
	if h.lines[i] == nil {
		return nil
	}
	err := bundle.CheckJSON(h.lines[i])
	if err == nil {
		err = json.Unmarshal(h.lines[i], &h.items[i])
	}
	if err == nil {
		err = h.items[i].CheckLook()
	}
	if err != nil {
		return fmt.Errorf("section %s, item %d: %w", h.name, i, err)
	}
	h.lines[i] = nil
	return nil
}

// gather fetches the shards of items, some side by side: each takes a way to the
// server and back.
func (s *shelf) gather(ctx context.Context, items iter.Seq[int]) error {
	var missing []int
	for i := range items {
		n := i / s.meta.Shard
		if _, ok := s.shards[n]; !ok && !slices.Contains(missing, n) {
			missing = append(missing, n)
		}
	}
	for some := range slices.Chunk(missing, sideBySide) {
		errs := make([]error, len(some))
		var wg sync.WaitGroup
		for i, n := range some {
			wg.Go(func() { _, errs[i] = s.c.Section(ctx, shardName(n)) })
		}
		wg.Wait()
		for i, n := range some {
			if errs[i] == nil {
				_, errs[i] = s.fetch(ctx, n)
			}
			if errs[i] != nil {
				return errs[i]
			}
		}
	}
	return nil
}

const sideBySide = 8

// all has one item of each shard.
func (s *shelf) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < s.meta.Count && yield(i); i += s.meta.Shard {
		}
	}
}

func (s *shelf) fetch(ctx context.Context, n int) (*shard, error) {
	if h, ok := s.shards[n]; ok {
		return h, nil
	}
	name := shardName(n)
	data, err := s.c.Section(ctx, name)
	if err != nil {
		return nil, err
	}
	want := min(s.meta.Shard, s.meta.Count-n*s.meta.Shard)
	lines := make([][]byte, 0, min(want, len(data)))
	for line := range bytes.Lines(data) {
		lines = append(lines, line)
	}
	if len(lines) != want {
		return nil, fmt.Errorf("section %s holds %d items, want %d", name, len(lines), want)
	}
	s.c.Release(name)
	h := &shard{name, make([]core.Item, want), lines}
	s.shards[n] = h
	return h, nil
}
