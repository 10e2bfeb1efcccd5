package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ace/core/bundle"
	"ace/core/sense"
)

// A bundle with word vectors names their sources behind the collection's own
// credits and carries WordNet's licence; one without says nothing of them.
func TestCredits(t *testing.T) {
	table, err := sense.New([]string{"dog"}, []float32{1}, 1)
	if err != nil {
		t.Fatal(err)
	}
	own := credit{"Someone", "https://example.org/"}
	for name, c := range map[string]struct {
		about string
		table *sense.Table
		want  []credit
	}{
		"vectors and credits": {`{"credits": [{"text": "Someone", "url": "https://example.org/"}]}`, table, []credit{own, wordsCredit}},
		"vectors":             {`{}`, table, []credit{wordsCredit}},
		"credits":             {`{"credits": [{"text": "Someone", "url": "https://example.org/"}]}`, nil, []credit{own}},
		"neither":             {`{}`, nil, nil},
	} {
		root := t.TempDir()
		if err := os.WriteFile(filepath.Join(root, aboutFile), []byte(c.about), 0o644); err != nil {
			t.Fatal(err)
		}
		s := site{col: collection{root: root}, index: index{meaning: meaning{table: c.table}}}
		b := bundle.NewBuilder(bundle.Bundle)
		if err := s.describe(b); err != nil {
			t.Fatal(err)
		}
		file, err := b.File()
		if err != nil {
			t.Fatal(err)
		}
		made, err := bundle.OpenBytes(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		var got []credit
		var notice string
		for key, into := range map[string]any{"credits": &got, metaNotice: &notice} {
			if slices.Contains(made.MetaKeys(), key) {
				if err := made.Meta(key, into); err != nil {
					t.Fatal(err)
				}
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: credits %v, want %v", name, got, c.want)
		}
		if has := notice == wordNetLicence; has != (c.table != nil) {
			t.Errorf("%s: notice %q", name, notice)
		}
	}
}

// The licence is the same wherever the word vectors are.
func TestNotice(t *testing.T) {
	for _, path := range []string{"../../NOTICE", "../../assets/base/README"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(string(text), wordNetLicence) {
			t.Errorf("%s does not end with the licence of WordNet", path)
		}
	}
}
