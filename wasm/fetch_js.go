package main

import (
	"context"
	"syscall/js"

	"ace/core/bundle"
)

// remoteBundle is a bundle's folder on a web server, as a bundle.Source. The
// loader of fetch.js, which may have begun before the program, does the work.
type remoteBundle struct{ loader js.Value }

// Verified implements bundle.Verifier: the browser's SHA-256 is five times as
// fast as ours, but there is none outside of a secure context.
func (r remoteBundle) Verified() bool { return r.loader.Get("verifies").Bool() }

// Manifest implements bundle.Source.
func (r remoteBundle) Manifest(context.Context) ([]byte, error) {
	return fetched(r.loader.Call("manifest"))
}

// Section implements bundle.Source.
func (r remoteBundle) Section(_ context.Context, s bundle.SectionInfo) ([]byte, error) {
	info := js.Global().Get("Object").New()
	for name, value := range map[string]any{"file": s.File(), "size": s.Size, "stored": s.StoredSize(), "encoding": s.Encoding, "sha256": s.SHA256} {
		info.Set(name, value)
	}
	return fetched(r.loader.Call("section", info))
}

// fetched copies the bytes that a promise gives. The loader's errors say what can
// be done about them.
func fetched(promise js.Value) ([]byte, error) {
	v, err := await(promise)
	if err != nil {
		if v.Type() == js.TypeObject && v.Get("hint").Type() == js.TypeString {
			err = &problem{err.Error(), v.Get("hint").String()}
		}
		return nil, err
	}
	data := make([]byte, v.Length())
	js.CopyBytesToGo(data, v)
	return data, nil
}
