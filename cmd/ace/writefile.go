package main

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"os"
	"path/filepath"

	"ace/core/bundle"
)

// writeFile puts data at path.
func writeFile(path string, data []byte) error {
	return writeFrom(path, bytes.NewReader(data))
}

// writeFrom puts at path what from writes. An error of from's own stays as it is.
func writeFrom(path string, from io.WriterTo) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), tempName(path))
	if err != nil {
		return unwritable(path, err)
	}
	to := &sink{f: f}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
		if err != nil && to.err != nil {
			err = unwritable(path, to.err)
		}
	}()
	b := bufio.NewWriter(to)
	if _, err = from.WriteTo(b); err == nil {
		err = b.Flush()
	}
	if err != nil {
		return err
	}
	return to.done(f.Name(), path)
}

// sink is a file in the making, and the first error of writing to it.
type sink struct {
	f   *os.File
	err error
}

func (s *sink) Write(b []byte) (n int, err error) {
	n, err = s.f.Write(b)
	s.err = cmp.Or(s.err, err)
	return n, err
}

// done puts the file in its place, once the disk has it.
func (s *sink) done(temp, path string) (err error) {
	defer func() { s.err = err }()
	f := s.f
	if err = f.Chmod(0o644); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	if err = os.Rename(temp, path); err != nil {
		return err
	}
	syncDir(filepath.Dir(path))
	return nil
}

// writeContainer puts a container at path as one file.
func writeContainer(path string, b *bundle.Builder) error { return writeFrom(path, b) }

// scratch opens files for what is too much for memory, beside a place that is
// claimed. Their names are gone at once or, where a system does not let go of those
// of open files, with the next claim.
func scratch(place string) func() (*os.File, error) {
	return func() (*os.File, error) {
		f, err := os.CreateTemp(filepath.Dir(filepath.Clean(place)), tempName(place))
		if err != nil {
			return nil, unwritable(place, err)
		}
		_ = os.Remove(f.Name())
		return f, nil
	}
}
