package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"ace/serve"
)

type serveCmd struct {
	Site string `arg:"" help:"The folder that build or pack made."`
	Addr string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen."`
}

// Run serves until it is interrupted.
func (c *serveCmd) Run(ctx context.Context, t *out) error {
	if _, err := os.Stat(filepath.Join(c.Site, siteMark)); err != nil {
		return hint(fmt.Errorf("%s is no site: %s is missing", c.Site, siteMark), "make one with `ace build media/ -o site/`")
	}
	root, err := os.OpenRoot(c.Site)
	if err != nil {
		return err
	}
	defer root.Close()
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return hint(err, "is something else serving there? choose another --addr")
	}
	s := &http.Server{Handler: serve.Handler(root.FS()), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		_ = s.Shutdown(end)
	}()
	t.say("serving %s on http://%s", c.Site, l.Addr())
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-ended // the answers under way, as long as they may take
	return nil
}
