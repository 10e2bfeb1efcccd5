package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"ace/core"
)

// corners is a picture of four colours, each of a quarter.
func corners(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, [4]color.RGBA{red, green, blue, white}[2*(2*y/h)+2*x/w])
		}
	}
	return m
}

// exifJPEG is a JPEG whose EXIF holds entries of IFD0: tag, type, count and
// value or offset, twelve bytes each, and what the offsets point to.
func exifJPEG(t testing.TB, m image.Image, entries [][12]byte, data string) string {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	body := "Exif\x00\x00MM\x00*\x00\x00\x00\x08" + string(binary.BigEndian.AppendUint16(nil, uint16(len(entries))))
	for _, e := range entries {
		body += string(e[:])
	}
	body += "\x00\x00\x00\x00" + data
	return "\xff\xd8\xff\xe1" + string(binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))) + body + b.String()[2:]
}

func orientationEntry(v byte) [][12]byte { return [][12]byte{{1, 0x12, 0, 3, 0, 0, 0, 1, 0, v}} }

func TestOrientation(t *testing.T) {
	names := map[color.RGBA]string{red: "r", green: "g", blue: "b", white: "w"}
	for v, want := range map[byte]string{1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr", 8: "gwrb"} {
		s, err := Decode(file(t, "a.jpg", exifJPEG(t, corners(64, 32), orientationEntry(v), "")), core.Image)
		if err != nil {
			t.Fatal(err)
		}
		w, h := 64, 32
		if v >= 5 {
			w, h = h, w
		}
		if f := s.Frames[0].Bounds(); s.Width != w || s.Height != h || f.Dx() != w || f.Dy() != h {
			t.Fatalf("%d: %d x %d, frame %v", v, s.Width, s.Height, f)
		}
		var got string
		for _, p := range []image.Point{{w / 4, h / 4}, {3 * w / 4, h / 4}, {w / 4, 3 * h / 4}, {3 * w / 4, 3 * h / 4}} {
			at := s.Frames[0].RGBAAt(p.X, p.Y)
			for c, name := range names {
				if near(at, c, 40) {
					got += name
				}
			}
		}
		if got != want {
			t.Errorf("orientation %d: corners %s, want %s", v, got, want)
		}
	}
}

func TestFurtherPictures(t *testing.T) {
	var b, ti bytes.Buffer
	if err := bmp.Encode(&b, corners(40, 20)); err != nil {
		t.Fatal(err)
	}
	if err := tiff.Encode(&ti, corners(40, 20), &tiff.Options{Compression: tiff.Deflate}); err != nil {
		t.Fatal(err)
	}
	const svg = `<?xml version="1.0" encoding="utf-8"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><title>Flag</title>
<rect width="20" height="10" fill="#ff0000"/><rect x="20" width="20" height="10" fill="#00ff00"/><rect y="10" width="20" height="10" fill="#0000ff"/></svg>`
	for _, c := range []struct {
		name, content string
		w, h          int
		want          [4]color.RGBA
	}{
		{"a.bmp", b.String(), 40, 20, [4]color.RGBA{red, green, blue, white}},
		{"a.tif", ti.String(), 40, 20, [4]color.RGBA{red, green, blue, white}},
		{"wrong.png", ti.String(), 40, 20, [4]color.RGBA{red, green, blue, white}},
		{"a.svg", svg, 40, 20, [4]color.RGBA{red, green, blue, white}},
		{"a.avif", made(t, "red.avif"), 64, 48, [4]color.RGBA{red, red, red, red}},
	} {
		if c.name == "a.avif" && !HasFFmpeg() {
			continue
		}
		s, err := Decode(file(t, c.name, c.content), core.Image)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if s.Width != c.w || s.Height != c.h {
			t.Errorf("%s: %d x %d", c.name, s.Width, s.Height)
		}
		f := s.Frames[0]
		w, h := f.Bounds().Dx(), f.Bounds().Dy()
		for i, p := range []image.Point{{w / 4, h / 4}, {3 * w / 4, h / 4}, {w / 4, 3 * h / 4}, {3 * w / 4, 3 * h / 4}} {
			if got := f.RGBAAt(p.X, p.Y); !near(got, c.want[i], 8) {
				t.Errorf("%s: corner %d is %v, want %v", c.name, i, got, c.want[i])
			}
		}
	}
}

// TestJPEGForms decodes pictures of the standard library's own tests.
func TestJPEGForms(t *testing.T) {
	for _, name := range []string{"video-001.cmyk.jpeg", "video-001.progressive.jpeg", "video-001.q50.420.progressive.jpeg", "video-001.rgb.jpeg", "video-001.separate.dc.progression.jpeg"} {
		p := filepath.Join(runtime.GOROOT(), "src/image/testdata", name)
		s, err := Decode(p, core.Image)
		if os.IsNotExist(err) {
			t.Skipf("the sources of Go are not here: %v", err)
		}
		like := "video-001.png"
		if strings.Contains(name, "cmyk") {
			like = "video-001.cmyk.png"
		}
		want, err2 := Decode(filepath.Join(filepath.Dir(p), like), core.Image)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if s.Width != 150 || s.Height != 103 {
			t.Errorf("%s: %d x %d", name, s.Width, s.Height)
		}
		var off, n int
		for i, v := range want.Frames[0].Pix {
			off, n = off+max(int(v)-int(s.Frames[0].Pix[i]), int(s.Frames[0].Pix[i])-int(v)), n+1
		}
		if mean := float64(off) / float64(n); mean > 6 {
			t.Errorf("%s: colours are %.1f off", name, mean)
		}
	}
}

// plain is a picture of one colour.
func plain(w, h int, c color.Color) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		m.Set(i%w, i/w, c)
	}
	return m
}

// testAPNG is a film of the frames given: the first as the picture itself.
func testAPNG(t testing.TB, w, h int, frames []cel, pictures []image.Image) string {
	var out []byte
	be := binary.BigEndian
	number := uint32(0)
	for i, c := range frames {
		var b bytes.Buffer
		if err := png.Encode(&b, pictures[i]); err != nil {
			t.Fatal(err)
		}
		raw := b.Bytes()
		at := bytes.Index(raw, []byte("IDAT"))
		data := raw[at+4 : at+4+int(be.Uint32(raw[at-4:]))]
		if i == 0 {
			out = append(out, raw[:33]...) // signature and IHDR
			out = appendChunk(out, "acTL", be.AppendUint32(be.AppendUint32(nil, uint32(len(frames))), 0))
		}
		var control []byte
		for _, v := range []int{int(number), c.w, c.h, c.x, c.y} {
			control = be.AppendUint32(control, uint32(v))
		}
		control = be.AppendUint16(be.AppendUint16(control, uint16(c.delay/time.Millisecond)), 1000)
		over := byte(1)
		if c.replace {
			over = 0
		}
		out = appendChunk(out, "fcTL", append(control, byte(c.disposal), over))
		number++
		if i == 0 {
			out = appendChunk(out, "IDAT", data)
			continue
		}
		out = appendChunk(out, "fdAT", append(be.AppendUint32(nil, number), data...))
		number++
	}
	return string(appendChunk(out, "IEND", nil))
}

func testMovingWebP(w, h int, frames []cel, colours []color.NRGBA) string {
	u24 := func(b []byte, v int) []byte { return append(b, byte(v), byte(v>>8), byte(v>>16)) }
	body := "VP8X\x0a\x00\x00\x00\x12\x00\x00\x00" + string(u24(u24(nil, w-1), h-1)) + "ANIM\x06\x00\x00\x00\xff\xff\xff\xff\x00\x00"
	for i, c := range frames {
		b := u24(u24(u24(u24(u24(nil, c.x/2), c.y/2), c.w-1), c.h-1), int(c.delay/time.Millisecond))
		flags := byte(0)
		if c.replace {
			flags |= 2
		}
		if c.disposal == disposeBackground {
			flags |= 1
		}
		frame := string(append(b, flags)) + testWebP(c.w, c.h, colours[i])[12:]
		body += "ANMF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(frame)))) + frame
	}
	return "RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)+4))) + "WEBP" + body
}

// TestMovingPictures draws the same film from two formats: frames lie over each
// other, are cleared and replaced.
func TestMovingPictures(t *testing.T) {
	clear := color.NRGBA{}
	film := []cel{
		{w: 8, h: 4, delay: 100 * time.Millisecond, replace: true},
		{x: 0, y: 0, w: 4, h: 4, delay: 200 * time.Millisecond, disposal: disposeBackground},
		{x: 4, y: 0, w: 4, h: 4, delay: 300 * time.Millisecond},
		{x: 4, y: 0, w: 4, h: 4, delay: 300 * time.Millisecond, replace: true},
	}
	colours := []color.NRGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, clear}
	pictures := []image.Image{plain(8, 4, colours[0]), plain(4, 4, colours[1]), plain(4, 4, colours[2]), plain(4, 4, clear)}
	pictures[0].(*image.NRGBA).Pix[3] = 254 // so that all are written with alpha
	pictures[1].(*image.NRGBA).Pix[3], pictures[2].(*image.NRGBA).Pix[3] = 254, 254
	want := [][2]color.RGBA{{red, red}, {green, red}, {white, blue}, {white, white}}
	for name, content := range map[string]string{"a.png": testAPNG(t, 8, 4, film, pictures), "a.webp": testMovingWebP(8, 4, film, colours)} {
		p := file(t, name, content)
		if f, err := identify(p); err != nil || f.kind != core.Video {
			t.Errorf("%s is %v: %v", name, f.kind, err)
		}
		s, err := Decode(p, core.Video)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(s.Frames) != 4 || s.Duration != 900*time.Millisecond || s.Width != 8 || s.Height != 4 {
			t.Errorf("%s: %d frames of %d x %d, %v", name, len(s.Frames), s.Width, s.Height, s.Duration)
			continue
		}
		for i, w := range want {
			if l, r := s.Frames[i].RGBAAt(2, 2), s.Frames[i].RGBAAt(6, 2); l != w[0] || r != w[1] {
				t.Errorf("%s: frame %d is %v %v, want %v", name, i, l, r, w)
			}
		}
		if s, err = Decode(p, core.Image); err != nil || len(s.Frames) != 1 || s.Frames[0].RGBAAt(2, 2) != red {
			t.Errorf("%s as a picture: %v", name, err)
		}
		if _, err := Decode(file(t, name, content[:len(content)-30]), core.Video); err == nil {
			t.Errorf("%s: a cut film is decoded", name)
		}
	}
	one := testMovingWebP(8, 4, film[:1], colours[:1])
	if s, err := Decode(file(t, "a.webp", one), core.Image); err != nil || len(s.Frames) != 1 {
		t.Errorf("a film of one frame: %v", err)
	}
}

func TestFilm(t *testing.T) {
	if !HasFFmpeg() {
		_, err := Decode(file(t, "a.mp4", made(t, "film.mp4")), core.Video)
		if err == nil || !strings.Contains(err.Error(), "ffmpeg and ffprobe are not on PATH") {
			t.Errorf("without ffmpeg: %v", err)
		}
		t.Skip("ffmpeg is not on PATH")
	}
	p := file(t, "-a film.mp4", made(t, "film.mp4"))
	s, err := Decode(p, core.Video)
	if err != nil {
		t.Fatal(err)
	}
	if s.Width != 160 || s.Height != 120 || s.Duration != 2*time.Second || len(s.Frames) < MaxFrames-1 || s.Frames[0].Bounds() != image.Rect(0, 0, 160, 120) {
		t.Errorf("%d frames of %d x %d, %v", len(s.Frames), s.Width, s.Height, s.Duration)
	}
	if l := max(level(s.Wave, 1000), level(s.Wave, 440)); l < 0.05 || s.RecordedRate != 48000 || len(s.At(48000)) != len(s.Recorded) || len(s.At(Rate)) != len(s.Wave) {
		t.Errorf("its sound track: level %v, %d samples at %d", l, len(s.Recorded), s.RecordedRate)
	}
	if s, err = Decode(p, core.Image); err != nil || len(s.Frames) != 1 || s.Duration != 0 || s.Wave != nil {
		t.Errorf("as a picture: %v", err)
	}
	for _, name := range []string{"film.mp4", "tone.m4a"} {
		if s, err = Decode(filepath.Join("testdata", name), core.Audio); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if l := max(level(s.Wave, 1000), level(s.Wave, 440)); l < 0.05 || s.Duration < 400*time.Millisecond {
			t.Errorf("%s: level %v, %v", name, l, s.Duration)
		}
	}
	for name, c := range map[string]string{"cut.mp4": made(t, "film.mp4")[:2000], "text.avi": "hello there", "list.mkv": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/hostname\n"} {
		if _, err := Decode(file(t, name, c), core.Video); err == nil {
			t.Errorf("%s is decoded", name)
		}
	}
}

func TestCannotRead(t *testing.T) {
	for name, want := range map[string]string{"a.heic": "HEIC cannot be read: make JPEGs", "a.nef": "camera raw cannot be read: make JPEGs", "a.psd": "Photoshop cannot be read"} {
		if _, err := Decode(file(t, name, "something else"), core.Image); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	// What costs too much is refused before it is decoded.
	for name, c := range map[string]struct{ content, want string }{
		"nest.svg":  {`<svg viewBox="0 0 9 9"><defs><g id="a"><use href="#a"/></g></defs><use href="#a"/></svg>`, "definitions use others"},
		"many.svg":  {`<svg viewBox="0 0 9 9"><defs><g id="a">` + strings.Repeat("<path d='M0 0'/>", 1000) + `</g></defs>` + strings.Repeat(`<use href="#a"/>`, 1000) + `</svg>`, "too many shapes"},
		"other.svg": {`<html><body/></html>`, "another kind of XML"},
		"wide.png":  {pngHeader(12000, 12000), "12000 x 12000 pixels, which take 549 MB"},
	} {
		if _, err := Decode(file(t, name, c.content), core.Image); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
