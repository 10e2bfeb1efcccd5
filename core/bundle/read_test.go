package bundle

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// spy counts what a container asks of its source.
type spy struct {
	Source
	mu       sync.Mutex
	sections map[string]int
	change   func([]byte) []byte
	err      error
	verified bool
}

func (s *spy) Verified() bool { return s.verified }

func (s *spy) Section(ctx context.Context, info SectionInfo) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sections[info.Name]++
	if s.err != nil {
		return nil, s.err
	}
	data, err := s.Source.Section(ctx, info)
	if s.change != nil {
		data = s.change(data)
	}
	return data, err
}

func newSpy(t *testing.T) *spy {
	return &spy{Source: carriers(t, sample(true))["folder"], sections: map[string]int{}}
}

func TestLazyAndOnce(t *testing.T) {
	s := newSpy(t)
	c := mustOpen(t, s)
	if len(s.sections) != 0 {
		t.Errorf("open loaded %v", s.sections)
	}
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, _, err := c.Uint8s(ctx, "u8"); err != nil {
				t.Error(err)
			}
			if _, _, err := c.Uint16s(ctx, "u16"); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if len(s.sections) != 1 || s.sections["trie"] != 1 {
		t.Errorf("loaded %v, want trie once", s.sections)
	}
	c.Release("trie")
	c.Release("none")
	if _, err := c.Section(ctx, "trie"); err != nil || s.sections["trie"] != 2 {
		t.Errorf("after release: loaded %v, %v", s.sections, err)
	}
}

// A failed load is not kept.
func TestRetry(t *testing.T) {
	s := newSpy(t)
	c := mustOpen(t, s)
	s.err = errors.New("connection lost")
	if _, _, err := c.Uint8s(ctx, "u8"); !errors.Is(err, s.err) {
		t.Fatalf("%v, want %v", err, s.err)
	}
	s.err = nil
	if _, _, err := c.Uint8s(ctx, "u8"); err != nil {
		t.Fatal(err)
	}
}

// Who waits for another's load gives up with its own context.
func TestCancel(t *testing.T) {
	s := newSpy(t)
	c := mustOpen(t, s)
	s.mu.Lock() // the first load hangs
	done := make(chan error)
	go func() {
		_, err := c.Section(ctx, "trie")
		done <- err
	}()
	for len(c.sections["trie"].turn) == 0 {
		select {
		case err := <-done:
			t.Fatal(err)
		default:
			runtime.Gosched()
		}
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := c.Section(gone, "trie"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	s.mu.Unlock()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := Open(gone, FromFS(mustDir(t, sample(false)))); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v, want %v", err, context.Canceled)
	}
}

// The container checks size and hash of what a source returns; the hash is left
// to a source that says that it does so itself.
func TestVerifier(t *testing.T) {
	flip := func(b []byte) []byte { b = append([]byte(nil), b...); b[0] ^= 1; return b }
	cut := func(b []byte) []byte { return b[:len(b)-1] }
	for _, c := range []struct {
		name     string
		change   func([]byte) []byte
		verified bool
		want     string
	}{
		{"as it is", nil, false, ""},
		{"as it is, verified", nil, true, ""},
		{"flipped", flip, false, `section "trie": sha256 does not match`},
		{"flipped, verified", flip, true, ""},
		{"cut", cut, false, `section "trie": `},
		{"cut, verified", cut, true, `section "trie": `},
	} {
		s := newSpy(t)
		s.change, s.verified = c.change, c.verified
		_, err := mustOpen(t, s).Section(ctx, "trie")
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
