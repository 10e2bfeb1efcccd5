package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestClaim(t *testing.T) {
	dir := t.TempDir()
	place := filepath.Join(dir, "site")
	free, err := claim(place, "", filepath.Join(dir, "report"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = claim(filepath.Join(dir, "x", "..", "site"))
	var h *hinted
	if err == nil || !strings.Contains(err.Error(), "another ace, process "+strconv.Itoa(os.Getpid())+", is writing ") || !errors.As(err, &h) || !strings.Contains(h.hint, "choose another -o") {
		t.Errorf("a second claim: %v", err)
	}
	if err := os.Symlink(dir, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if _, err := claim(filepath.Join(dir, "link", "site")); err == nil {
		t.Error("the place was claimed by another way to it")
	}
	if _, err := claim(filepath.Join(dir, "other"), filepath.Join(dir, "report")); err == nil {
		t.Error("a report was claimed twice")
	}
	free()
	if free, err = claim(place, filepath.Join(dir, "other")); err != nil {
		t.Fatalf("after release: %v", err)
	}
	free()
	if got := names(t, dir); got != "link" {
		t.Errorf("in the end: %s", got)
	}
	if _, err := claim(filepath.Join(dir, "no", "folder")); err == nil || !strings.HasPrefix(err.Error(), "cannot write ") {
		t.Errorf("in no folder: %v", err)
	}
}

// What a killed process leaves is swept away by the next one, and nothing else.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	put := func(names ...string) {
		t.Helper()
		for _, name := range names {
			if err := os.MkdirAll(filepath.Join(dir, name, "bundle"), 0o777); err != nil {
				t.Fatal(err)
			}
		}
	}
	claimed := func() {
		t.Helper()
		free, err := claim(filepath.Join(dir, "site"))
		if err != nil {
			t.Fatal(err)
		}
		free()
	}
	kept := []string{"..site.tmp1", ".site.checkpoint", ".site.lock.of.nobody", ".site.tmp", ".site.tmp1.new", ".site.tmp1x", ".site.tmp2.tmp3", ".siteX.tmp1", ".xsite.tmp1", "site.tmp1"}
	put(kept...)
	put(".site.tmp1", ".site.tmp22", ".site.checkpoint.tmp3", "..site.checkpoint.tmp4")
	if err := os.WriteFile(filepath.Join(dir, ".site.lock"), []byte("99999999"), 0o666); err != nil { // of a process that is dead
		t.Fatal(err)
	}
	claimed()
	slices.Sort(kept)
	if got, want := names(t, dir), strings.Join(kept, " "); got != want {
		t.Errorf("left are\n%s, want\n%s", got, want)
	}
	// Killed between the two renames of a system without exchange: the old
	// folder comes back.
	put(".site.tmp5", ".site.tmp5.old")
	claimed()
	if _, err := os.Stat(filepath.Join(dir, "site", "bundle")); err != nil {
		t.Error(err)
	}
	if got := names(t, dir); strings.Contains(got, "tmp5") {
		t.Errorf("left are %s", got)
	}
}
