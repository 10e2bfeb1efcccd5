package media

import (
	"bytes"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"ace/core"
)

// whole are undamaged files of every format that Decode reads.
func whole(t testing.TB) map[string]string {
	return map[string]string{
		"png": testPNG(t, 20, 10), "gif": testGIF(t, 3), "webp": testWebP(9, 9, color.NRGBA{1, 2, 3, 200}),
		"wav": testWAV(1, 2, 22050, 16, make([]byte, 400)), "ogg": vorbisFile(t),
		"flac": flacFile(t, 16000, 4000, 16), "mp3": made(t, "tone.mp3"), "opus": made(t, "tone.opus"), "jpg": exifJPEG(t, corners(20, 10), orientationEntry(6), ""),
		"svg": `<svg viewBox="0 0 9 9"><title>t</title><rect width="3" height="4"/></svg>`,
	}
}

// decodeAll decodes a file as each kind and sees that the answer keeps its promises.
func decodeAll(t testing.TB, path string) {
	for k := range core.Kinds {
		kind := core.Kind(k)
		s, err := DecodePreview(path, kind)
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
		if p := s.Preview; p == nil || p.Bounds().Empty() || p.Bounds().Dx() > PreviewSide || p.Bounds().Dy() > PreviewSide {
			t.Errorf("%s: no preview, or a large one", path)
		}
		if data, ext := s.Thumb(1 << 30); len(data) == 0 || ext == "" {
			t.Errorf("%s: no thumbnail", path)
		}
		if l := s.Look(); len(l.Print) != printLength {
			t.Errorf("%s: a print of %d bytes", path, len(l.Print))
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
	for _, content := range sound(f) {
		f.Add([]byte(content))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p := filepath.Join(t.TempDir(), "x.gif")
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if g, err := identify(p); err == nil && foreign(g.name) {
			t.Skip("ffmpeg's")
		}
		decodeAll(t, p)
	})
}

// FuzzTags reads a file's own words as those of every format.
func FuzzTags(f *testing.F) {
	for _, content := range sound(f) {
		f.Add([]byte(content))
	}
	for _, name := range []string{"tone.m4a", "tone.mp3", "tone.opus", "film.mp4"} {
		f.Add([]byte(made(f, name)))
	}
	f.Add([]byte(xmpPacket))
	f.Add([]byte(id3Tag(2, id3Frame(2, "TT2", "\x01\xff\xfea\x00"))))
	f.Add([]byte(id3Tag(4, id3Frame(4, "COMM", "\x03engx\x00text"))))
	f.Add([]byte("WEBVTT\n\n00:01.000 --> 00:02.000\n<b>text\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
		check := func(k known) {
			if k.title != strings.TrimSpace(k.title) || len(k.title) > maxTag || strings.ContainsRune(k.title, 0) || !utf8.ValidString(k.title) {
				t.Errorf("title %q", k.title)
			}
		}
		for _, format := range formats {
			for _, k := range embedded(p, format) {
				check(k)
			}
		}
		if k, err := parseXMP(bytes.NewReader(b)); err == nil {
			check(k)
		}
		if n := len(transcript(string(b))); n > maxPassages {
			t.Errorf("%d passages", n)
		}
	})
}

// FuzzTable reads a table in every form.
func FuzzTable(f *testing.F) {
	for _, s := range []string{"file,caption\na.png,x\n", "a;b;c\n\"x\";y;z", "\ufeffx\ty\n", `[{"file":"a.png","tags":["x"],"n":1}]`, `{"items":[{"path":"a"}]}`, "{\"file\":\"a\"}\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := t.TempDir()
		for _, ext := range []string{".csv", ".tsv", ".json", ".jsonl"} {
			p := filepath.Join(dir, "t"+ext)
			if err := os.WriteFile(p, b, 0o644); err != nil {
				t.Fatal(err)
			}
			err := readTable(p, "t", func(name string) bool { return name == "a.png" }, Options{}, func(name string, k known) error {
				if k.source == "" {
					t.Error("a row without its place")
				}
				return nil
			})
			if err != nil && !strings.HasPrefix(err.Error(), "t:") {
				t.Errorf("error without a place: %v", err)
			}
		}
	})
}
