package search

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"ace/core"
	"ace/core/bundle"
)

// Items are read as they were written, over several shards, in identifier order.
func TestReadItems(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	c := Collection{Levels: []int{5, 300, 40}}
	for i := range 2*leastShard + 7 {
		c.Items = append(c.Items, core.Item{ID: fmt.Sprint(i), File: fmt.Sprintf("%d.png", i), Kind: core.Kind(rng.IntN(core.Kinds)), Captions: []string{"a thing <" + fmt.Sprint(i) + ">"}})
		c.IDs = append(c.IDs, core.ID{core.Token(rng.IntN(5)), core.Token(rng.IntN(300)), core.Token(rng.IntN(40))})
		c.Added = append(c.Added, i%9 == 4)
	}
	b := bundle.NewBuilder(bundle.Bundle)
	if err := WriteItems(b, c); err != nil {
		t.Fatal(err)
	}
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	in, err := bundle.OpenBytes(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadItems(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	want := Collection{Levels: c.Levels}
	for _, n := range c.Order() {
		want.Items, want.IDs = append(want.Items, c.Items[n]), append(want.IDs, c.IDs[n])
		want.Added = append(want.Added, c.Added[n])
	}
	if !reflect.DeepEqual(*got, want) {
		t.Error("what is read is not what was written")
	}
}
