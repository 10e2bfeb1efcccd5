// Package media reads collections of pictures, sounds and films: which items
// there are, which words are known about them, and what is in their files.
package media

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"ace/core"
)

// Skip is a file that was left out, and why.
type Skip struct {
	File   string `json:"file"` // as the collection names it
	Reason string `json:"reason"`
}

// Collection is what Load found.
type Collection struct {
	Root    string      // the folder that the items' files are relative to
	Items   []core.Item // [N], in the order of the source
	Rows    []int       // [N], each item's place in the source, counted from 0 with the skipped ones
	Total   int         // entries of the source: len(Items) and those skipped among them
	Skipped []Skip      // in the order of the source
}

// Path is where the file of item i lies on disk.
func (c *Collection) Path(i int) string {
	return filepath.Join(c.Root, filepath.FromSlash(c.Items[i].File))
}

// Options says how a collection is read.
type Options struct {
	Columns map[string]string // of tables: which column is file, caption, keywords, title, url or modality, by its heading
	Pages   string            // the address under which the pages of an HTML export stand; "" for /
}

// Load reads a collection: an items file (one JSON object a line, see
// docs/design.md), a table of files and words (CSV, TSV or JSON), a folder that
// holds an items.jsonl, or a folder of media, walked in sorted order. A file
// that is missing or cannot be opened is named in Skipped; it is an error if
// none can. Files are not decoded.
func Load(path string) (*Collection, error) { return LoadWith(path, Options{}) }

// LoadWith is Load with options.
func LoadWith(path string, o Options) (*Collection, error) {
	c, _, err := load(path, o)
	if err != nil {
		return nil, err
	}
	if len(c.Items) == 0 {
		return nil, Nothing(path, c.Skipped)
	}
	return c, nil
}

// load also returns what was said of each item, and by whom, in the order of Items.
func load(path string, o Options) (*Collection, [][]known, error) {
	if err := o.check(); err != nil {
		return nil, nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		if items := filepath.Join(path, "items.jsonl"); regular(items) {
			return loadItems(items)
		}
		return loadFolder(path, o)
	}
	if isTable(path) {
		return loadTable(path, o)
	}
	return loadItems(path)
}

// NothingError is the error of a collection of which no file can be read.
type NothingError struct {
	Path    string
	Skipped []Skip
}

// Nothing is that error.
func Nothing(path string, skipped []Skip) error { return &NothingError{path, skipped} }

func (e *NothingError) Error() string {
	switch n := len(e.Skipped); n {
	case 0:
		return fmt.Sprintf("%s: no pictures, sounds or films", e.Path)
	case 1:
		return fmt.Sprintf("%s: the only file cannot be read: %s: %s", e.Path, e.Skipped[0].File, e.Skipped[0].Reason)
	default:
		return fmt.Sprintf("%s: none of the %d files can be read, the first being %s: %s", e.Path, n, e.Skipped[0].File, e.Skipped[0].Reason)
	}
}

func loadItems(path string) (*Collection, [][]known, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".jsonl", ".ndjson":
	default:
		return nil, nil, fmt.Errorf("%s: want a folder, a table (NAME.csv, NAME.tsv, NAME.json) or an items file, NAME.jsonl", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	entries, err := parseItems(f, path)
	if err != nil {
		return nil, nil, err
	}
	c := &Collection{Root: filepath.Dir(path), Total: len(entries)}
	kinds, errs := make([]format, len(entries)), make([]error, len(entries))
	inParallel(len(entries), func(i int) {
		kinds[i], errs[i] = identify(filepath.Join(c.Root, filepath.FromSlash(entries[i].File)))
	})
	var said [][]known
	for i, e := range entries {
		if c.add(e, i, kinds[i], errs[i]) {
			said = append(said, []known{{source: filepath.Base(path), title: e.Title, url: e.URL, captions: e.Captions, keywords: e.Keywords, meta: e.Meta}})
		}
	}
	return c, said, nil
}

// inParallel calls f for 0 … n-1 on all processors.
func inParallel(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// add appends an entry if its file can be opened, else says why not. Only a
// format that must tell the kind has to be known here.
func (c *Collection) add(e entry, row int, f format, err error) bool {
	if e.hasKind && errors.Is(err, errFormat) {
		err = nil
	}
	if err != nil {
		c.Skipped = append(c.Skipped, Skip{e.File, Reason(err)})
		return false
	}
	if !e.hasKind {
		e.Kind = f.kind
	}
	c.Items = append(c.Items, e.Item)
	c.Rows = append(c.Rows, row)
	return true
}

// Reason is an error in the words of a Skip: without the path, which stands beside it.
func Reason(err error) string {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "the file ends too early"
	case errors.As(err, &p):
		return p.Err.Error()
	}
	return err.Error()
}

func regular(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
