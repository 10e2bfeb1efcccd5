package main

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"ace/core/bundle"
)

// TestFirstLook: what is fetched before the program asks are the shards of the items
// that it shows first.
func TestFirstLook(t *testing.T) {
	const shard = 64
	for _, shards := range []int{1, 7, 8, 9, 29, 200} {
		b := bundle.NewBuilder(bundle.Bundle)
		for n := range shards {
			b.AddBlob(fmt.Sprintf("items.%04d", n), []byte(fmt.Sprint(n)), false)
		}
		files, err := b.Dir()
		if err != nil {
			t.Fatal(err)
		}
		h := serveFiles(t, files)
		src := loader(t, quiet)
		src.loader.Call("start")
		c, err := bundle.Open(context.Background(), src)
		if err != nil {
			t.Fatal(err)
		}
		var asked, shown []string
		left := 0
		for i := range spread(shards*shard-5, shard) {
			if name := fmt.Sprintf("items.%04d", i/shard); !slices.Contains(shown, name) {
				shown = append(shown, name)
			}
			if left++; left == 200 {
				break
			}
		}
		slices.Sort(shown)
		for range 1000 { // until they are begun
			if len(h.asked) > len(shown) {
				break
			}
			time.Sleep(time.Millisecond)
		}
		for _, name := range h.asked {
			if name != bundle.ManifestFile {
				asked = append(asked, name[:len("items.0000")])
			}
		}
		slices.Sort(asked)
		if !slices.Equal(asked, shown) || len(shown) == 0 {
			t.Errorf("%d shards: %q are fetched at first, %q are shown", shards, asked, shown)
		}
		for _, name := range shown { // what is on its way arrives
			if _, err := c.Section(context.Background(), name); err != nil {
				t.Error(err)
			}
		}
		if len(h.asked) != 1+len(shown) {
			t.Errorf("%d shards: %q are fetched in the end", shards, h.asked)
		}
	}
}
