package bundle

import (
	"bytes"
	"embed"
	"flag"
	"os"
	"testing"
)

// The goldens are containers of each layout version, kept and read for ever.
// v1.ace is also written anew and compared. v1.gzip.ace is only read: another
// gzip encoder may make other bytes of the same content.
//
//go:embed testdata/golden
var golden embed.FS

var update = flag.Bool("update", false, "write the golden files of the present layout version")

func TestGolden(t *testing.T) {
	for name, compress := range map[string]bool{"v1.ace": false, "v1.gzip.ace": true} {
		path := "testdata/golden/" + name
		written := mustFile(t, sample(compress))
		if *update {
			if err := os.WriteFile(path, written, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		kept, err := golden.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src, err := FromBytes(kept)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		c := mustOpen(t, src)
		checkSample(t, c)
		if !compress && !bytes.Equal(written, kept) {
			t.Errorf("%s: the same content is written with other bytes; if the format changed, so must its version", name)
		}
		zipped := 0
		for _, s := range c.Sections() {
			if s.Encoding == Gzip {
				zipped++
			}
		}
		if compress && zipped != 2 {
			t.Errorf("%s: %d encoded sections, want items.0000 and wide", name, zipped)
		}
	}
}
