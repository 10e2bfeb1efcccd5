package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall/js"
	"testing"

	"ace/core/bundle"
	"ace/core/search"
	"ace/ui"
)

// host stands for a web server: the files of a bundle, some of them altered.
type host struct {
	files map[string][]byte
	asked []string
}

// serveFiles puts a host in the place of the network. A file of nil breaks the
// connection. Nothing is kept, in a browser either.
func serveFiles(t *testing.T, files map[string][]byte) *host {
	h := &host{files: files}
	g := js.Global()
	before := g.Get("fetch")
	f := js.FuncOf(func(_ js.Value, args []js.Value) any {
		name := strings.TrimPrefix(args[0].String(), "https://host/site/bundle/")
		h.asked = append(h.asked, name)
		init := g.Get("Object").New()
		data, ok := h.files[name]
		switch {
		case ok && data == nil:
			return g.Get("Promise").Call("reject", g.Get("TypeError").New("connection lost"))
		case !ok:
			init.Set("status", 404)
			return g.Get("Promise").Call("resolve", g.Get("Response").New("not found", init))
		}
		return g.Get("Promise").Call("resolve", g.Get("Response").New(toBytes(data), init))
	})
	g.Set("fetch", f)
	caches := hide("caches")
	t.Cleanup(func() { g.Set("fetch", before); f.Release(); restore("caches", caches) })
	return h
}

// folder is a bundle with one section that is stored as it is and one that is
// compressed.
func folder(t *testing.T) (files map[string][]byte, plain, packed []byte) {
	b := bundle.NewBuilder(bundle.Bundle)
	plain = []byte("\x00\x01not compressible\xfe\xff")
	packed = bytes.Repeat([]byte("compressible "), 5000)
	b.AddBlob("plain", plain, false)
	b.AddBlob("packed", packed, true)
	b.AddBlob("items.0000", packed, true)
	b.AddBlob(search.Frozen, packed, true) // not for pages
	b.AddBlob(search.Frozen+".words", plain, true)
	b.SetMeta("title", "a title")
	files, err := b.Dir()
	if err != nil {
		t.Fatal(err)
	}
	return files, plain, packed
}

// loader is the loader of a bundle's folder; progress is told the early bytes that
// have arrived, and their sum.
func loader(t *testing.T, progress func(done, total int)) remoteBundle {
	tell := js.FuncOf(func(_ js.Value, args []js.Value) any {
		progress(args[0].Int(), args[1].Int())
		return nil
	})
	t.Cleanup(tell.Release)
	return remoteBundle{js.Global().Get("aceLoader").Invoke("https://host/site/bundle/", tell)}
}

func open(t *testing.T, progress func(done, total int)) (*bundle.Container, remoteBundle) {
	t.Helper()
	src := loader(t, progress)
	c, err := bundle.Open(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	return c, src
}

func quiet(int, int) {}

// hide takes a global away and gives what restores it.
func hide(name string) js.Value {
	g, object := js.Global(), js.Global().Get("Object")
	before, without := object.Call("getOwnPropertyDescriptor", g, name), object.New()
	without.Set("value", js.Undefined())
	without.Set("configurable", true)
	object.Call("defineProperty", g, name, without)
	return before
}

func restore(name string, before js.Value) {
	if before.IsUndefined() { // it was not the global's own
		js.Global().Delete(name)
		return
	}
	js.Global().Get("Object").Call("defineProperty", js.Global(), name, before)
}

// insecure takes away what browsers give in secure contexts only.
func insecure(t *testing.T) {
	before := hide("crypto")
	t.Cleanup(func() { restore("crypto", before) })
}

func TestFetchSections(t *testing.T) {
	files, plain, packed := folder(t)
	for _, early := range []bool{false, true} {
		for _, secure := range []bool{true, false} {
			t.Run(fmt.Sprintf("early %v, secure %v", early, secure), func(t *testing.T) {
				h := serveFiles(t, files)
				if !secure {
					insecure(t)
				}
				arrived, total := 0, 0
				src := loader(t, func(done, all int) { arrived, total = done, all })
				if early {
					src.loader.Call("start")
				}
				c, err := bundle.Open(context.Background(), src)
				if err != nil {
					t.Fatal(err)
				}
				if src.Verified() != secure {
					t.Errorf("verified: %v", src.Verified())
				}
				for name, want := range map[string][]byte{"plain": plain, "packed": packed, "items.0000": packed} {
					if got, err := c.Section(context.Background(), name); err != nil || !bytes.Equal(got, want) {
						t.Errorf("%s: %v, %d bytes, want %d", name, err, len(got), len(want))
					}
				}
				stored := 0
				for _, s := range c.Sections() {
					if early && !strings.HasPrefix(s.Name, search.Frozen) {
						stored += s.StoredSize()
					}
				}
				if arrived != stored || total != stored {
					t.Errorf("told of %d of %d bytes, want %d", arrived, total, stored)
				}
				if len(h.asked) != 4 { // the manifest and each section once, the frozen ones never
					t.Errorf("asked for %q", h.asked)
				}
			})
		}
	}
}

func TestFetchFailures(t *testing.T) {
	files, _, _ := folder(t)
	file := map[string]string{}
	for name := range files {
		section, _, _ := strings.Cut(name, ".")
		file[section] = name
	}
	changed := func(b []byte, at int) []byte {
		b = bytes.Clone(b)
		b[at] ^= 0x10
		return b
	}
	for _, section := range []string{"plain", "packed"} {
		name := file[section]
		whole := files[name]
		for what, c := range map[string]struct {
			data    []byte
			missing bool
			want    string
		}{
			"missing":    {nil, true, "the server answers 404"},
			"offline":    {nil, false, "connection lost"},
			"cut":        {whole[:len(whole)-9], false, "it ends after"},
			"empty":      {[]byte{}, false, "it ends after 0 of"},
			"longer":     {append(bytes.Clone(whole), "more"...), false, "longer than"},
			"damaged":    {changed(whole, len(whole)/2), false, "is damaged"},
			"at the end": {changed(whole, len(whole)-1), false, "is damaged"},
		} {
			altered := map[string][]byte{}
			for n, data := range files {
				altered[n] = data
			}
			altered[name] = c.data
			if c.missing {
				delete(altered, name)
			}
			serveFiles(t, altered)
			con, _ := open(t, quiet)
			data, err := con.Section(context.Background(), section)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), name) {
				t.Errorf("%s, %s: %v, %d bytes", section, what, err, len(data))
			}
			var h ui.Hinter
			if !errors.As(err, &h) || h.Hint() == "" {
				t.Errorf("%s, %s: no hint with %v", section, what, err)
			}
		}
	}
}

func TestManifestIsBounded(t *testing.T) {
	serveFiles(t, map[string][]byte{"manifest.json": make([]byte, bundle.MaxManifest+1)})
	_, err := bundle.Open(context.Background(), loader(t, quiet))
	if err == nil || !strings.Contains(err.Error(), "more than") {
		t.Error(err)
	}
}

func TestDescribe(t *testing.T) {
	files, _, _ := folder(t)
	serveFiles(t, files)
	c, _ := open(t, quiet)
	info, err := describe(c, search.Info{Items: 3, Kinds: map[string]int{"image": 2, "audio": 1}})
	if err != nil || info.Title != "a title" || info.Items != 3 || info.Kinds != [3]int{2, 1, 0} || info.Examples != nil {
		t.Errorf("%+v %v", info, err)
	}
}
