package serve

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// raw sends a request line as it is, which no client would, and gives status and
// body of the answer.
func raw(t *testing.T, address, line string) (int, string) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprintf(c, "%s\r\nHost: localhost\r\nConnection: close\r\n\r\n", line)
	method, _, _ := strings.Cut(line, " ")
	r, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	defer r.Body.Close()
	b, _ := io.ReadAll(r.Body)
	return r.StatusCode, string(b)
}

// TestRawRequests: no way of writing a path leads out of the site or to what is
// hidden, and no method does more than to read.
func TestRawRequests(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"secret.txt": "secret", "site/index.html": "page", "site/.hidden": "secret", "site/sub/.git/config": "secret", "site/sub/index.html": "sub"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(filepath.Join(dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	server := httptest.NewServer(Handler(root.FS()))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	for _, path := range []string{
		"/../secret.txt", "/%2e%2e/secret.txt", "/%2E%2E%2Fsecret.txt", "/..%2fsecret.txt", "/..%5csecret.txt", `/..\secret.txt`, "/sub/../../secret.txt",
		"/sub/%2e%2e/%2e%2e/secret.txt", "//secret.txt", "///../secret.txt", "/./../secret.txt", "/....//secret.txt", "/..;/secret.txt", "/%c0%ae%c0%ae/secret.txt", "/%252e%252e/secret.txt",
		"/index.html/../../secret.txt", "/secret.txt%00.html", "/..%00/secret.txt", "/.hidden", "/%2ehidden", "/sub/.git/config", "/sub/%2egit/config", "/sub//.git/config",
		dir + "/secret.txt", "file://" + dir + "/secret.txt", "http://evil.example/../secret.txt", "*", "secret.txt", "../secret.txt", "?/../secret.txt",
	} {
		if status, body := raw(t, address, "GET "+path+" HTTP/1.1"); status < 400 || strings.Contains(body, "secret\n") || body == "secret" {
			t.Errorf("GET %s: %d %q", path, status, body)
		}
	}
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "MKCOL", "BREW", "get", "GETS", "G\x01T"} {
		if status, body := raw(t, address, method+" / HTTP/1.1"); status < 400 || strings.Contains(body, "page") {
			t.Errorf("%q: %d %q", method, status, body)
		}
	}
	for _, line := range []string{"CONNECT evil.example:80 HTTP/1.1", "GET / HTTP/9.9", "GET /", "GET /a b HTTP/1.1", "/ HTTP/1.1", "\x16\x03\x01"} {
		if status, body := raw(t, address, line); status < 400 || strings.Contains(body, "page") {
			t.Errorf("%q: %d %q", line, status, body)
		}
	}
	if status, body := raw(t, address, "GET /sub/ HTTP/1.1"); status != 200 || body != "sub" {
		t.Errorf("the site itself: %d %q", status, body)
	}
}
