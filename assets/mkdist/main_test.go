package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"testing"
)

func TestCompressedIsKeptWhileItHolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.br")
	first, err := compressed(path, bytes.Repeat([]byte("abc"), 1000))
	if err != nil || len(first) > 100 {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	if err := os.WriteFile(path, first, 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := compressed(path, bytes.Repeat([]byte("abc"), 1000))
	if err != nil || !bytes.Equal(again, first) {
		t.Errorf("the same data: %v", err)
	}
	for _, data := range [][]byte{bytes.Repeat([]byte("abd"), 1000), bytes.Repeat([]byte("abc"), 1001), bytes.Repeat([]byte("abc"), 999)} {
		if err := os.WriteFile(path, first, 0o644); err != nil {
			t.Fatal(err)
		}
		if again, err := compressed(path, data); err != nil || bytes.Equal(again, first) {
			t.Errorf("the form of other data is kept: %v", err)
		}
	}
	if err := os.WriteFile(path, first[:4], 0o644); err != nil {
		t.Fatal(err)
	}
	if again, err := compressed(path, []byte("new")); err != nil || bytes.Equal(again, first[:4]) {
		t.Errorf("a damaged form is kept: %v", err)
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"keep", "old.js"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := sweep(dir, map[string]bool{"keep": true}); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 || left[0].Name() != "keep" {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestBuildNamesWhatThePageNeeds(t *testing.T) {
	files := map[string][]byte{"index.html": []byte("a"), "boot.js": []byte("b"), "app.wasm": []byte("c"), "ace.js": nil, "ace.d.ts": nil, "sw.js": nil}
	first, err := shell(files)
	if err != nil || !bytes.Contains(first, []byte(`"files":["app.wasm","boot.js"]`)) {
		t.Fatalf("%s %v", first, err)
	}
	for _, name := range []string{"index.html", "app.wasm", "sw.js"} { // any other byte is another build
		changed := maps.Clone(files)
		changed[name] = append([]byte("!"), changed[name]...)
		if again, err := shell(changed); err != nil || bytes.Equal(first, again) {
			t.Errorf("%s has changed, the build has not: %s %v", name, again, err)
		}
	}
	if again, err := shell(files); err != nil || !bytes.Equal(first, again) {
		t.Errorf("the same files, another build: %s %v", again, err)
	}
}

func TestIntegrity(t *testing.T) {
	text, err := integrity(map[string][]byte{"ace.js": []byte("alert('Hello, world.');"), "style.css": nil, "app.wasm": nil})
	// The first hash is the example of the specification of Subresource Integrity.
	want := `{
 "ace.js": "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO",
 "app.wasm": "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
}
`
	if err != nil || string(text) != want {
		t.Errorf("%s %v", text, err)
	}
}
