package search

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"ace/core"
)

func TestFacets(t *testing.T) {
	s := shopOf(210, 0, []int{4, 4, 3})
	for i := range s.Items {
		s.Items[i].Meta["number"] = fmt.Sprint(i)                 // tells each apart
		s.Items[i].Meta["size"] = []string{"big", "small"}[i%3%2] // small: every third
		if i < 50 {
			s.Items[i].Meta["subtitles"] = fmt.Sprint(i, ".vtt") // of some, and tells them apart
		}
		if i < 20 {
			s.Items[i].Meta["rare"] = fmt.Sprint(i % 2)
		}
	}
	if got := fieldsOf(s.Items); !slices.Equal(got, []string{"shelf", "size"}) {
		t.Errorf("a page is told of %v", got)
	}
	r := s.open(t)
	ctx := context.Background()
	audio := core.Audio
	for _, of := range []Selection{{}, {Kind: &audio}, {Filter: Filter{"size": {"small"}}},
		{Kind: &audio, Filter: Filter{"size": {"small"}, "shelf": {"3", "5"}}}} {
		f, err := r.Facets(ctx, of)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Fields) != 2 || f.Fields[0].Name != "shelf" || f.Fields[1].Name != "size" || f.Fields[1].Values[0].Text != "big" {
			t.Fatalf("fields %+v", f.Fields)
		}
		// Each count is what Select gives of the selection with that value instead.
		count := func(kind *core.Kind, key, value string) int {
			filter := Filter{}
			maps.Copy(filter, of.Filter)
			if key != "" {
				filter[key] = []string{value}
			}
			set, err := r.Select(ctx, Selection{Kind: kind, Filter: filter})
			if err != nil {
				t.Fatal(err)
			}
			return set.Count(r.trie.Root())
		}
		for _, field := range f.Fields {
			for _, v := range field.Values {
				if want := count(of.Kind, field.Name, v.Text); v.Count != want {
					t.Errorf("%+v: %s %s has %d, want %d", of, field.Name, v.Text, v.Count, want)
				}
			}
		}
		for k, n := range f.Kinds {
			kind := core.Kind(k)
			if want := count(&kind, "", ""); n != want {
				t.Errorf("%+v: %d of kind %s, want %d", of, n, kind, want)
			}
		}
	}
}
