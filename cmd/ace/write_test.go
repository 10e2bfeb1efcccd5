package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// names lists what is in a folder, hidden files too.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, text := range []string{"one", "two"} {
		if err := writeFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if b, _ := os.ReadFile(path); string(b) != text {
			t.Errorf("read %q, want %q", b, text)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(dir, "folder"), nil); err == nil {
		t.Error("a file took the place of a folder")
	}
	if got := names(t, dir); got != "a folder" {
		t.Errorf("the folder holds %s", got)
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	place := filepath.Join(dir, "site")
	fill := func(text string) *folder {
		f, err := newFolder(place, "index.html")
		if err != nil {
			t.Fatal(err)
		}
		if err := f.add("index.html", []byte(text)); err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := fill("one")
	if got := names(t, dir); strings.Contains(got, "site ") || got == "site" {
		t.Errorf("before commit the folder holds %s", got)
	}
	if err := f.commit(); err != nil {
		t.Fatal(err)
	}
	fill("dropped").drop()
	if b, _ := os.ReadFile(filepath.Join(place, "index.html")); string(b) != "one" {
		t.Errorf("after drop: %q", b)
	}
	f = fill("two")
	if err := f.add("deep/er/file", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.copy("copy", filepath.Join(place, "index.html")); err != nil {
		t.Fatal(err)
	}
	if err := f.add("index.html", nil); err == nil {
		t.Error("a name was taken twice")
	}
	if err := f.commit(); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(filepath.Join(place, "copy")); string(b) != "one" {
		t.Errorf("copy holds %q", b)
	}
	if got := names(t, dir) + ": " + names(t, place); got != "site: copy deep index.html" {
		t.Errorf("in the end: %s", got)
	}
	other := filepath.Join(dir, "other")
	if err := os.MkdirAll(filepath.Join(other, "photos"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := newFolder(other, "index.html"); err == nil {
		t.Error("a folder of something else would be replaced")
	}
	if _, err := newFolder(filepath.Join(place, "copy"), "index.html"); err == nil {
		t.Error("a file would be replaced by a folder")
	}
}

func TestMediaName(t *testing.T) {
	taken := map[string]bool{}
	for _, test := range [][2]string{
		{"a/b.png", "media/a/b.png"},
		{"media/a/b.png", "media/a/b-2.png"},
		{"../../data/x.wav", "media/data/x.wav"},
		{"./y", "media/y"},
		{"z/../y", "media/y-2"},
	} {
		if got := mediaName(test[0], taken); got != test[1] {
			t.Errorf("%s goes to %s, want %s", test[0], got, test[1])
		}
	}
}

func TestEscape(t *testing.T) {
	for p, want := range map[string]string{
		"media/a b.png": "media/a%20b.png", "media/50%.png": "media/50%25.png", "media/é#1?.gif": "media/%C3%A9%231%3F.gif",
	} {
		if got := escape(p); got != want {
			t.Errorf("%q is escaped as %q, want %q", p, got, want)
		}
	}
}

// What is too much for memory has a place beside the result, and leaves nothing there.
func TestScratch(t *testing.T) {
	dir := t.TempDir()
	f, err := scratch(filepath.Join(dir, "site"))()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("vectors"), 5); err != nil {
		t.Error(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || runtime.GOOS != "windows" && len(entries) > 0 {
		t.Errorf("%v is seen, %v", entries, err)
	}
	f.Close()
	release, err := claim(filepath.Join(dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	release()
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("%v is left", entries)
	}
	var h *hinted
	if _, err := scratch(filepath.Join(dir, "absent", "site"))(); !errors.As(err, &h) {
		t.Errorf("no such folder: %v", err)
	}
}

// failing writes a little and then fails.
type failing struct{}

func (failing) WriteTo(w io.Writer) (int64, error) {
	n, _ := io.WriteString(w, "half")
	return int64(n), errors.New("it hurts")
}

// What cannot be made is told as it is, and the old file stays.
func TestWriteFrom(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := writeFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := writeFrom(path, failing{}); err == nil || err.Error() != "it hurts" {
		t.Errorf("%v", err)
	}
	entries, _ := os.ReadDir(dir)
	if data, err := os.ReadFile(path); err != nil || string(data) != "old" || len(entries) != 1 {
		t.Errorf("%q, %v, %v", data, entries, err)
	}
}
