package main

import (
	"bytes"
	"compress/gzip"
	"io/fs"
)

// addPage puts the page's files into a site: each with the forms that servers and
// hosts send in its place, NAME.br, which the page brings, and NAME.gz. With a key,
// the page names it, and has no NAME.br.
func (f *folder) addPage(page fs.FS, key string) error {
	return fs.WalkDir(page, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == "README" { // of the folder that the page was built in
			return err
		}
		if key != "" && name == siteMark+".br" {
			return nil
		}
		data, err := fs.ReadFile(page, name)
		if err != nil {
			return err
		}
		if key != "" && name == siteMark {
			if data, err = withKey(data, key); err != nil {
				return err
			}
		}
		if err := f.add(name, data); err != nil {
			return err
		}
		if _, err := fs.Stat(page, name+".br"); err != nil {
			return nil // nothing is smaller
		}
		form, err := gzipped(data)
		if err != nil {
			return err
		}
		return f.add(name+".gz", form)
	})
}

// gzipped gives the same bytes for the same data: a header without name and time.
func gzipped(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}
