package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestPageIsGenerated(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", "page", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("page/%s is out of date: run go generate ./assets", name)
		}
	}
}
