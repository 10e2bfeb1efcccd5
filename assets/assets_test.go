package assets

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// page is the built page; without it there is nothing to test.
func page(t *testing.T) fs.FS {
	p, err := Page()
	if errors.Is(err, ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// partOf names the file of which a source is but a part.
var partOf = map[string]string{"fetch.js": "worker.js", "gpu.js": "worker.js", "simd.js": "boot.js", "offline-words.js": "offline.js"}

func TestDistIsUpToDate(t *testing.T) {
	p := page(t)
	sources, err := os.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range sources {
		want, err := os.ReadFile("page/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		got, err := fs.ReadFile(p, e.Name())
		if err != nil || !bytes.HasSuffix(got, want) { // behind what mkdist puts before it
			if in, ok := partOf[e.Name()]; ok {
				got, err = fs.ReadFile(p, in)
			}
			if err != nil || !bytes.Contains(got, want) {
				t.Errorf("dist has another %s: run `make wasm` (%v)", e.Name(), err)
			}
		}
	}
}

func TestBrotliFormsHoldTheSame(t *testing.T) {
	p := page(t)
	forms, err := fs.Glob(p, "*.br")
	if err != nil || len(forms) == 0 {
		t.Fatal("no brotli form: ", err)
	}
	for _, form := range forms {
		f, err := p.Open(form)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(brotli.NewReader(f))
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", form, err)
		}
		if want, err := fs.ReadFile(p, strings.TrimSuffix(form, ".br")); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s holds something else: %v", form, err)
		}
	}
}

// All that the page names must lie beside it, under a relative name, so that a
// site works below any path.
func TestPageNamesItsFiles(t *testing.T) {
	p := page(t)
	index, err := fs.ReadFile(p, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllSubmatch(index, -1)
	if len(named) < 5 {
		t.Errorf("only %d files are named", len(named))
	}
	for _, m := range named {
		if _, err := fs.Stat(p, string(m[1])); err != nil {
			t.Errorf("index.html names %q: %v", m[1], err)
		}
	}
	for _, bad := range []string{" style=", "<style", " onclick=", "<script>"} {
		if bytes.Contains(index, []byte(bad)) {
			t.Errorf("index.html has %q, which the policy forbids", bad)
		}
	}
}
