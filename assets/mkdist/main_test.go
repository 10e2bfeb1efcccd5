package main

import (
	"bytes"
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
