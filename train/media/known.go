package media

import (
	"bytes"
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

// columns are the names, in lower case, under which tables and sidecars give
// our fields; a name that is not among them is metadata.
var columns = map[string]string{
	"title": "title", "name": "title", "titel": "title", "titre": "title", "título": "title", "titolo": "title",
	"url": "url", "link": "url",
	"modality": "modality",
	"caption":  "caption", "captions": "caption", "description": "caption", "alt": "caption", "alt_text": "caption", "alt text": "caption", "alttext": "caption", "text": "caption",
	"beschreibung": "caption", "bildbeschreibung": "caption", "légende": "caption", "descripción": "caption", "descrizione": "caption",
	"keyword": "keywords", "keywords": "keywords", "tags": "keywords", "tag": "keywords", "subject": "keywords", "subjects": "keywords",
	"schlagworte": "keywords", "schlagwörter": "keywords", "mots-clés": "keywords", "palabras clave": "keywords",
}

// field puts the value of a named field of a table or sidecar in its place.
func (k *known) field(name, value string) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	field, ok := columns[strings.ToLower(name)]
	if !ok {
		field = name
	}
	k.put(field, value, ok)
}

// put fills a field of ours or, where it is none, metadata.
func (k *known) put(field, value string, ours bool) {
	switch {
	case ours && field == "title":
		k.title = value
	case ours && field == "url":
		k.url = value
	case ours && field == "modality":
		k.kind = value
	case ours && field == "caption":
		k.captions = append(k.captions, value)
	case ours && field == "keywords":
		k.keywords = append(k.keywords, strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' || r == '|' })...)
	default:
		if k.meta == nil {
			k.meta = map[string]string{}
		}
		k.meta[field] = value
	}
}

// maxSidecar bounds a sidecar, in bytes.
const maxSidecar = 1 << 20

// sidecars reads what lies beside a file: NAME.txt, every line of which is a
// caption, NAME.json, NAME.xmp and, beside sounds and films, the transcripts
// NAME.vtt and NAME.srt. NAME is the file's name with or without its extension.
// exists says which files there are.
func sidecars(root, file string, kind core.Kind, exists map[string]bool) ([]known, error) {
	var said []known
	for _, base := range []string{strings.TrimSuffix(file, path.Ext(file)), file} {
		for _, ext := range []string{".txt", ".json", ".supplemental-metadata.json", ".xmp", ".vtt", ".srt"} {
			name := base + ext
			if !exists[name] || kind == core.Image && (ext == ".vtt" || ext == ".srt") {
				continue
			}
			text, err := readSidecar(root, name)
			if err != nil {
				return nil, err
			}
			var k known
			switch ext {
			case ".txt":
				k.captions = tidy(strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n"))
			case ".xmp":
				k, err = parseXMP(bytes.NewReader(text))
			case ".vtt", ".srt":
				k.captions = transcript(string(text))
				if kind == core.Video {
					k.meta = map[string]string{Subtitles: name}
				}
			default:
				k, err = parseSidecar(text)
				if k.title == path.Base(file) { // as some exports have it
					k.title = ""
				}
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", filepath.Join(root, filepath.FromSlash(name)), err)
			}
			k.source = name
			said = append(said, k)
		}
	}
	return said, nil
}

func readSidecar(root, file string) ([]byte, error) {
	p := filepath.Join(root, filepath.FromSlash(file))
	info, err := os.Stat(p)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSidecar {
		return nil, fmt.Errorf("%s: want a text of at most %d bytes", p, maxSidecar)
	}
	return os.ReadFile(p)
}

// sidecarFields are the members of a sidecar that are read.
var sidecarFields = []string{"title", "url", "modality", "caption", "captions", "description", "alt", "keywords", "tags"}

// parseSidecar reads a JSON object about one file: the fields of an items file,
// each a string or a list of strings, and meta. Other fields are ignored.
func parseSidecar(b []byte) (known, error) {
	var k known
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return k, badJSON(err)
	}
	for _, name := range sidecarFields {
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
