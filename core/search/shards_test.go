package search

import (
	"context"
	"testing"

	"ace/core"
	"ace/core/bundle"
)

// TestShardsOnDemand: metadata are fetched of the items that are shown, and of all
// only where a filter asks for what they say.
func TestShardsOnDemand(t *testing.T) {
	ctx := context.Background()
	const shards = 8
	r := opened(t, collectionOf(shards*leastShard-5), bundle.I8)
	if len(r.shelf.shards) != 0 {
		t.Fatalf("%d shards are fetched to open the bundle", len(r.shelf.shards))
	}
	want := map[int]bool{}
	kind := core.Audio
	for _, o := range []Options{{Limit: 2}, {Limit: 3, Kind: &kind}} {
		a, err := r.Search(ctx, "thing", o)
		if err != nil || len(a.Hits) != o.Limit {
			t.Fatalf("%v, %d hits", err, len(a.Hits))
		}
		for _, h := range a.Hits {
			want[h.Index/leastShard] = true
		}
		for n := range r.shelf.shards {
			if !want[n] {
				t.Errorf("%+v: shard %d is fetched, of which nothing is shown", o, n)
			}
		}
	}
	if _, err := r.Items(ctx, 5*leastShard-1, 5*leastShard+1); err != nil {
		t.Fatal(err)
	}
	want[4], want[5] = true, true
	if len(r.shelf.shards) != len(want) || len(want) == shards {
		t.Errorf("%d shards are fetched, want %d of %d", len(r.shelf.shards), len(want), shards)
	}
	if _, err := r.Search(ctx, "thing", Options{Filter: Filter{"parity": {"even"}}}); err != nil || len(r.shelf.shards) != shards {
		t.Errorf("%v, %d shards are fetched to filter", err, len(r.shelf.shards))
	}
}
