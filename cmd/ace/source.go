package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"ace/core"
	"ace/train/media"
)

// sourceFlags say how a collection that is no items file is read.
type sourceFlags struct {
	Column map[string]string `placeholder:"FIELD=HEADING" help:"Of a CSV, TSV or JSON table: which column is file, caption, keywords, title, url or modality, where the headings do not tell."`
	Pages  string            `placeholder:"URL" help:"Where the pages of an HTML export stand, for links back to them; / by default."`
}

// options checks them.
func (f *sourceFlags) options() (media.Options, error) {
	for field := range f.Column {
		if !slices.Contains(media.Fields, field) {
			return media.Options{}, usage("--column %s=%s: unknown field", "one of "+strings.Join(media.Fields, ", "), field, f.Column[field])
		}
	}
	return media.Options{Columns: f.Column, Pages: f.Pages}, nil
}

// explain prints where each word about an item comes from.
func (f *sourceFlags) explain(t *out, source, item string) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	e, err := media.Explain(source, item, o)
	if err != nil {
		return err
	}
	t.print("%s: %s, %s", e.Item.ID, e.Item.File, mediumText(e))
	for _, s := range e.Sources {
		t.print("%s", s.Name)
		for _, v := range []struct {
			name   string
			values []string
		}{{"title", one(s.Title)}, {"caption", s.Captions}, {"keyword", s.Keywords}, {"url", one(s.URL)}} {
			for _, text := range v.values {
				t.print("  %-8s %s", v.name, text)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(s.Meta)) {
			t.print("  %-8s %s: %s", "meta", key, s.Meta[key])
		}
	}
	return nil
}

func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// mediumText says what is in a file.
func mediumText(e *media.Explanation) string {
	s, err := media.Decode(e.Path, e.Item.Kind)
	if err != nil {
		return "cannot be read: " + media.Reason(err)
	}
	var parts []string
	if e.Item.Kind != core.Audio {
		parts = append(parts, fmt.Sprintf("%d x %d pixels", s.Width, s.Height))
	}
	if s.Duration > 0 {
		parts = append(parts, s.Duration.Round(10*time.Millisecond).String())
	}
	return e.Item.Kind.String() + ", " + strings.Join(parts, ", ")
}

// tellMissing says once what an absent program would bring.
func tellMissing(t *out, skipped []media.Skip) {
	n := 0
	for _, s := range skipped {
		if strings.Contains(s.Reason, media.ErrFFmpeg.Error()) {
			n++
		}
	}
	if n > 0 {
		t.say("%s would be read if ffmpeg were installed: AVIF, films other than animated pictures, M4A, AIFF", count(n, "file"))
	}
}
