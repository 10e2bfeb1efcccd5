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
	"syscall"

	"ace/core/bundle"
)

// Results are written beside their place and renamed: whoever looks sees the old
// one or the new one. Who writes has claimed the place before.

// tempName is the pattern of the names that a place has in the making.
func tempName(place string) string { return "." + filepath.Base(place) + ".tmp*" }

// unwritable says that a result cannot be put in its place, and what to do.
func unwritable(place string, err error) error {
	next := "may you write there?"
	switch {
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		next = "make room there, or choose another -o"
	case errors.Is(err, syscall.EROFS):
		next = "nothing can be written there: choose another -o"
	case errors.Is(err, fs.ErrNotExist):
		next = "is the folder there?"
	}
	return hint(fmt.Errorf("cannot write %s: %w", place, cause(err)), next)
}

// cause is an error without the names of temporary files.
func cause(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	if l := (*os.LinkError)(nil); errors.As(err, &l) {
		return l.Err
	}
	return err
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
		return nil, unwritable(place, err)
	}
	temp, err := os.MkdirTemp(filepath.Dir(place), tempName(place))
	if err != nil {
		return nil, unwritable(place, err)
	}
	return &folder{temp, place}, os.Chmod(temp, 0o755)
}

// path is where it lies for now.
func (f *folder) path() string { return f.temp }

// add writes one file of the folder.
func (f *folder) add(name string, data []byte) error {
	_, err := f.fill(name, bytes.NewReader(data))
	return err
}

// copy puts a copy of the file from into the folder and gives its size.
func (f *folder) copy(name, from string) (int64, error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	return f.fill(name, in)
}

func (f *folder) fill(name string, from io.Reader) (int64, error) {
	path := filepath.Join(f.temp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return 0, unwritable(f.place, err)
	}
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, unwritable(filepath.Join(f.place, name), err)
	}
	n, err := io.Copy(to, from)
	if err != nil {
		to.Close()
		if full := errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT); full {
			return n, unwritable(filepath.Join(f.place, name), err)
		}
		return n, err
	}
	return n, to.Close()
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
// forgets it. Where the system can exchange two folders, the place is at no
// moment empty; elsewhere claim mends what a kill in between leaves.
func (f *folder) commit() error {
	if err := syncAll(f.temp); err != nil {
		return unwritable(f.place, err)
	}
	if err := f.replace(); err != nil {
		return unwritable(f.place, err)
	}
	return nil
}

func (f *folder) replace() error {
	old := f.temp
	_, err := os.Lstat(f.place)
	if err == nil {
		err = exchange(f.temp, f.place)
	}
	if err != nil { // nothing there, or no exchange to be had
		old += ".old"
		if err := os.Rename(f.place, old); err != nil && !os.IsNotExist(err) {
			return err
		}
		if err := os.Rename(f.temp, f.place); err != nil {
			_ = os.Rename(old, f.place)
			return err
		}
	}
	syncDir(filepath.Dir(f.place))
	return os.RemoveAll(old)
}

func (f *folder) drop() { os.RemoveAll(f.temp) }

// syncDir waits until the names in a folder are on the disk, where the file
// system can say so.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}

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
