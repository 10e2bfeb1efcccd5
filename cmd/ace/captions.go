package main

import (
	"bytes"
	"io"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"ace/core"
	"ace/train/media"
)

// captionDir is where a site has the captions of its films: they have to come
// from the page's own host.
const captionDir = "captions"

// maxCaptions bounds a file of captions, in bytes.
const maxCaptions = 4 << 20

// captions puts into a site those of the items that name a file of them, as
// WebVTT, and notes where. The names that they have come from a collection below
// root, whose items from are.
func captions(to siteFolder, root string, from, items []core.Item) error {
	taken := map[string]bool{}
	for i := range items {
		text, ok := readCaptions(root, items[i].Meta[media.Subtitles])
		if !ok {
			continue
		}
		var name string
		for other := true; other; {
			name = captionName(from[i].File, taken)
			there, err := os.ReadFile(filepath.Join(to.path(), filepath.FromSlash(name)))
			other = err == nil && !bytes.Equal(there, text)
		}
		if err := addNew(to, name, text); err != nil {
			return err
		}
		items[i].Meta = maps.Clone(items[i].Meta)
		items[i].Meta[media.Subtitles] = escape(name)
	}
	return nil
}

// readCaptions reads a file of captions of a collection; false where the name is
// an address, or there is none.
func readCaptions(root, name string) ([]byte, bool) {
	if u, err := url.Parse(name); name == "" || err != nil || u.Scheme != "" || strings.HasPrefix(name, "/") {
		return nil, false
	}
	p := filepath.Join(root, filepath.FromSlash(name))
	info, err := os.Stat(p)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxCaptions {
		return nil, false
	}
	in, err := os.Open(p)
	if err != nil {
		return nil, false
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, maxCaptions))
	return media.WebVTT(text), err == nil
}

// captionName is that of a medium with another ending.
func captionName(file string, taken map[string]bool) string {
	return captionDir + strings.TrimPrefix(mediaName(strings.TrimSuffix(file, path.Ext(file))+".vtt", taken), mediaDir)
}
