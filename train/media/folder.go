package media

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ace/core"
)

// loadFolder walks a folder of media. Words about a file come from the caption
// tables above it (captions.csv, captions.jsonl), from the sidecars beside it
// (NAME.txt, NAME.json) and, where these say nothing, from its name and the
// names of its folders.
func loadFolder(root string) (*Collection, error) {
	var files []string // slash-separated, relative to root
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if p != root && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.IsDir() {
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			files = append(files, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	known, err := captionTables(root, files)
	if err != nil {
		return nil, err
	}
	c := &Collection{Root: root}
	taken := map[string]bool{}
	for _, file := range files {
		if _, ok := formatOf(file); !ok {
			continue
		}
		e := entry{Item: core.Item{ID: uniqueID(file, taken), File: file}}
		w := known[file]
		delete(known, file)
		side, err := sidecars(root, file)
		if err != nil {
			return nil, err
		}
		w.join(side)
		if w.empty() {
			w.join(nameWords(file))
		}
		if err := w.describe(&e); err != nil {
			return nil, err
		}
		c.add(e, c.Total)
		c.Total++
	}
	// What a table names and the walk did not find.
	var missing []string
	for file := range known {
		missing = append(missing, file)
	}
	slices.Sort(missing)
	for _, file := range missing {
		reason := "its format is unknown"
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(file))); err != nil {
			reason = Reason(err)
		}
		c.Skipped = append(c.Skipped, Skip{file, reason + " (" + known[file].source + ")"})
	}
	return c, nil
}

// uniqueID is the path without its extension; with it where that is taken; then with a number.
func uniqueID(file string, taken map[string]bool) string {
	id := strings.TrimSuffix(file, path.Ext(file))
	if id == "" || strings.HasSuffix(id, "/") || taken[id] {
		id = file
	}
	for n, base := 2, id; taken[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	taken[id] = true
	return id
}
