package search

import (
	"encoding/json"
	"fmt"
	"slices"

	"ace/core"
)

// Filter restricts a search to items that have, for each of its keys, one of the
// key's values, letter for letter: in their meta data or, for the key Tag, among
// their keywords or in their meta data. As JSON a value may stand without a list.
type Filter map[string][]string

// Tag is the key by which a Filter asks for keywords.
const Tag = "tag"

// Has tells whether an item passes.
func (f Filter) Has(it *core.Item) bool {
	for key, values := range f {
		if !has(it, key, values) {
			return false
		}
	}
	return true
}

// has tells whether an item has one of the values of a key.
func has(it *core.Item, key string, values []string) bool {
	if v, ok := it.Meta[key]; ok && slices.Contains(values, v) {
		return true
	}
	return key == Tag && slices.ContainsFunc(it.Keywords, func(w string) bool { return slices.Contains(values, w) })
}

// UnmarshalJSON implements json.Unmarshaler.
func (f *Filter) UnmarshalJSON(data []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("a filter: %w", err)
	}
	*f = nil
	for key, value := range raw {
		var list []string
		var one string
		err := json.Unmarshal(value, &one)
		if err == nil {
			list = []string{one}
		} else if err = json.Unmarshal(value, &list); err != nil {
			return fmt.Errorf("a filter by %q: %w", key, err)
		}
		if *f == nil {
			*f = Filter{}
		}
		(*f)[key] = list
	}
	return nil
}
