package main

import (
	"bytes"
	"os"
	"testing"
)

func TestJoin(t *testing.T) {
	files := map[string][]byte{"app.wasm": []byte("x"), "signed.js": []byte("x")}
	for name, before := range joined {
		for _, part := range append(before[:len(before):len(before)], name) {
			files[part] = []byte("// " + part + "\n")
		}
	}
	if err := join(files); err != nil {
		t.Fatal(err)
	}
	if want := "// fetch.js\n// offline-words.js\n// offline.js\n"; string(files["offline.js"]) != want {
		t.Errorf("%q, want %q", files["offline.js"], want)
	}
	if len(files) != len(joined)+2 || files["fetch.js"] != nil {
		t.Errorf("%d files are left", len(files))
	}
	delete(files, "boot.js")
	if err := join(files); err == nil {
		t.Error("a page without its scripts")
	}
}

// Strict code stays strict behind other code.
func TestJoinedPartsAreStrict(t *testing.T) {
	for name, before := range joined {
		text, err := os.ReadFile("../page/" + before[0])
		if err != nil && before[0] != "wasm_exec.js" { // which is Go's, and strict
			t.Fatal(err)
		}
		if err == nil && !bytes.Contains(text, []byte("\n'use strict';\n")) {
			t.Errorf("%s begins with %s, which is not strict", name, before[0])
		}
	}
}
