package media

import (
	"fmt"

	"ace/core"
)

// Source is who says something about an item: a table and its line, a sidecar,
// the file's own tags, a page, or its name.
type Source struct {
	Name               string
	Title, URL         string
	Captions, Keywords []string
	Meta               map[string]string
}

// Explanation is an item and where its words come from, in the order in which
// the sources count: of titles, addresses and metadata the first stands, captions
// and keywords are joined.
type Explanation struct {
	Item    core.Item
	Path    string
	Sources []Source
}

// Explain reads a collection as LoadWith does and tells of one item, by its id
// or its file.
func Explain(path, item string, o Options) (*Explanation, error) {
	c, said, err := load(path, o)
	if err != nil {
		return nil, err
	}
	for i := range c.Items {
		if c.Items[i].ID != item && c.Items[i].File != item {
			continue
		}
		e := &Explanation{Item: c.Items[i], Path: c.Path(i)}
		for _, k := range said[i] {
			e.Sources = append(e.Sources, Source{k.source, k.title, k.url, tidy(k.captions), tidy(k.keywords), k.meta})
		}
		return e, nil
	}
	for _, s := range c.Skipped {
		if s.File == item {
			return nil, fmt.Errorf("%s: %s is skipped: %s", path, item, s.Reason)
		}
	}
	return nil, fmt.Errorf("%s: no item or file %q", path, item)
}
