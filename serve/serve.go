// Package serve answers HTTP requests for a static site: right content types,
// compressed files where they lie beside, caching by name, ranges, and the
// headers that a site should be sent with. It needs nothing but a file system
// and lists no folder.
package serve

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Handler serves the files of a site. Folders are answered by their
// index.html; names that begin with a dot do not exist. The caller gives a file
// system that does not leave the site: os.Root's, not os.DirFS, where links
// might lead out of it.
//
// A file NAME.br or NAME.gz beside NAME, if it is not older, is sent in its place to
// clients that accept it. Files with a hash in their name (NAME.0123456789abcdef.bin) may be
// cached for ever, all others are asked for again by date and size.
func Handler(site fs.FS) http.Handler { return handler{site} }

type handler struct{ site fs.FS }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for name, value := range headers {
		w.Header().Set(name, value)
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name, ok := nameOf(r.URL.Path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	f, info, err := h.open(name)
	if err == nil && info.IsDir() {
		f.Close()
		if !strings.HasSuffix(r.URL.Path, "/") && name != "." {
			redirect(w, r, path.Base(name)+"/")
			return
		}
		name = path.Join(name, "index.html")
		f, info, err = h.open(name)
	} else if err == nil && strings.HasSuffix(r.URL.Path, "/") {
		f.Close()
		http.NotFound(w, r) // a file is no folder
		return
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular():
		if err == nil {
			f.Close()
		}
		http.NotFound(w, r)
		return
	case err != nil:
		http.Error(w, "the file cannot be read", http.StatusInternalServerError)
		return
	}
	defer func() { f.Close() }()

	w.Header().Set("Content-Type", typeOf(name))
	w.Header().Set("Cache-Control", caching(name))
	if r.Header.Get("Range") == "" { // a range is of the file itself
		if enc, cf, cinfo := h.compressed(name, info, w, r); cf != nil {
			f.Close()
			f, info = cf, cinfo
			w.Header().Set("Content-Encoding", enc)
		}
	}
	if t := info.ModTime(); !t.IsZero() {
		w.Header().Set("ETag", `"`+strconv.FormatInt(t.UnixNano(), 36)+"-"+strconv.FormatInt(info.Size(), 36)+`"`)
	}
	content, err := seekable(f)
	if err != nil {
		http.Error(w, "the file cannot be read", http.StatusInternalServerError)
		return
	}
	http.ServeContent(w, r, name, info.ModTime(), content)
}

// nameOf turns a URL's path into a name of the file system. Paths that would
// have to be cleaned first, and hidden names, have none.
func nameOf(url string) (string, bool) {
	name, ok := strings.CutPrefix(url, "/")
	if !ok {
		return "", false
	}
	name = strings.TrimSuffix(name, "/")
	if name == "" {
		return ".", true
	}
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		return "", false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return "", false
		}
	}
	return name, true
}

func (h handler) open(name string) (fs.File, fs.FileInfo, error) {
	f, err := h.site.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// redirect leads to a place relative to the request's own, which holds also
// where the site is mounted below another path.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", "./"+to)
	w.WriteHeader(http.StatusMovedPermanently)
}

var hashed = regexp.MustCompile(`\.[0-9a-f]{16}\.[a-z0-9]+$`)

func caching(name string) string {
	if hashed.MatchString(name) {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache" // kept, but asked for again: an unchanged file costs a 304
}

// seekable is the file itself where it can seek, as files of disks and of
// embed.FS can; else its bytes.
func seekable(f fs.File) (io.ReadSeeker, error) {
	if s, ok := f.(io.ReadSeeker); ok {
		return s, nil
	}
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return bytes.NewReader(b), nil
}
