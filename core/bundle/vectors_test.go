package bundle_test

import (
	"context"
	"strings"
	"testing"

	"ace/core/bundle"
	"ace/core/bundle/testdata/vectors"
)

// TestVectors: what of the vectors is for this package to see, it says; all else
// it accepts. What the sections mean is for the tests of their readers.
func TestVectors(t *testing.T) {
	ctx := context.Background()
	all, err := vectors.All()
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		v := &all[i]
		var c *bundle.Container
		src, err := v.Source()
		if err == nil {
			c, err = bundle.Open(ctx, src)
		}
		if got := err != nil; got != (v.Stage == vectors.Open) || got && !strings.Contains(err.Error(), v.Want) {
			t.Errorf("%s: open: %v, want %q", v.Name, err, v.Want)
		}
		if err != nil {
			continue
		}
		for _, s := range c.Sections() {
			if _, e := c.Section(ctx, s.Name); e != nil && err == nil {
				err = e
			}
			c.Release(s.Name)
		}
		if got := err != nil; got != (v.Stage == vectors.Load) || got && !strings.Contains(err.Error(), v.Want) {
			t.Errorf("%s: load: %v, want %q", v.Name, err, v.Want)
		}
	}
}
