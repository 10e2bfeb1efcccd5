package main

import (
	"maps"
	"slices"
	"syscall/js"
	"testing"

	"ace/core/search"
)

func TestFilterTravels(t *testing.T) {
	for _, filter := range []map[string]string{nil, {"group": "a \"b\""}, {"x": "1", "tag": "é"}} {
		got := filterOf(js.ValueOf(filterText(filter)))
		want := search.Filter{}
		for k, v := range filter {
			want[k] = []string{v}
		}
		if !maps.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%v arrives as %v", filter, got)
		}
	}
	for _, odd := range []js.Value{js.Undefined(), js.Null(), js.ValueOf(3), js.ValueOf("{")} {
		if got := filterOf(odd); len(got) > 0 {
			t.Errorf("%v is read as %v", odd, got)
		}
	}
}
