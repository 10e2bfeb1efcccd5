package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"ace/core"
	"ace/core/bundle"
)

// verifyItems checks the shards: there are those that the count asks for and no
// others, each holds its items, one a line, and each item is of the kind that
// the trie says.
func verifyItems(ctx context.Context, in *bundle.Container, count, shard int, kinds []uint8) error {
	shards := (count-1)/shard + 1
	for _, s := range in.Sections() {
		var n int
		if rest, ok := strings.CutPrefix(s.Name, "items."); ok {
			if _, err := fmt.Sscanf(rest, "%d", &n); err != nil || n < 0 || n >= shards || fmt.Sprintf("items.%04d", n) != s.Name {
				return fmt.Errorf("section %s: %d items in shards of %d have no such shard", s.Name, count, shard)
			}
		}
	}
	ids := make(map[string]int, len(kinds))
	for n := range shards {
		name := fmt.Sprintf("items.%04d", n)
		data, err := in.Section(ctx, name)
		if err != nil {
			return err
		}
		items, err := readLines(data)
		if err != nil {
			return fmt.Errorf("section %s, %w", name, err)
		}
		from := n * shard
		if want := min(shard, count-from); len(items) != want {
			return fmt.Errorf("section %s holds %d items, want %d", name, len(items), want)
		}
		for i := range items {
			at := from + i
			if err := checkItem(&items[i]); err != nil {
				return fmt.Errorf("section %s, item %d: %w", name, i, err)
			}
			if first, twice := ids[items[i].ID]; twice {
				return fmt.Errorf("section %s, item %d: id %q is that of item %d too", name, i, items[i].ID, first)
			}
			if k := core.Kind(kinds[at]); items[i].Kind != k {
				return fmt.Errorf("section %s, item %d: modality %s, tensor kinds says %s", name, i, items[i].Kind, k)
			}
			ids[items[i].ID] = at
		}
		in.Release(name)
	}
	return nil
}

// readLines reads items, one JSON object a line.
func readLines(data []byte) ([]core.Item, error) {
	items := make([]core.Item, 0, bytes.Count(data, []byte("\n")))
	for line := range bytes.Lines(data) {
		var it core.Item
		err := bundle.CheckJSON(line)
		if err == nil {
			err = json.Unmarshal(line, &it)
		}
		if err == nil && line[len(line)-1] != '\n' {
			err = errors.New("no line feed behind it")
		}
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", len(items), err)
		}
		items = append(items, it)
	}
	return items, nil
}

// checkItem refuses an item that could not be shown.
func checkItem(it *core.Item) error {
	if it.ID == "" {
		return errors.New("no id")
	}
	if it.File == "" {
		return errors.New("no file")
	}
	if err := checkLink(it.File); err != nil {
		return fmt.Errorf("file: %w", err)
	}
	if err := checkLink(it.URL); err != nil {
		return fmt.Errorf("url: %w", err)
	}
	if err := checkLink(it.Thumb); err != nil {
		return fmt.Errorf("thumb: %w", err)
	}
	return it.CheckLook()
}

// checkLink refuses an address that a page must not follow: one that is no
// address, or whose scheme is not that of a page ("javascript:", "data:").
func checkLink(link string) error {
	if strings.ContainsFunc(link, unicode.IsControl) {
		return fmt.Errorf("%q holds a control character", link)
	}
	u, err := url.Parse(link)
	if err != nil {
		return err
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%q is not of http, https or relative", link)
	}
	return nil
}
