package media

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// parseTableLines reads one JSON object a line: file and the fields of a sidecar.
func parseTableLines(r io.Reader, name string, o Options, each func(string, known) error) error {
	return eachLine(r, name, func(line int, b []byte) error {
		file, k, err := parseObject(b, o)
		if err != nil {
			return err
		}
		k.source = fmt.Sprintf("%s:%d", name, line)
		return each(file, k)
	})
}

// parseTableJSON reads a list of objects, alone or as the one list of an object.
func parseTableJSON(r io.Reader, name string, o Options, each func(string, known) error) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		var object map[string]json.RawMessage
		if json.Unmarshal(b, &object) != nil {
			return fmt.Errorf("%s: %w", name, badJSON(err))
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if json.Unmarshal(object[key], &list) == nil && len(list) > 0 {
				break
			}
		}
	}
	for i, raw := range list {
		file, k, err := parseObject(raw, o)
		if err == nil {
			k.source = fmt.Sprintf("%s, entry %d", name, i+1)
			err = each(file, k)
		}
		if err != nil {
			return fmt.Errorf("%s: entry %d: %w", name, i+1, err)
		}
	}
	return nil
}

// parseObject reads an object that names its file. Members that are not fields
// of ours are metadata if they are strings, numbers or truth values.
func parseObject(b []byte, o Options) (file string, k known, err error) {
	if k, err = parseSidecar(b); err != nil {
		return "", k, err
	}
	var object map[string]any
	if err := json.Unmarshal(b, &object); err != nil {
		return "", k, badJSON(err)
	}
	overridden := map[string]bool{}
	for _, c := range o.Columns {
		overridden[strings.ToLower(c)] = true
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		_, isOurs := columns[strings.ToLower(key)]
		text, isText := object[key].(string)
		switch {
		case o.isFile(key):
			if isText && file == "" {
				file = filepath.ToSlash(text)
			}
		case slices.Contains(sidecarFields, key) && !overridden[strings.ToLower(key)], key == "meta":
		case isText:
			o.put(&k, key, text)
		default:
			switch v := object[key].(type) {
			case float64, bool:
				if !isOurs {
					o.put(&k, key, fmt.Sprint(v))
				}
			case []any:
				for _, v := range v {
					if text, ok := v.(string); ok && (isOurs || overridden[strings.ToLower(key)]) {
						o.put(&k, key, text)
					}
				}
			}
		}
	}
	return file, k, nil
}
