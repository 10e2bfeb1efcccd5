package main

import (
	"path/filepath"
	"slices"
	"testing"

	"ace/core"
	"ace/train/media"
)

// TestOwnFiles: what `ace remove --delete-media` may delete is an item's own, and
// nothing that a bundle of strangers could lead it to.
func TestOwnFiles(t *testing.T) {
	item := func(file, thumb, captions string) core.Item {
		return core.Item{File: file, Thumb: thumb, Meta: map[string]string{media.Subtitles: captions}}
	}
	for _, c := range []struct {
		it   core.Item
		base string
		want []string
	}{
		{item("media/a b.png", "", ""), "", []string{"media/a b.png"}},
		{item("media/a%20b.png", "thumbs/0.jpg", "captions/a.vtt"), "", []string{"media/a b.png", "thumbs/0.jpg", "captions/a.vtt"}},
		{item("https://cdn.example/media/x/a.png", "thumbs/0.jpg", ""), "https://cdn.example/", []string{"media/x/a.png", "thumbs/0.jpg"}},
		{item("https://cdn.example/media/a.png", "https://elsewhere.example/thumbs/0.jpg", "a.vtt"), "", nil},
		{item("media/../index.html", "thumbs/..%2findex.html", "captions/%2e%2e/index.html"), "", nil},
		{item("index.html", "media/a.png", "bundle/manifest.json"), "", nil},
		{item("media/", "thumbs", "captions//etc/passwd"), "", nil},
		{item("media/%zz", "thumbs/\x00/../..", ""), "", nil},
	} {
		var want []string
		for _, name := range c.want {
			want = append(want, filepath.FromSlash(name))
		}
		if got := ownFiles(&c.it, c.base); !slices.Equal(got, want) {
			t.Errorf("%+v: %q, want %q", c.it, got, want)
		}
	}
}
