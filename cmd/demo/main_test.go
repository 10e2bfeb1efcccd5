package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"ace/core"
)

// A run writes every file that its items name, names credits, leaves no
// temporary folder, and gives the same bytes again.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	flags.Packages, flags.Only, flags.Every, flags.Size = filepath.Join(dir, "none"), "all", 25, 64
	read := func(name string) map[string][]byte {
		flags.Out = filepath.Join(dir, name)
		if err := run(); err != nil {
			t.Fatal(err)
		}
		out := map[string][]byte{}
		err := fs.WalkDir(os.DirFS(flags.Out), ".", func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				out[p], err = os.ReadFile(filepath.Join(flags.Out, p))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	a, b := read("a"), read("b")
	if len(a) != len(b) {
		t.Fatalf("%d files, then %d", len(a), len(b))
	}
	for p := range a {
		if !bytes.Equal(a[p], b[p]) {
			t.Errorf("%s differs between two runs", p)
		}
	}
	if !bytes.Contains(a["about.json"], []byte("MIT")) {
		t.Errorf("about %q", a["about.json"])
	}
	kinds := map[core.Kind]int{}
	sc := bufio.NewScanner(bytes.NewReader(a["items.jsonl"]))
	for sc.Scan() {
		var it core.Item
		if err := json.Unmarshal(sc.Bytes(), &it); err != nil {
			t.Fatal(err)
		}
		kinds[it.Kind]++
		if len(a[it.File]) == 0 {
			t.Errorf("%s: no file %s", it.ID, it.File)
		}
	}
	if kinds[core.Audio] == 0 || kinds[core.Video] == 0 {
		t.Errorf("kinds %v", kinds)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
