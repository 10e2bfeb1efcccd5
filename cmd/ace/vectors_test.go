package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"ace/core/bundle"
	tests "ace/core/bundle/testdata/vectors"
	"ace/core/search"
)

// allocated is how many bytes this process has allocated so far.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// room is what a reader may allocate for a vector: what it says it decodes to
// is at most 1032 times what is stored, and is looked at a few times over.
func room(v *tests.Vector) uint64 {
	stored := len(v.File)
	for _, f := range v.Dir {
		stored += len(f.Data)
	}
	return 8<<20 + 1500*uint64(stored)
}

// TestVectors hands every vector to all readers: each says what is expected, in
// its turn, and none panics, hangs or takes more memory than it may.
func TestVectors(t *testing.T) {
	all, err := tests.All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 60 {
		t.Errorf("%d vectors", len(all))
	}
	for i := range all {
		v := &all[i]
		t.Run(v.Name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			before := allocated()
			checkVector(ctx, t, v)
			if n := allocated() - before; n > room(v) {
				t.Errorf("%d bytes allocated, want at most %d", n, room(v))
			}
		})
	}
}

func checkVector(ctx context.Context, t *testing.T, v *tests.Vector) {
	// Once through the readers by hand ...
	opened, loaded, searched := readVector(ctx, v)
	for stage, err := range map[tests.Stage]error{tests.Open: opened, tests.Load: loaded, tests.Search: searched} {
		if stage == v.Stage && (err == nil || !strings.Contains(err.Error(), v.Want)) {
			t.Errorf("%s: %v, want %s", stage, err, v.Want)
		}
		if rank(stage) < rank(v.Stage) && err != nil {
			t.Errorf("%s: %v, want it to be accepted there", stage, err)
		}
	}
	// ... and once as a user does.
	path := filepath.Join(t.TempDir(), "b")
	if v.Dir != nil {
		if err := os.CopyFS(path, v.Dir); err != nil {
			t.Fatal(err)
		}
	} else if err := os.WriteFile(path, v.File, 0o666); err != nil {
		t.Fatal(err)
	}
	err := (&verifyCmd{Bundle: path}).verify(ctx, &verdict{})
	if (err == nil) != (v.Stage == tests.OK) || err != nil && (!strings.Contains(err.Error(), path) || v.Stage != tests.Search && !strings.Contains(err.Error(), v.Want)) {
		t.Errorf("verify: %v, want %s", err, v.Want)
	}
	in, err := openContainer(ctx, path)
	if err == nil {
		_, err = look(ctx, in)
	}
	if v.Stage == tests.Open && err == nil || v.Stage == tests.OK && err != nil {
		t.Errorf("inspect: %v, want %s", err, v.Want)
	}
}

func rank(s tests.Stage) int {
	return strings.Index("open load search verify ok", string(s))
}

// readVector opens a vector, loads its sections, and opens it for search; what
// can be searched is searched.
func readVector(ctx context.Context, v *tests.Vector) (opened, loaded, searched error) {
	src, err := v.Source()
	if err != nil {
		return err, nil, nil
	}
	in, err := bundle.Open(ctx, src)
	if err != nil {
		return err, nil, nil
	}
	for _, s := range in.Sections() {
		if _, err := in.Section(ctx, s.Name); err != nil && loaded == nil {
			loaded = err
		}
		in.Release(s.Name)
	}
	r, err := search.Open(ctx, in)
	if err != nil {
		return nil, loaded, err
	}
	for _, pure := range []bool{false, true} {
		if _, err := r.Search(ctx, "red dog", search.Options{Pure: pure}); err != nil && loaded == nil && v.Stage != tests.Verify {
			return nil, loaded, err
		}
	}
	return nil, loaded, nil
}
