// Package vectors holds containers that a reader must accept or refuse: each is
// the golden bundle of version 1 with changes that vectors.txt describes, and
// what is to be said of it. Tests of readers in Go, natively and in a browser,
// run all of them.
package vectors

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"testing/fstest"

	"ace/core/bundle"
)

// Golden is a small bundle with all sections that a search reads, as one file.
//
//go:embed bundle.v1.ace
var Golden []byte

//go:embed vectors.txt
var table string

// Stage says which reader refuses a vector first.
type Stage string

// The stages, in the order of docs/format.md. Each reader accepts what a later
// one refuses.
const (
	Open   Stage = "open"   // the container
	Load   Stage = "load"   // a section of it
	Search Stage = "search" // what a search reads when it opens a bundle
	Verify Stage = "verify" // what a search comes upon later, or never
	OK     Stage = "ok"     // nobody
)

// Vector is a container, as one file or as a folder.
type Vector struct {
	Name  string
	Stage Stage
	Want  string // part of what the reader says; empty for OK
	File  []byte // one of the two
	Dir   fstest.MapFS
}

// Source reads the vector.
func (v *Vector) Source() (bundle.Source, error) {
	if v.Dir != nil {
		return bundle.FromFS(v.Dir), nil
	}
	return bundle.FromBytes(v.File)
}

// All makes the vectors. One that says nothing of its carrier comes in both.
func All() ([]Vector, error) {
	var all []Vector
	for entry := range strings.SplitSeq(table, "\n\n") {
		name, steps, err := parse(entry)
		if err != nil {
			return nil, err
		}
		if name == "" {
			continue
		}
		made, err := build(name, steps)
		if err != nil {
			return nil, fmt.Errorf("vector %s: %w", name, err)
		}
		all = append(all, made...)
	}
	return all, nil
}

// step is a line of an entry: a verb and its arguments, strings unquoted.
type step struct {
	verb string
	args []string
}

// parse reads an entry: a name, and behind it indented steps. Lines that begin
// with # say something to people.
func parse(entry string) (name string, steps []step, err error) {
	for line := range strings.Lines(entry) {
		text := strings.TrimSpace(line)
		switch {
		case text == "" || text[0] == '#':
		case line[0] != '\t':
			name = text
		default:
			words, err := split(text)
			if err != nil {
				return name, nil, fmt.Errorf("vector %s: %s: %w", name, text, err)
			}
			steps = append(steps, step{words[0], words[1:]})
		}
	}
	return name, steps, nil
}

// split takes a line apart at its spaces. A word in quotes is a string of Go;
// N*"..." is it N times; ... behind a colon at the end of a word is the rest.
func split(text string) (words []string, err error) {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		times, quoted := 1, text
		if n, rest, ok := strings.Cut(text, "*\""); ok && strings.Trim(n, "0123456789") == "" {
			if times, err = strconv.Atoi(n); err != nil {
				return nil, err
			}
			quoted = "\"" + rest
		}
		if quoted[0] != '"' {
			word, rest, _ := strings.Cut(text, " ")
			if words = append(words, strings.TrimSuffix(word, ":")); strings.HasSuffix(word, ":") {
				return append(words, strings.TrimSpace(rest)), nil
			}
			text = rest
			continue
		}
		q, err := strconv.QuotedPrefix(quoted)
		if err != nil {
			return nil, err
		}
		s, err := strconv.Unquote(q)
		if err != nil {
			return nil, err
		}
		words, text = append(words, strings.Repeat(s, times)), quoted[len(q):]
	}
	return words, nil
}

// build carries the steps out, in three parts: on the content, on what a
// Builder makes of it, and on the carrier.
func build(name string, steps []step) ([]Vector, error) {
	c, err := read()
	if err != nil {
		return nil, err
	}
	var w *written
	var files carrier
	v := Vector{Name: name}
	for _, s := range steps {
		if s.verb == "expect" {
			v.Stage = Stage(s.args[0])
			if len(s.args) > 1 {
				v.Want = s.args[1]
			}
			continue
		}
		if files == nil && w == nil {
			if known, err := c.apply(s); known || err != nil {
				if err != nil {
					return nil, fmt.Errorf("%s: %w", s.verb, err)
				}
				continue
			}
		}
		if w == nil {
			if w, err = c.write(); err != nil {
				return nil, err
			}
		}
		if files == nil {
			if known, err := w.apply(s); known || err != nil {
				if err != nil {
					return nil, fmt.Errorf("%s: %w", s.verb, err)
				}
				continue
			}
			if s.verb == "folder" {
				files = w.folder()
				continue
			}
			files = w.file()
		}
		if err := files.apply(s, w); err != nil {
			return nil, fmt.Errorf("%s: %w", s.verb, err)
		}
	}
	if (v.Stage == OK) != (v.Want == "") || v.Stage == "" {
		return nil, fmt.Errorf("expects %q, %q", v.Stage, v.Want)
	}
	if w == nil {
		if w, err = c.write(); err != nil {
			return nil, err
		}
	}
	if files != nil {
		return []Vector{files.vector(v)}, nil
	}
	one, many := v, v
	one.Name, many.Name = name+" in a file", name+" in a folder"
	return []Vector{w.file().vector(one), w.folder().vector(many)}, nil
}
