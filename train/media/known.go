package media

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"

	"ace/core"
)

// known is what sidecars and caption tables say about a file.
type known struct {
	source             string // the table and line that spoke first, for messages
	kind               string
	title, url         string
	captions, keywords []string
	meta               map[string]string
}

// empty says that there are no words: nothing that can be searched for.
func (k *known) empty() bool { return k.title == "" && len(k.captions) == 0 && len(k.keywords) == 0 }

// join adds what another source knows. What came first stands.
func (k *known) join(o known) {
	for _, f := range []struct {
		to   *string
		from string
	}{{&k.source, o.source}, {&k.kind, o.kind}, {&k.title, o.title}, {&k.url, o.url}} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
	k.captions = append(k.captions, o.captions...)
	k.keywords = append(k.keywords, o.keywords...)
	if k.meta == nil {
		k.meta = o.meta
		return
	}
	for key, v := range o.meta {
		if _, ok := k.meta[key]; !ok {
			k.meta[key] = v
		}
	}
}

// describe writes what is known into an item.
func (k *known) describe(e *entry) error {
	e.Title, e.URL = strings.TrimSpace(k.title), k.url
	e.Captions, e.Keywords = tidy(k.captions), tidy(k.keywords)
	e.Meta = maps.Clone(k.meta)
	if k.kind == "" {
		return nil
	}
	kind, err := core.ParseKind(k.kind)
	if err != nil {
		return fmt.Errorf("%s: %w", k.source, err)
	}
	e.Kind, e.hasKind = kind, true
	return nil
}

// field puts the value of a named field of a table or sidecar in its place. A
// name that is not one of ours is metadata.
func (k *known) field(name, value string) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	switch strings.ToLower(name) {
	case "title":
		k.title = value
	case "url":
		k.url = value
	case "modality":
		k.kind = value
	case "caption", "captions", "description", "alt":
		k.captions = append(k.captions, value)
	case "keyword", "keywords", "tags":
		k.keywords = append(k.keywords, strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' || r == '|' })...)
	default:
		if k.meta == nil {
			k.meta = map[string]string{}
		}
		k.meta[name] = value
	}
}

// maxSidecar bounds a sidecar, in bytes.
const maxSidecar = 1 << 20

// sidecars reads NAME.txt and NAME.json beside a file, NAME being the file's
// name with or without its extension. Every line of a .txt is a caption.
func sidecars(root, file string) (known, error) {
	var k known
	for _, base := range []string{strings.TrimSuffix(file, path.Ext(file)), file} {
		text, err := readSidecar(root, base+".txt")
		if err != nil {
			return k, err
		}
		k.captions = append(k.captions, strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n")...)
		object, err := readSidecar(root, base+".json")
		if err != nil {
			return k, err
		}
		if object == nil {
			continue
		}
		o, err := parseSidecar(object)
		if err != nil {
			return k, fmt.Errorf("%s: %w", filepath.Join(root, filepath.FromSlash(base+".json")), err)
		}
		k.join(o)
	}
	k.captions = tidy(k.captions)
	return k, nil
}

func readSidecar(root, file string) ([]byte, error) {
	p := filepath.Join(root, filepath.FromSlash(file))
	info, err := os.Stat(p)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSidecar {
		return nil, fmt.Errorf("%s: want a text of at most %d bytes", p, maxSidecar)
	}
	return os.ReadFile(p)
}

// parseSidecar reads a JSON object about one file: the fields of an items file,
// each a string or a list of strings, and meta. Other fields are ignored.
func parseSidecar(b []byte) (known, error) {
	var k known
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return k, badJSON(err)
	}
	for _, name := range []string{"title", "url", "modality", "caption", "captions", "description", "alt", "keywords", "tags"} {
		raw, ok := fields[name]
		if !ok {
			continue
		}
		var one string
		var many []string
		if json.Unmarshal(raw, &one) == nil {
			k.field(name, one)
		} else if err := json.Unmarshal(raw, &many); err != nil {
			return k, fmt.Errorf("%s: want a string or a list of strings", name)
		} else if name == "keywords" || name == "tags" {
			k.keywords = append(k.keywords, many...)
		} else {
			for _, v := range many {
				k.field(name, v)
			}
		}
	}
	if raw, ok := fields["meta"]; ok {
		if err := json.Unmarshal(raw, &k.meta); err != nil {
			return k, errors.New("meta: want an object of strings")
		}
	}
	return k, nil
}
