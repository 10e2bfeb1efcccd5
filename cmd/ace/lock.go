package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/gofrs/flock"
)

// claim makes this process the only one that writes to the given places, files
// or folders ("" is none), until release. The lock is the kernel's, on a file
// beside the place, so it ends with its process however that ends; what a killed
// one left beside the place is put in order.
func claim(places ...string) (release func(), err error) {
	var held []func()
	release = func() {
		for _, f := range held {
			f()
		}
	}
	for _, place := range places {
		if place == "" {
			continue
		}
		free, err := claimOne(place)
		if err != nil {
			release()
			return nil, err
		}
		held = append(held, free)
	}
	return release, nil
}

// claimFolder is claim for folders, whose parents it makes.
func claimFolder(places ...string) (release func(), err error) {
	for _, place := range places {
		if place == "" {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
			return nil, unwritable(place, err)
		}
	}
	return claim(places...)
}

func claimOne(place string) (release func(), err error) {
	dir, base, err := beside(place)
	if err != nil {
		return nil, unwritable(place, err)
	}
	path := filepath.Join(dir, "."+base+".lock")
	lock := flock.New(path)
	for {
		ok, err := lock.TryLock()
		switch {
		case errors.Is(err, errors.ErrUnsupported): // a file system without locks
			return func() {}, nil
		case err != nil:
			return nil, unwritable(place, err)
		case !ok:
			return nil, taken(place, path)
		}
		// Who held it before may have removed the file after we opened it.
		mine, err := lock.Stat()
		if err == nil {
			if there, err := os.Stat(path); err == nil && os.SameFile(mine, there) {
				break
			}
		}
		_ = lock.Close()
	}
	release = func() {
		_ = os.Remove(path) // before the lock is given up: nobody waits for a file that is gone
		_ = lock.Close()
	}
	err = os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())), 0o644)
	if err == nil {
		err = sweep(dir, base)
	}
	if err != nil {
		release()
		return nil, unwritable(place, err)
	}
	return release, nil
}

// beside is the folder that a place is in, with no link in its name, and the
// name that the place has there.
func beside(place string) (dir, base string, err error) {
	if place, err = filepath.Abs(place); err != nil {
		return "", "", err
	}
	dir, err = filepath.EvalSymlinks(filepath.Dir(place))
	return dir, filepath.Base(place), err
}

// taken says whose the lock is.
func taken(place, path string) error {
	who := "another ace"
	if pid, err := os.ReadFile(path); err == nil && len(bytes.TrimSpace(pid)) > 0 {
		who += fmt.Sprintf(", process %s,", pid)
	}
	return hint(fmt.Errorf("%s is writing %s", who, place), "wait until it has ended, or choose another -o")
}

// sweep removes what processes that were killed left beside a place: halves of
// the place itself and of its checkpoint. If one was killed between taking the
// old folder away and putting the new one in its place, the old one comes back.
func sweep(dir, base string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	name := regexp.QuoteMeta(base)
	left := regexp.MustCompile(`^\.(` + name + `|` + name + `\.checkpoint|\.` + name + `\.checkpoint)\.tmp[0-9]+(\.old)?$`)
	place := filepath.Join(dir, base)
	for _, e := range entries {
		m := left.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if _, err := os.Lstat(place); m[1] == base && m[2] != "" && os.IsNotExist(err) {
			err = os.Rename(path, place)
			if err != nil {
				return err
			}
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}
