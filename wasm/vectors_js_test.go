package main

import (
	"context"
	"strings"
	"syscall/js"
	"testing"

	"ace/core/bundle"
	"ace/core/bundle/testdata/vectors"
	"ace/core/search"
)

// TestVectors serves every vector that is a folder as a web server would: the page
// opens the good ones and says of the bad ones what is wrong, in its own words
// where its loader sees it first.
func TestVectors(t *testing.T) {
	all, err := vectors.All()
	if err != nil {
		t.Fatal(err)
	}
	tried := map[vectors.Stage]int{}
	for i := range all {
		v := &all[i]
		if v.Dir == nil {
			continue // a page reads folders
		}
		tried[v.Stage]++
		files := map[string][]byte{}
		for name, f := range v.Dir {
			files[name] = f.Data
		}
		h := serveFiles(t, files)
		stage, err := visit(js.Global().Call("aceLoader", "https://host/site/bundle/"))
		switch {
		case stage != v.Stage && (stage != vectors.OK || v.Stage != vectors.Verify): // some a page never comes upon
			t.Errorf("%s: %s: %v, want %s: %s", v.Name, stage, err, v.Stage, v.Want)
		case stage != vectors.Load && err != nil && !strings.Contains(err.Error(), v.Want):
			t.Errorf("%s: %s: %v, want %s", v.Name, stage, err, v.Want)
		case stage == vectors.Load && !strings.Contains(err.Error(), ".bin"):
			t.Errorf("%s: %v, which names no file", v.Name, err)
		}
		for _, name := range h.asked {
			if name != bundle.ManifestFile && (strings.Contains(name, "/") || !strings.HasSuffix(name, ".bin")) {
				t.Errorf("%s: the page asks for %q", v.Name, name)
			}
		}
	}
	if tried[vectors.Open] < 10 || tried[vectors.Load] < 5 || tried[vectors.Search] < 10 || tried[vectors.OK] < 1 {
		t.Errorf("%v vectors are too few", tried)
	}
}

// visit reads a bundle as the page's worker does, and all of it; it says where that
// ends.
func visit(loader js.Value) (vectors.Stage, error) {
	ctx := context.Background()
	c, err := bundle.Open(ctx, remoteBundle{loader})
	if err != nil {
		return vectors.Open, err
	}
	for _, s := range c.Sections() {
		if _, err := c.Section(ctx, s.Name); err != nil {
			return vectors.Load, err
		}
	}
	r, err := search.Open(ctx, c)
	if err != nil {
		return vectors.Search, err
	}
	for _, pure := range []bool{false, true} {
		if _, err := r.Search(ctx, "red dog", search.Options{Pure: pure}); err != nil {
			return vectors.Verify, err
		}
	}
	return vectors.OK, nil
}
