package media

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"

	"ace/core"
)

// maxLine bounds a line of an items file, in bytes.
const maxLine = 1 << 20

// entry is an item before its file was looked at.
type entry struct {
	core.Item
	hasKind bool // the source says which kind it is
}

// parseItems reads an items file. Blank lines are passed over and fields that
// it does not know ignored; errors name the file and the line.
func parseItems(r io.Reader, name string) ([]entry, error) {
	var entries []entry
	lines := map[string]int{} // id -> line
	err := eachLine(r, name, func(line int, b []byte) error {
		e, err := parseItem(b)
		if err != nil {
			return err
		}
		if first, ok := lines[e.ID]; ok {
			return fmt.Errorf("id %q is already taken by line %d", e.ID, first)
		}
		lines[e.ID] = line
		entries = append(entries, e)
		return nil
	})
	return entries, err
}

// eachLine calls f with every line that is not blank. Lines count from 1.
func eachLine(r io.Reader, name string, f func(line int, b []byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	line := 0
	for s.Scan() {
		line++
		b := s.Bytes()
		if line == 1 {
			b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
		}
		if b = bytes.TrimSpace(b); len(b) == 0 {
			continue
		}
		if err := f(line, b); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("%s:%d: the line is longer than %d bytes", name, line+1, maxLine)
	}
	if s.Err() != nil {
		return fmt.Errorf("%s:%d: %w", name, line+1, s.Err())
	}
	return nil
}

func parseItem(b []byte) (entry, error) {
	var v struct {
		ID       string            `json:"id"`
		File     string            `json:"file"`
		Modality *string           `json:"modality"`
		Title    string            `json:"title"`
		URL      string            `json:"url"`
		Captions []string          `json:"captions"`
		Keywords []string          `json:"keywords"`
		Meta     map[string]string `json:"meta"`
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return entry{}, badJSON(err)
	}
	switch {
	case v.ID == "":
		return entry{}, errors.New("the item has no id")
	case strings.ContainsFunc(v.ID, unicode.IsControl):
		return entry{}, fmt.Errorf("id %q holds a control character", v.ID)
	}
	file, err := relative(v.File)
	if err != nil {
		return entry{}, fmt.Errorf("item %q: %w", v.ID, err)
	}
	e := entry{Item: core.Item{
		ID: v.ID, File: file, Title: strings.TrimSpace(v.Title), URL: v.URL,
		Captions: tidy(v.Captions), Keywords: tidy(v.Keywords), Meta: v.Meta,
	}}
	if v.Modality != nil {
		if e.Kind, err = core.ParseKind(*v.Modality); err != nil {
			return entry{}, fmt.Errorf("item %q: modality: %w", v.ID, err)
		}
		e.hasKind = true
	}
	return e, nil
}

// relative checks a file's name as an items file gives it. It may lead out of
// the folder (../): media often lie beside the collections that name them.
func relative(file string) (string, error) {
	switch {
	case file == "":
		return "", errors.New("it has no file")
	case path.IsAbs(file):
		return "", fmt.Errorf("file %q: want a path relative to the items file", file)
	case strings.ContainsRune(file, 0):
		return "", fmt.Errorf("file %q holds a zero byte", file)
	}
	return path.Clean(file), nil
}

// tidy trims texts and drops empty ones and repetitions.
func tidy(texts []string) []string {
	var out []string
	seen := make(map[string]bool, len(texts))
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" && !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

func badJSON(err error) error {
	var t *json.UnmarshalTypeError
	if errors.As(err, &t) {
		if t.Field == "" {
			return fmt.Errorf("bad JSON: want an object, found %s", t.Value)
		}
		return fmt.Errorf("%s: want %s, found %s", t.Field, wants(t.Field), t.Value)
	}
	return fmt.Errorf("bad JSON: %w", err)
}

// wants says what an items file holds in a field.
func wants(field string) string {
	switch strings.ToLower(field) {
	case "captions", "keywords":
		return "a list of strings"
	case "meta":
		return "an object of strings"
	}
	return "a string"
}
