package main

import (
	"os"
	"path/filepath"
)

// gather joins the numbers of the page with this machine's records.
func (b *bench) gather(old numbers, runs []run) (numbers, error) {
	var newer []record
	for _, r := range runs {
		for _, seed := range r.seeds {
			rec, err := b.load(r, seed)
			if err != nil {
				return nil, err
			}
			if rec != nil {
				newer = append(newer, *rec)
			}
		}
	}
	return old.merge(newer, runs), nil
}

// writePage writes results.md, its charts and its numbers, after change if it is
// given. Charts that are not of the page any more are removed.
func writePage(docs string, change func(numbers) (numbers, error)) error {
	n, err := readNumbers(docs)
	if err != nil {
		return err
	}
	if change != nil {
		if n, err = change(n); err != nil {
			return err
		}
		data, err := n.marshal()
		if err != nil {
			return err
		}
		if err := write(filepath.Join(docs, resultsFile), data); err != nil {
			return err
		}
	}
	text, charts, err := page(n)
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(docs, "results", "*.svg"))
	if err != nil {
		return err
	}
	for _, f := range old {
		if charts[filepath.Base(f)] == nil {
			if err := os.Remove(f); err != nil {
				return err
			}
		}
	}
	for name, data := range charts {
		if err := write(filepath.Join(docs, "results", name), data); err != nil {
			return err
		}
	}
	return write(filepath.Join(docs, "results.md"), text)
}
