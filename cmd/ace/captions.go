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
	"ace/train/feature"
	"ace/train/media"
)

// captionDir is where a site has the captions of its films: they have to come
// from the page's own host.
const captionDir = "captions"

// maxCaptions bounds a file of captions, in bytes.
const maxCaptions = 4 << 20

// captions writes those of the items that name a file of them into the site, as
// WebVTT, and notes where.
func (s *site) captions(f *folder, items []core.Item) error {
	taken := map[string]bool{}
	for i := range items {
		text, ok := readCaptions(s.col.root, items[i].Meta[media.Subtitles])
		if !ok {
			continue
		}
		file := s.col.items[i].File
		name := captionName(file, taken)
		if err := f.add(name, text); err != nil {
			return err
		}
		items[i].Meta = maps.Clone(items[i].Meta)
		items[i].Meta[media.Subtitles] = escape(name)
	}
	return nil
}

// addCaptions does the same for new items of a site that is there, and names the
// files that it made.
func addCaptions(site string, seen *feature.Features, items []core.Item) (made []string, err error) {
	taken := map[string]bool{}
	for i := range items {
		text, ok := readCaptions(seen.Root, items[i].Meta[media.Subtitles])
		if !ok {
			continue
		}
		var name string
		for there := true; there; {
			name = captionName(seen.Items[i].File, taken)
			old, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(name)))
			there = err == nil && !bytes.Equal(old, text)
		}
		to := filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return made, unwritable(to, err)
		}
		if _, err := os.Stat(to); err != nil {
			made = append(made, to)
		}
		if err := writeFile(to, text); err != nil {
			return made, err
		}
		items[i].Meta = maps.Clone(items[i].Meta)
		items[i].Meta[media.Subtitles] = escape(name)
	}
	return made, nil
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
