package media

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ace/core"
)

// reading is what is known before the media themselves are looked at.
type reading struct {
	root     string
	exists   map[string]bool    // files of the folder, slash-separated, relative to root
	tables   map[string][]known // by file
	pages    map[string][]known
	excluded map[string]bool // media that pages show only where they are left out
}

// looked is what a look at one file finds.
type looked struct {
	said   []known // in the order in which they count
	format format
	err    error // it cannot be opened
	fatal  error // what lies beside it is damaged
}

// look gathers the words about a file: of tables, of sidecars beside it, of its
// own tags, of pages that show it and, where these say nothing, of its name and
// the names of its folders.
func (r *reading) look(file string) (l looked) {
	p := filepath.Join(r.root, filepath.FromSlash(file))
	if l.format, l.err = identify(p); l.err != nil && !errors.Is(l.err, errFormat) {
		return l
	}
	l.said = slices.Clone(r.tables[file])
	side, err := sidecars(r.root, file, l.format.kind, r.exists)
	if err != nil {
		l.fatal = err
		return l
	}
	l.said = append(l.said, side...)
	if l.err == nil {
		l.said = append(l.said, embedded(p, l.format)...)
	}
	l.said = append(l.said, r.pages[file]...)
	for i := range l.said {
		if !l.said[i].empty() {
			return l
		}
	}
	name := nameWords(file)
	name.source = "its name"
	l.said = append(l.said, name)
	return l
}

// collect makes items of files, in their order.
func (r *reading) collect(files []string) (*Collection, [][]known, error) {
	c := &Collection{Root: r.root, Total: len(files)}
	found := make([]looked, len(files))
	inParallel(len(files), func(i int) { found[i] = r.look(files[i]) })
	taken := map[string]bool{}
	var said [][]known
	for i, file := range files {
		l := &found[i]
		if l.fatal != nil {
			return nil, nil, l.fatal
		}
		e := entry{Item: core.Item{ID: uniqueID(file, taken), File: file}}
		var w known
		for _, k := range l.said {
			w.join(k)
		}
		if err := w.describe(&e); err != nil {
			return nil, nil, err
		}
		if c.add(e, i, l.format, l.err) {
			said = append(said, l.said)
		}
		*l = looked{}
	}
	return c, said, nil
}

// walk lists the files below a folder, hidden ones left out.
func walk(root string) ([]string, error) {
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
	slices.Sort(files)
	return files, err
}

// loadFolder reads a folder of media.
func loadFolder(root string, o Options) (*Collection, [][]known, error) {
	files, err := walk(root)
	if err != nil {
		return nil, nil, err
	}
	r := &reading{root: root, exists: map[string]bool{}}
	for _, file := range files {
		r.exists[file] = true
	}
	if r.tables, err = folderTables(root, files, r.exists, o); err != nil {
		return nil, nil, err
	}
	r.pages, r.excluded = readPages(root, files, r.exists, o.Pages)
	var media []string
	for _, file := range files {
		if _, ok := formatOf(file); ok && !r.excluded[file] {
			media = append(media, file)
		}
	}
	c, said, err := r.collect(media)
	if err != nil {
		return nil, nil, err
	}
	// What a table names and the walk did not find.
	for _, file := range slices.Sorted(maps.Keys(r.tables)) {
		if _, found := slices.BinarySearch(media, file); found || r.excluded[file] {
			continue
		}
		reason := "its format is unknown"
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(file))); err != nil {
			reason = Reason(err)
		}
		c.Skipped = append(c.Skipped, Skip{file, reason + " (" + r.tables[file][0].source + ")"})
	}
	return c, said, nil
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
