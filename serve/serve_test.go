package serve

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var day = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func file(content string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(content), Mode: 0o644, ModTime: day}
}

var site = fstest.MapFS{
	"index.html":                          file("<!doctype html>"),
	"app.wasm":                            file("wasm, plain"),
	"app.wasm.br":                         file("wasm, brotli"),
	"app.wasm.gz":                         file("wasm, gzip"),
	"style.css":                           file("css, plain"),
	"style.css.gz":                        file("css, gzip"),
	"bundle/manifest.json":                file("{}"),
	"bundle/weights.0123456789abcdef.bin": file("0123456789"),
	"bundle/weights.0123456789abcdeX.bin": file("no hash"),
	"media/rain on the roof.ogg":          file("sound"),
	"media/film.GIF":                      file("film"),
	"docs/index.html":                     file("docs"),
	".git/config":                         file("secret"),
	"media/.hidden.png":                   file("secret"),
	"about.folder/x.txt":                  file("x"),
}

// get asks a handler; headers are name, value, name, value …
func get(h http.Handler, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(r *http.Response) string {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func TestFiles(t *testing.T) {
	h := Handler(site)
	for _, c := range []struct{ url, body, contentType, cache string }{
		{"/", "<!doctype html>", "text/html; charset=utf-8", "no-cache"},
		{"/index.html", "<!doctype html>", "text/html; charset=utf-8", "no-cache"},
		{"/docs/", "docs", "text/html; charset=utf-8", "no-cache"},
		{"/app.wasm", "wasm, plain", "application/wasm", "no-cache"},
		{"/app.wasm?v=1", "wasm, plain", "application/wasm", "no-cache"},
		{"/bundle/manifest.json", "{}", "application/json", "no-cache"},
		{"/bundle/weights.0123456789abcdef.bin", "0123456789", "application/octet-stream", "public, max-age=31536000, immutable"},
		{"/bundle/weights.0123456789abcdeX.bin", "no hash", "application/octet-stream", "no-cache"},
		{"/media/rain%20on%20the%20roof.ogg", "sound", "audio/ogg", "no-cache"},
		{"/media/film.GIF", "film", "image/gif", "no-cache"},
	} {
		r := get(h, "GET", c.url)
		if got := body(r); r.StatusCode != 200 || got != c.body {
			t.Errorf("%s: %d %q, want %q", c.url, r.StatusCode, got, c.body)
		}
		if got := r.Header.Get("Content-Type"); got != c.contentType {
			t.Errorf("%s: type %q, want %q", c.url, got, c.contentType)
		}
		if got := r.Header.Get("Cache-Control"); got != c.cache {
			t.Errorf("%s: caching %q, want %q", c.url, got, c.cache)
		}
		head := get(h, "HEAD", c.url)
		if head.StatusCode != 200 || body(head) != "" || head.Header.Get("Content-Length") != fmt.Sprint(len(c.body)) {
			t.Errorf("HEAD %s: %d, length %s", c.url, head.StatusCode, head.Header.Get("Content-Length"))
		}
	}
}

func TestWhatDoesNotExist(t *testing.T) {
	h := Handler(site)
	for _, url := range []string{
		"/nothing", "/media/", "/about.folder/", "/bundle/", "/index.html/", "/app.wasm/",
		"/.git/config", "/media/.hidden.png", "/..", "/../serve_test.go", "/docs/../index.html", "/docs/./index.html", "//index.html",
		"/docs//index.html", "/%2e%2e/serve_test.go", "/docs%2f..%2findex.html", `/docs\index.html`, "/index.html%00",
	} {
		if r := get(h, "GET", url); r.StatusCode != 404 {
			t.Errorf("%s: %d %q, want 404", url, r.StatusCode, body(r))
		}
	}
}

func TestMethods(t *testing.T) {
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
		if r := get(Handler(site), method, "/"); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, allow %q", method, r.StatusCode, r.Header.Get("Allow"))
		}
	}
}

func TestFoldersEndInASlash(t *testing.T) {
	for _, c := range []struct {
		h    http.Handler
		from string
	}{
		{Handler(site), "http://host/docs?q=1"},
		{http.StripPrefix("/user/site", Handler(site)), "http://host/user/site/docs?q=1"},
	} {
		r := get(c.h, "GET", c.from)
		from, err := url.Parse(c.from)
		if err != nil {
			t.Fatal(err)
		}
		to, err := from.Parse(r.Header.Get("Location"))
		if err != nil || r.StatusCode != 301 || to.String() != strings.Replace(c.from, "docs", "docs/", 1) {
			t.Errorf("%s: %d to %v", c.from, r.StatusCode, to)
		}
	}
}

func TestCompressed(t *testing.T) {
	h := Handler(site)
	for _, c := range []struct{ url, accept, body, encoding string }{
		{"/app.wasm", "gzip, deflate, br", "wasm, brotli", "br"},
		{"/app.wasm", "gzip;q=1.0, BR;q=0.5", "wasm, brotli", "br"},
		{"/app.wasm", "gzip", "wasm, gzip", "gzip"},
		{"/app.wasm", "gzip, br;q=0", "wasm, gzip", "gzip"},
		{"/app.wasm", "br;q=0.000, gzip;q=x", "wasm, plain", ""},
		{"/app.wasm", "identity", "wasm, plain", ""},
		{"/app.wasm", "*", "wasm, plain", ""},
		{"/style.css", "br, gzip", "css, gzip", "gzip"},
	} {
		r := get(h, "GET", c.url, "Accept-Encoding", c.accept)
		if got := body(r); got != c.body || r.Header.Get("Content-Encoding") != c.encoding {
			t.Errorf("%s for %q: %q as %q", c.url, c.accept, got, r.Header.Get("Content-Encoding"))
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s for %q: caches are not told", c.url, c.accept)
		}
		if got := r.Header.Get("Content-Type"); got != typeOf(c.url) {
			t.Errorf("%s for %q: type %q", c.url, c.accept, got)
		}
	}
	if r := get(h, "GET", "/", "Accept-Encoding", "br"); r.Header.Get("Vary") != "" || r.Header.Get("Content-Encoding") != "" {
		t.Error("a file without a compressed form is sent as one")
	}
}

// A file that was changed by hand is sent as it is now.
func TestStaleForms(t *testing.T) {
	for _, c := range []struct {
		later time.Duration
		body  string
	}{{-time.Hour, "brotli"}, {0, "brotli"}, {30 * time.Second, "brotli"}, {time.Hour, "plain"}} {
		changed := file("plain")
		changed.ModTime = day.Add(c.later)
		r := get(Handler(fstest.MapFS{"a.js": changed, "a.js.br": file("brotli")}), "GET", "/a.js", "Accept-Encoding", "br")
		if got := body(r); got != c.body {
			t.Errorf("a file changed %v behind its form is sent %q", c.later, got)
		}
	}
}

func TestRanges(t *testing.T) {
	const url = "/bundle/weights.0123456789abcdef.bin"
	h := Handler(site)
	r := get(h, "GET", url, "Range", "bytes=2-4")
	if got := body(r); r.StatusCode != 206 || got != "234" || r.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("%d %q %q", r.StatusCode, got, r.Header.Get("Content-Range"))
	}
	if r := get(h, "GET", url, "Range", "bytes=20-30"); r.StatusCode != 416 {
		t.Errorf("beyond the end: %d", r.StatusCode)
	}
	r = get(h, "GET", "/app.wasm", "Range", "bytes=0-3", "Accept-Encoding", "br")
	if got := body(r); r.StatusCode != 206 || got != "wasm" || r.Header.Get("Content-Encoding") != "" {
		t.Errorf("a range is of %q, encoded as %q", got, r.Header.Get("Content-Encoding"))
	}
}

func TestUnchanged(t *testing.T) {
	h := Handler(site)
	first := get(h, "GET", "/app.wasm")
	tag := first.Header.Get("ETag")
	if r := get(h, "GET", "/app.wasm", "If-None-Match", tag); r.StatusCode != 304 || body(r) != "" {
		t.Errorf("by tag: %d", r.StatusCode)
	}
	if r := get(h, "GET", "/app.wasm", "If-Modified-Since", day.Format(http.TimeFormat)); r.StatusCode != 304 {
		t.Errorf("by date: %d", r.StatusCode)
	}
	if r := get(h, "GET", "/app.wasm", "Accept-Encoding", "br", "If-None-Match", tag); r.StatusCode != 200 {
		t.Errorf("the brotli form has the tag of the plain one: %d", r.StatusCode)
	}
}

func TestHeaders(t *testing.T) {
	for _, url := range []string{"/", "/nothing"} {
		r := get(Handler(site), "GET", url)
		for name, want := range map[string]string{
			"Content-Security-Policy": "script-src 'self' 'wasm-unsafe-eval';",
			"X-Content-Type-Options":  "nosniff",
			"Referrer-Policy":         "strict-origin",
		} {
			if got := r.Header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q", url, name, got)
			}
		}
	}
	if strings.Contains(Policy, "'unsafe-") {
		t.Errorf("the policy allows what is unsafe: %s", Policy)
	}
}

// slow is a file system whose files cannot seek.
type slow struct{ fs.FS }

func (s slow) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	return struct{ fs.File }{f}, err
}

func TestFilesThatCannotSeek(t *testing.T) {
	r := get(Handler(slow{site}), "GET", "/bundle/weights.0123456789abcdef.bin", "Range", "bytes=8-")
	if got := body(r); got != "89" {
		t.Errorf("%d %q", r.StatusCode, got)
	}
}

func TestLinksDoNotLeaveTheSite(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"secret.txt": "secret", "site/index.html": "page"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../secret.txt", filepath.Join(dir, "site", "link.txt")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	root, err := os.OpenRoot(filepath.Join(dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	h := Handler(root.FS())
	if r := get(h, "GET", "/"); body(r) != "page" {
		t.Errorf("the page: %d", r.StatusCode)
	}
	if r := get(h, "GET", "/link.txt"); r.StatusCode < 400 || strings.Contains(body(r), "secret") {
		t.Errorf("a link leads out of the site: %d", r.StatusCode)
	}
}
