package main

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ace/core"
)

// Right first answers below the cut-off are lost; wrong ones cost nothing.
func TestWeighFirsts(t *testing.T) {
	firsts := []first{{true, 0.95, 0.9}, {true, 0.85, 0.2}, {false, 0.45, 0.1}, {true, 0.95, 0.3}, {true, 0.85, 0.8}}
	k := weighFirsts(firsts, 0.3)
	// bins: two of 0.95 and two of 0.85, all right; one of 0.45, wrong
	if want := (2*0.05 + 2*0.15 + 0.45) / 5; math.Abs(k.ECE-want) > 1e-9 || k.Lost != 25 || k.Cutoff != 0.3 || k.Refused != nil {
		t.Errorf("%+v, want an error of %v and a quarter lost", k, want)
	}
	if k := weighFirsts([]first{{false, 0, 0}}, 0.5); k.Lost != 0 || k.ECE != 0 {
		t.Errorf("none right: %+v", k)
	}
}

// Strangers come of all files, and what stands in the collection is none.
func TestStrangers(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, lines ...string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	e := &exam{items: []core.Item{{Title: "Harbour", Captions: []string{"A red dog."}, Keywords: []string{"pet"}}}}
	one := file("one", `{"query":"a Red dog"}`, ``, `{"query":"a red cat","relevant":["nothing here"],"modality":"audio"}`, `{"query":"PET"}`)
	two := file("two", `{"query":"harbour!"}`, `{"query":"stock market"}`)
	got, known, err := (&evalCmd{Strangers: []string{one, two}}).strangers(e)
	var asked []string
	for _, q := range got {
		asked = append(asked, q.Query+"/"+q.Modality)
	}
	if want := []string{"a red cat/audio", "stock market/"}; err != nil || !slices.Equal(asked, want) || known != 3 {
		t.Errorf("%v, %d known, %v; want %v, 3 known", asked, known, err, want)
	}
	for _, path := range []string{file("known", `{"query":"pet"}`), file("broken", `{"query":`), filepath.Join(dir, "none")} {
		if _, _, err := (&evalCmd{Strangers: []string{path}}).strangers(e); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
