package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// Nobody but this machine is served unless that is asked for.
func TestServeStaysOnThisMachine(t *testing.T) {
	var c cli
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"serve", "site"}); err != nil {
		t.Fatal(err)
	}
	host, _, err := net.SplitHostPort(c.Serve.Addr)
	if err != nil || !net.ParseIP(host).IsLoopback() {
		t.Errorf("it listens on %q, %v", c.Serve.Addr, err)
	}
}

// An answer under way when the server is interrupted is sent to its end, and no
// further one begins.
func TestServeEndsItsAnswers(t *testing.T) {
	site := t.TempDir()
	big := bytes.Repeat([]byte("0123456789abcdef"), 1<<20)
	for name, data := range map[string][]byte{siteMark: []byte("page"), "film.mp4": big} {
		if err := os.WriteFile(filepath.Join(site, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	free.Close()
	ctx, interrupt := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- (&serveCmd{Site: site, Addr: addr}).Run(ctx, &out{stdout: io.Discard, stderr: io.Discard})
	}()

	var answer *http.Response
	for range 100 {
		if answer, err = http.Get("http://" + addr + "/film.mp4"); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.ReadFull(answer.Body, make([]byte, 1<<16)); err != nil { // more than the sockets hold is still to come
		t.Fatal(err)
	}
	interrupt()
	for {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			break
		}
		c.Close()
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-ended:
		t.Fatal("it has ended before its answer: ", err)
	default:
	}
	rest, err := io.ReadAll(answer.Body)
	if err != nil || len(rest) != len(big)-1<<16 {
		t.Errorf("%d bytes came behind the interruption, want %d: %v", len(rest), len(big)-1<<16, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
