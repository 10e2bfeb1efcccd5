package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"syscall/js"

	"ace/core/bundle"
	"ace/core/search"
)

// remoteBundle is a bundle's folder on a web server, as a bundle.Source.
type remoteBundle struct {
	base     string // URL of the folder, with its last slash
	progress func(n int)
	subtle   js.Value // undefined where the page is not in a secure context
	early    map[string]*early
}

// early is a section whose fetch began before it was asked for.
type early struct {
	done chan struct{}
	data []byte
	err  error
}

// newRemoteBundle makes the source; progress is told of the bytes of the
// prefetched sections as they arrive.
func newRemoteBundle(base string, progress func(n int)) *remoteBundle {
	return &remoteBundle{base, progress, js.Global().Get("crypto").Get("subtle"), map[string]*early{}}
}

// Verified implements bundle.Verifier: the browser's SHA-256 is five times as
// fast as ours.
func (r *remoteBundle) Verified() bool { return r.subtle.Truthy() }

// Manifest implements bundle.Source.
func (r *remoteBundle) Manifest(context.Context) ([]byte, error) {
	body, err := r.get(bundle.ManifestFile, "no-cache")
	if err != nil {
		return nil, err
	}
	var b []byte
	err = r.read(body, func(chunk js.Value) error {
		n := len(b)
		if n+chunk.Length() > bundle.MaxManifest {
			return fmt.Errorf("more than %d bytes", bundle.MaxManifest)
		}
		b = append(b, make([]byte, chunk.Length())...)
		js.CopyBytesToGo(b[n:], chunk)
		return nil
	})
	if err != nil {
		return nil, broken(bundle.ManifestFile, err)
	}
	return b, nil
}

// prefetch begins to fetch, all at once, what is needed to search and to show
// the first items. It returns how many bytes that is.
func (r *remoteBundle) prefetch(sections []bundle.SectionInfo) (total int) {
	shards := 0
	for _, s := range sections {
		if strings.HasPrefix(s.Name, search.Frozen) {
			continue
		}
		if strings.HasPrefix(s.Name, "items.") {
			if shards++; shards > near/512 {
				continue
			}
		}
		total += s.StoredSize()
		e := &early{done: make(chan struct{})}
		r.early[s.Name] = e
		go func() {
			defer close(e.done)
			e.data, e.err = r.section(s, r.progress)
		}()
	}
	return total
}

// Section implements bundle.Source.
func (r *remoteBundle) Section(_ context.Context, s bundle.SectionInfo) ([]byte, error) {
	if e := r.early[s.Name]; e != nil {
		delete(r.early, s.Name)
		<-e.done
		return e.data, e.err
	}
	return r.section(s, func(int) {})
}

// section fetches, decodes and checks one section.
func (r *remoteBundle) section(s bundle.SectionInfo, progress func(int)) ([]byte, error) {
	body, err := r.get(s.File(), "default")
	if err != nil {
		return nil, err
	}
	data, err := r.decode(s, body, progress)
	if err != nil {
		return nil, err
	}
	if r.Verified() {
		digest, err := await(r.subtle.Call("digest", "SHA-256", toBytes(data)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.File(), err)
		}
		if hex.EncodeToString(bytesOf(digest)) != s.SHA256 {
			return nil, damaged(s.File(), "its SHA-256 is not the manifest's")
		}
	}
	return data, nil
}

// decode reads a section's stored bytes as they arrive into a slice of the
// decoded size, through the browser's gzip where it is encoded. Neither more
// stored nor more decoded bytes are taken than the manifest says.
func (r *remoteBundle) decode(s bundle.SectionInfo, body js.Value, progress func(int)) ([]byte, error) {
	name, want := s.File(), s.StoredSize()
	stored := 0
	counter, counted := through(func(chunk js.Value) bool {
		stored += chunk.Length()
		progress(chunk.Length())
		return stored <= want
	})
	stream := body.Call("pipeThrough", counter)
	if s.Encoding != "" {
		stream = stream.Call("pipeThrough", js.Global().Get("DecompressionStream").New("gzip"))
	}
	data := make([]byte, s.Size)
	size := 0
	err := r.read(stream, func(chunk js.Value) error {
		if size+chunk.Length() > len(data) {
			return fmt.Errorf("it holds more than %d bytes", len(data))
		}
		size += js.CopyBytesToGo(data[size:], chunk)
		return nil
	})
	switch {
	case stored > want:
		return nil, damaged(name, fmt.Sprintf("it is longer than %d bytes", want))
	case stored < want: // the connection broke, or the file is cut short
		return nil, damaged(name, fmt.Sprintf("it ends after %d of %d bytes", stored, want))
	case err != nil:
		return nil, damaged(name, err.Error())
	case size < s.Size:
		return nil, damaged(name, fmt.Sprintf("it holds %d bytes instead of %d", size, s.Size))
	}
	counted.Release() // a stream that broke off may still call it
	return data, nil
}

// through makes a transform that shows each chunk to see, passes it on, and
// breaks the stream off when see returns false. Its function is the caller's to
// release.
func through(see func(chunk js.Value) bool) (stream js.Value, f js.Func) {
	f = js.FuncOf(func(_ js.Value, args []js.Value) any {
		if see(args[0]) {
			args[1].Call("enqueue", args[0])
		} else {
			args[1].Call("error", "too long")
		}
		return nil
	})
	o := js.Global().Get("Object").New()
	o.Set("transform", f)
	return js.Global().Get("TransformStream").New(o), f
}

// read passes a stream's chunks on. A stream whose chunk is refused is
// cancelled.
func (r *remoteBundle) read(stream js.Value, take func(chunk js.Value) error) error {
	reader := stream.Call("getReader")
	for {
		v, err := await(reader.Call("read"))
		if err != nil {
			return err
		}
		if v.Get("done").Bool() {
			return nil
		}
		if err := take(v.Get("value")); err != nil {
			reader.Call("cancel")
			return err
		}
	}
}

// get begins to fetch a file of the folder and gives its body as a stream.
func (r *remoteBundle) get(name, cache string) (js.Value, error) {
	init := js.Global().Get("Object").New()
	init.Set("cache", cache)
	resp, err := await(js.Global().Call("fetch", r.base+name, init))
	if err != nil {
		return resp, broken(name, err)
	}
	if !resp.Get("ok").Bool() {
		return resp, &problem{fmt.Sprintf("%s: the server answers %d", name, resp.Get("status").Int()),
			"The folder of the collection belongs beside this page and is published with it."}
	}
	return resp.Get("body"), nil
}

func broken(name string, err error) error {
	return &problem{name + ": " + err.Error(), "Check the connection and try again."}
}

func damaged(name, how string) error {
	return &problem{name + " is damaged: " + how, "Publish the collection again, all files together, and reload without the cache."}
}
