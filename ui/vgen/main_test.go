package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestComponentsAreGenerated(t *testing.T) {
	sources, err := filepath.Glob("../*.vugu")
	if err != nil || len(sources) == 0 {
		t.Fatal("no components: ", err)
	}
	dir := t.TempDir()
	want := map[string][]byte{}
	for _, source := range sources {
		data, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(source)), data, 0o644); err != nil {
			t.Fatal(err)
		}
		generated := source[:len(source)-len(".vugu")] + "_gen.go"
		if want[filepath.Base(generated)], err = os.ReadFile(generated); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	if err := run("ui"); err != nil {
		t.Fatal(err)
	}
	for name := range want {
		if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want[name]) {
			t.Errorf("%s is out of date: run go generate ./ui (%v)", name, err)
		}
	}
}

func TestTight(t *testing.T) {
	const source = "<p>\n  <b>one </b> <i>two</i>\n\n</p>\n"
	if got := string(tight([]byte(source))); got != "<p><b>one </b> <i>two</i></p>" {
		t.Errorf("%q", got)
	}
}

func TestWhatCannotBeGenerated(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := run(""); err == nil {
		t.Error("runs without a package")
	}
	if err := run("ui"); err == nil {
		t.Error("runs without components")
	}
}
