package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"ace/core/bundle"
)

// Results are written beside their place and renamed: whoever looks sees the old
// one or the new one.

// writeFile puts data at path.
func writeFile(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return hint(fmt.Errorf("cannot write %s: %w", path, cause(err)), "is the folder there, and may you write to it?")
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(data); err != nil {
		return err
	}
	if err = f.Chmod(0o644); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// cause is an error without the name of a temporary file.
func cause(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}

// writeContainer puts a container at path as one file.
func writeContainer(path string, b *bundle.Builder) error {
	data, err := b.File()
	if err != nil {
		return err
	}
	return writeFile(path, data)
}

// folder is a folder in the making, beside its place.
type folder struct{ temp, place string }

// newFolder starts one. An existing place is kept until commit; it must be a
// folder that ace made (it holds mark), or empty.
func newFolder(place, mark string) (*folder, error) {
	place = filepath.Clean(place)
	if entries, err := os.ReadDir(place); err == nil && len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(place, mark)); err != nil {
			return nil, hint(fmt.Errorf("%s is a folder with other files in it", place), "choose another -o, or empty the folder")
		}
	} else if err != nil && !os.IsNotExist(err) {
		return nil, hint(err, "-o must name a folder")
	}
	if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp(filepath.Dir(place), "."+filepath.Base(place)+".*")
	if err != nil {
		return nil, hint(fmt.Errorf("cannot write %s: %w", place, cause(err)), "may you write there?")
	}
	return &folder{temp, place}, os.Chmod(temp, 0o755)
}

// add writes one file of the folder.
func (f *folder) add(name string, data []byte) error { return f.fill(name, bytes.NewReader(data)) }

// copy puts a copy of the file from into the folder.
func (f *folder) copy(name, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return f.fill(name, in)
}

func (f *folder) fill(name string, from io.Reader) error {
	path := filepath.Join(f.temp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, from); err != nil {
		to.Close()
		return err
	}
	return to.Close()
}

// addContainer writes a container as files under a folder name.
func (f *folder) addContainer(name string, b *bundle.Builder) error {
	files, err := b.Dir()
	if err != nil {
		return err
	}
	for _, n := range slices.Sorted(maps.Keys(files)) {
		if err := f.add(name+"/"+n, files[n]); err != nil {
			return err
		}
	}
	return nil
}

// commit puts the folder in its place, once the disk has all of it; drop
// forgets it.
func (f *folder) commit() error {
	if err := syncAll(f.temp); err != nil {
		return err
	}
	old := f.temp + ".old"
	if err := os.Rename(f.place, old); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(f.temp, f.place); err != nil {
		_ = os.Rename(old, f.place)
		return err
	}
	return os.RemoveAll(old)
}

func (f *folder) drop() { os.RemoveAll(f.temp) }

// syncAll waits until the files of a folder are on the disk.
func syncAll(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.Sync(); err != nil && !d.IsDir() { // some file systems do not sync folders
			return err
		}
		return nil
	})
}
