package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/gif"
	_ "image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"ace/core"
	"ace/train/feature"
	"ace/train/index"
	"ace/train/media"
)

// noise is a picture that compresses badly without loss.
func noise(w, h int, alpha byte) *image.NRGBA {
	rng := rand.New(rand.NewPCG(1, uint64(w)))
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{byte(x/4 + rng.IntN(60)), byte(y/4 + rng.IntN(60)), 200, alpha})
		}
	}
	return m
}

// mediaSite is a collection of a large picture, one that is partly transparent, a
// small one, a sound and a film with captions.
func mediaSite(t *testing.T) *site {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	encode := func(m image.Image) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	put("a photo.png", encode(noise(1200, 800, 255)))
	put("clear.png", encode(noise(900, 900, 120)))
	put("small.png", drawPNG(3))
	put("tone.wav", playWAV(2))
	put("talk.srt", []byte("1\r\n00:00:01,000 --> 00:00:02,500\r\nHello, all\r\n"))
	film := &gif.GIF{}
	grain := noise(320, 240, 255)
	for i := range 3 {
		m := image.NewPaletted(grain.Bounds(), nil)
		for g := range 250 {
			m.Palette = append(m.Palette, color.Gray{byte(g)})
		}
		for p := range m.Pix {
			m.Pix[p] = grain.Pix[4*p] * byte(min(i, 1)) // the first frame is black
		}
		film.Image, film.Delay = append(film.Image, m), append(film.Delay, 50)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, film); err != nil {
		t.Fatal(err)
	}
	put("talk.gif", b.Bytes())
	s := &site{col: index.Collection{Root: dir, Items: []core.Item{
		{ID: "photo", File: "a photo.png"}, {ID: "clear", File: "clear.png"}, {ID: "small", File: "small.png"}, {ID: "tone", File: "tone.wav", Kind: core.Audio},
		{ID: "talk", File: "talk.gif", Kind: core.Video, Meta: map[string]string{media.Subtitles: "talk.srt"}}}}}
	return s
}

func TestSiteMedia(t *testing.T) {
	s := mediaSite(t)
	kept, err := feature.OpenKept(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	build := func(flags siteFlags, base string) (string, []core.Item) {
		t.Helper()
		place := filepath.Join(t.TempDir(), "site")
		f, err := newFolder(place, siteMark)
		if err != nil {
			t.Fatal(err)
		}
		items, _, err := s.media(context.Background(), &out{stderr: &bytes.Buffer{}}, f, place, flags, base)
		if err != nil {
			t.Fatal(err)
		}
		return f.temp, items
	}
	dir, items := build(siteFlags{kept: kept}, "")
	for i, want := range []struct {
		w, h    int
		seconds float64
		thumb   string
		tw, th  int
	}{{1200, 800, 0, `^thumbs/[0-9a-f]{20}\.webp$`, 480, 320}, {900, 900, 0, `^thumbs/[0-9a-f]{20}\.webp$`, 480, 480}, {32, 32, 0, `^$`, 0, 0},
		{0, 0, 0.5, `^$`, 0, 0}, {320, 240, 1.5, `^thumbs/[0-9a-f]{20}\.webp$`, 320, 240}} {
		it := items[i]
		if it.Width != want.w || it.Height != want.h || it.Seconds != want.seconds || !regexp.MustCompile(want.thumb).MatchString(it.Thumb) ||
			regexp.MustCompile(`^#[0-9a-f]{6}$`).MatchString(it.Colour) != (it.Kind != core.Audio) {
			t.Errorf("%+v, want %+v", it, want)
		}
		if it.Thumb == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, it.Thumb))
		if err != nil {
			t.Fatal(err)
		}
		m, err := media.DecodeThumb(data)
		if err != nil {
			t.Fatal(err)
		}
		if m.Bounds().Dx() != want.tw || m.Bounds().Dy() != want.th {
			t.Errorf("%s: a thumbnail of %v", it.ID, m.Bounds())
		}
		if r, g, b, _ := m.At(want.tw/2, want.th/2).RGBA(); it.ID == "talk" && r+g+b < 0x8000 {
			t.Error("the poster is the black frame")
		}
	}
	if items[0].File != "media/a%20photo.png" || items[4].Meta[media.Subtitles] != "captions/talk.vtt" {
		t.Errorf("%s, %v", items[0].File, items[4].Meta)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "captions", "talk.vtt")); string(text) != "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nHello, all\n" {
		t.Errorf("captions %q", text)
	}

	// Nothing is kept, or the media stay where they are: the same thumbnails.
	for _, flags := range []siteFlags{{}, {kept: kept, NoMedia: true}} {
		again, others := build(flags, "https://example.org/")
		if !slices.EqualFunc(items, others, func(a, b core.Item) bool { return a.Thumb == b.Thumb && a.Colour == b.Colour }) {
			t.Errorf("%+v", others)
		}
		for _, it := range others {
			if it.Thumb == "" {
				continue
			}
			if ok, err := equalFiles(filepath.Join(dir, it.Thumb), filepath.Join(again, it.Thumb)); err != nil || !ok {
				t.Errorf("%s: another thumbnail: %v", it.ID, err)
			}
		}
		if _, err := os.Stat(filepath.Join(again, mediaDir)); (err == nil) == flags.NoMedia {
			t.Errorf("%+v: media copied: %v", flags, err == nil)
		}
	}
}

// New items of a site that is there get what a new site would have for them. What
// lies there is not made again, another of its name stays, and undo leaves no trace.
func TestBring(t *testing.T) {
	s, ctx := mediaSite(t), context.Background()
	f, err := newFolder(filepath.Join(t.TempDir(), "new"), siteMark)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := feature.OpenKept(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	want, _, err := s.media(ctx, &out{stderr: &bytes.Buffer{}}, f, f.place, siteFlags{kept: kept}, "")
	if err != nil {
		t.Fatal(err)
	}
	site := t.TempDir()
	files := func() (n int) {
		t.Helper()
		err := filepath.WalkDir(site, func(_ string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				n++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	bring := func() (*placing, []core.Item) {
		t.Helper()
		p := newPlacing(site, filepath.Join(site, bundleDir), "", false, nil)
		items, err := p.bring(ctx, kept, &feature.Features{Root: s.col.Root, Items: s.col.Items})
		if err != nil {
			t.Fatal(err)
		}
		return p, items
	}
	p, items := bring()
	if !reflect.DeepEqual(items, want) {
		t.Errorf("%+v, want %+v", items, want)
	}
	made := len(s.col.Items) + 3 + 1 // three have thumbnails, one has captions
	if n := files(); n != made || len(p.made) != made {
		t.Errorf("%d files, %d of them noted, want %d", n, len(p.made), made)
	}
	again, items := bring()
	if !reflect.DeepEqual(items, want) || len(again.made) != 0 || files() != made {
		t.Errorf("again: %+v, made %q", items, again.made)
	}
	if err := os.WriteFile(filepath.Join(site, "captions", "talk.vtt"), []byte("WEBVTT\n\nof another film\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	again, items = bring()
	if got := items[4].Meta[media.Subtitles]; got != "captions/talk-2.vtt" || len(again.made) != 1 {
		t.Errorf("captions %s, made %q", got, again.made)
	}
	again.undo()
	p.undo()
	if n := files(); n != 0 {
		t.Errorf("%d files are left", n)
	}
}
