package media

import (
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"ace/core"
)

// whole are undamaged files of every format that Decode reads.
func whole(t testing.TB) map[string]string {
	return map[string]string{
		"png": testPNG(t, 20, 10), "gif": testGIF(t, 3), "webp": testWebP(9, 9, color.NRGBA{1, 2, 3, 200}),
		"wav": testWAV(1, 2, 22050, 16, make([]byte, 400)), "ogg": vorbisFile(t),
	}
}

// decodeAll decodes a file as each kind and sees that the answer keeps its promises.
func decodeAll(t testing.TB, path string) {
	for k := range core.Kinds {
		kind := core.Kind(k)
		s, err := Decode(path, kind)
		if err != nil {
			continue
		}
		if kind == core.Audio {
			if len(s.Wave) == 0 || len(s.Wave) > 30*Rate {
				t.Errorf("%s: %d samples", path, len(s.Wave))
			}
			for _, v := range s.Wave {
				if !(v >= -1 && v <= 1) {
					t.Fatalf("%s: sample %v", path, v)
				}
			}
			continue
		}
		if len(s.Frames) == 0 || len(s.Frames) > MaxFrames {
			t.Errorf("%s: %d frames", path, len(s.Frames))
		}
		for _, f := range s.Frames {
			if b := f.Bounds(); b.Empty() || b.Dx() > MaxSide || b.Dy() > MaxSide || !f.Opaque() {
				t.Errorf("%s: frame %v, opaque %v", path, b, f.Opaque())
			}
		}
	}
}

// TestDamaged cuts files off, flips their bytes and gives them wrong names: a
// sample or an error comes back, in time and memory that the tests have.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(1, 1))
	for name, content := range whole(t) {
		for n := range 60 {
			b := []byte(content)
			switch n % 3 {
			case 0:
				b = b[:rng.IntN(len(b))]
			case 1:
				for range 1 + n/10 {
					b[rng.IntN(len(b))] ^= byte(1 << rng.IntN(8))
				}
			default:
				b[rng.IntN(min(len(b), 200))] = byte(rng.IntN(256))
			}
			p := filepath.Join(dir, "x."+name)
			if err := os.WriteFile(p, b, 0o644); err != nil {
				t.Fatal(err)
			}
			decodeAll(t, p)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, content := range whole(f) {
		f.Add([]byte(content))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p := filepath.Join(t.TempDir(), "x.gif")
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
		decodeAll(t, p)
	})
}
