package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ace/core/bundle"
	"ace/train/index"
)

// A bundle with word vectors names their sources behind the collection's own
// credits and carries WordNet's licence; one without says nothing of them.
func TestCredits(t *testing.T) {
	own := credit{"Someone", "https://example.org/"}
	for name, c := range map[string]struct {
		about string
		words bool
		want  []credit
	}{
		"vectors and credits": {`{"credits": [{"text": "Someone", "url": "https://example.org/"}]}`, true, []credit{own, wordsCredit}},
		"vectors":             {`{}`, true, []credit{wordsCredit}},
		"credits":             {`{"credits": [{"text": "Someone", "url": "https://example.org/"}]}`, false, []credit{own}},
		"neither":             {`{}`, false, nil},
	} {
		root := t.TempDir()
		if err := os.WriteFile(filepath.Join(root, aboutFile), []byte(c.about), 0o644); err != nil {
			t.Fatal(err)
		}
		b := bundle.NewBuilder(bundle.Bundle)
		if err := describe(b, index.Collection{Root: root}, c.words); err != nil {
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
		if has := notice == wordNetLicence; has != (c.words) {
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
