package index

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"ace/core"
	"ace/core/bundle"
	"ace/core/search"
)

// What the files between the steps hold makes the same bundle.
func TestStore(t *testing.T) {
	ctx, x := context.Background(), trained(t)
	want := bundleOf(t, x)
	col := Collection{Root: "/some/where", Items: made.seen.Items}
	b := bundle.NewBuilder(bundle.Weights)
	if err := x.Write(b, col); err != nil {
		t.Fatal(err)
	}
	again, y, err := Read(ctx, open(t, fileOf(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, col) {
		t.Errorf("the collection is another: %+v", again)
	}
	if !slices.Equal(bundleOf(t, y), want) {
		t.Error("the index makes another bundle")
	}

	b = bundle.NewBuilder(bundle.Identifiers)
	if err := made.m.Write(b); err != nil {
		t.Fatal(err)
	}
	c := open(t, fileOf(t, b))
	m, err := ReadMeaning(ctx, c, col.Items)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.learn, made.m.learn) || m.Vocabulary().Size() != made.m.Vocabulary().Size() || m.seed != made.m.seed {
		t.Error("the meaning is another")
	}
	if _, err := ReadMeaning(ctx, c, col.Items[1:]); err == nil {
		t.Error("the meaning of other items is read")
	}
}

// A collection is read as it was written, and no line that is no item.
func TestCollection(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]Collection{
		"none": {Root: "/a"},
		"some": {Root: "/a b", Items: []core.Item{{ID: "1", File: "x.png", Captions: []string{"two\nlines", "\u2028"}},
			{ID: "2", File: "y.wav", Kind: core.Audio, Meta: map[string]string{"k": "v"}}}},
	} {
		b := bundle.NewBuilder(bundle.Features)
		if err := c.Write(b); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadCollection(ctx, open(t, fileOf(t, b))); err != nil || !reflect.DeepEqual(got, c) {
			t.Errorf("%s: %+v, error %v, want %+v", name, got, err, c)
		}
	}
	b := bundle.NewBuilder(bundle.Features)
	b.SetMeta("root", "/")
	b.AddBlob(SectCollection, []byte("{\"id\":\"1\"}\n{\n"), true)
	if _, err := ReadCollection(ctx, open(t, fileOf(t, b))); err == nil || err.Error() != "item 1: unexpected end of JSON input" {
		t.Errorf("a broken line: error %v", err)
	}
	if _, err := ReadCollection(ctx, open(t, fileOf(t, bundle.NewBuilder(bundle.Features)))); err == nil {
		t.Error("a container without a collection has one")
	}
}

// A copy of all sections has the same in the same order; one that is left out is not there.
func TestCopySections(t *testing.T) {
	ctx := context.Background()
	file := bundleOf(t, trained(t))
	copied := func(but ...string) *bundle.Container {
		c, b := open(t, file), bundle.NewBuilder(bundle.Bundle)
		if err := CopySections(ctx, b, c, but...); err != nil {
			t.Fatal(err)
		}
		return open(t, fileOf(t, b))
	}
	c, all := open(t, file), copied()
	if !reflect.DeepEqual(all.Sections(), c.Sections()) || !reflect.DeepEqual(all.Tensors(), c.Tensors()) {
		t.Errorf("a copy has other sections: %v, want %v", all.Sections(), c.Sections())
	}
	for _, s := range copied(search.Frozen, "trie").Sections() {
		if s.Name == search.Frozen || s.Name == "trie" {
			t.Errorf("section %s was to be left out", s.Name)
		}
	}
}
