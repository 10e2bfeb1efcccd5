package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ace/core/bundle"
	"ace/train/media"
)

// TestBuilt is what decides whether a site is up to date: its sources by what is in
// them, the flags, the command and the bundle.
func TestBuilt(t *testing.T) {
	dir := t.TempDir()
	source, place := filepath.Join(dir, "col"), filepath.Join(dir, "site")
	smallCollection(t, source, moreThings)
	put := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put(filepath.Join(place, siteMark), "page")
	manifest := filepath.Join(place, bundleDir, bundle.ManifestFile)
	put(manifest, "{}")
	build := buildCmd{Source: source, Out: place}
	ctx := context.Background()
	plan := func(old *built) *built {
		t.Helper()
		col, err := media.Load(source)
		if err != nil {
			t.Fatal(err)
		}
		b, err := build.plan(ctx, col, old)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	// says is what an update prints, to both, without training.
	says := func() (string, bool) {
		t.Helper()
		var b bytes.Buffer
		old := readBuilt(place)
		done, err := build.update(ctx, &out{stdout: &b, stderr: &b}, nil, old, plan(old))
		if err != nil {
			t.Fatal(err)
		}
		return b.String(), done
	}
	if s, done := says(); done || s != "" {
		t.Errorf("a first build: %q, %v", s, done)
	}
	first := plan(nil)
	first.Trained = len(first.Items)
	if err := first.write(place); err != nil {
		t.Fatal(err)
	}
	if s, done := says(); !done || !strings.HasSuffix(s, "nothing has changed since it was built\n") {
		t.Errorf("unchanged: %q, %v", s, done)
	}

	build.Report = filepath.Join(dir, "told")
	if s, done := says(); done || s != "" {
		t.Errorf("a report that is not there: %q, %v", s, done)
	}
	build.Report = ""
	build.Retrain = true
	if s, done := says(); done || s != "" {
		t.Errorf("--retrain: %q, %v", s, done)
	}
	build.Retrain, build.Epochs = false, 7
	if s, done := says(); done || !strings.Contains(s, "other flags") {
		t.Errorf("other flags: %q, %v", s, done)
	}
	build.Epochs = 0
	other := *first
	other.Maker = "another"
	if err := other.write(place); err != nil {
		t.Fatal(err)
	}
	if s, done := says(); done || !strings.Contains(s, "another ace") {
		t.Errorf("another command: %q, %v", s, done)
	}
	if err := first.write(place); err != nil {
		t.Fatal(err)
	}
	put(manifest, `{"as":"others left it"}`)
	if readBuilt(place) != nil {
		t.Error("a bundle that others have changed")
	}
	put(manifest, "{}")

	// The files count by what is in them, and are read again only where their size
	// or time has changed.
	was := func() []string { c := plan(first).since(first); return slices.Concat(c.added, c.removed, c.changed) }
	files, err := filepath.Glob(filepath.Join(source, "*.png"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	info, err := os.Stat(files[0])
	if err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(files[0], later, later); err != nil {
		t.Fatal(err)
	}
	if c := was(); len(c) != 0 {
		t.Errorf("a file of another time: %v", c)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-20] ^= 1
	put(files[0], string(data))
	if c := was(); len(c) != 1 {
		t.Errorf("another file: %v", c)
	}
	if err := os.Chtimes(files[0], info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if c := was(); len(c) != 0 {
		t.Errorf("a file of the same size and time was read: %v", c)
	}
	if few := (&changes{added: make([]string, 3)}).few(&built{Trained: 30, Touched: 1}); few {
		t.Error("4 of 30 are few")
	}
	if few := (&changes{removed: make([]string, 2)}).few(&built{Trained: 30, Touched: 1}); !few {
		t.Error("3 of 30 are many")
	}
}
