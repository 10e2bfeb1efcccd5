package main

import (
	"strings"

	"ace/core"
	"ace/core/search"
)

// filterFlags restrict a search; what is given must all hold.
type filterFlags struct {
	Kind   string   `placeholder:"KIND" help:"Only this kind: image, audio or video."`
	Filter []string `placeholder:"KEY=VALUE" sep:"none" help:"Only items with this meta value, or for tag=VALUE with this keyword. May be given again: items must have each key, with one of its values."`
	IDs    string   `name:"ids" placeholder:"IDS.txt" help:"Only these items, an id a line."`
}

// selection is what the flags say.
func (c *filterFlags) selection() (s search.Selection, err error) {
	if c.Kind != "" {
		k, err := core.ParseKind(c.Kind)
		if err != nil {
			return s, usageError{err}
		}
		s.Kind = &k
	}
	for _, f := range c.Filter {
		key, value, ok := strings.Cut(f, "=")
		if !ok || key == "" {
			return s, usage("--filter %s", "a filter is KEY=VALUE", f)
		}
		if s.Filter == nil {
			s.Filter = search.Filter{}
		}
		s.Filter[key] = append(s.Filter[key], value)
	}
	if c.IDs != "" {
		s.IDs = map[string]bool{}
		err = eachLine(c.IDs, func(line []byte) error {
			s.IDs[string(line)] = true
			return nil
		})
	}
	return s, err
}
