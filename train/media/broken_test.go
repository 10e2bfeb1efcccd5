package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// sound are undamaged files of all formats that are read without help.
func sound(t testing.TB) map[string]string {
	all := whole(t)
	var b, ti, jpg bytes.Buffer
	if err := bmp.Encode(&b, corners(40, 20)); err != nil {
		t.Fatal(err)
	}
	if err := tiff.Encode(&ti, corners(40, 20), nil); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&jpg, gradient(64, 64), nil); err != nil {
		t.Fatal(err)
	}
	all["bmp"], all["tif"], all["jpeg"] = b.String(), ti.String(), jpg.String()
	film := []cel{{w: 8, h: 4, replace: true}, {w: 4, h: 4}}
	all["apng"] = testAPNG(t, 8, 4, film, []image.Image{plain(8, 4, color.NRGBA{1, 2, 3, 4}), plain(4, 4, color.NRGBA{1, 2, 3, 4})})
	all["moving.webp"] = testMovingWebP(8, 4, film, []color.NRGBA{{1, 2, 3, 4}, {4, 5, 6, 7}})
	all["svg"] = `<svg viewBox="0 0 9 9"><title>` + strings.Repeat("long ", 30) + `</title><rect width="3" height="4"/></svg>`
	return all
}

// broken is a folder of files none of which can be read: cut off, empty, of
// another format than they say, and such as would fill the memory.
func broken(t testing.TB) map[string]string {
	files := map[string]string{}
	put := func(name, content string) { files[fmt.Sprintf("%03d-%s", len(files), name)] = content }
	for _, f := range formats {
		for i, ext := range f.extensions {
			if i > 0 && foreign(f.name) {
				continue // a process each
			}
			put("empty"+ext, "")
			put("text"+ext, "this is not what its name says\n")
			put("zeros"+ext, strings.Repeat("\x00", 5000))
		}
	}
	for ext, content := range sound(t) {
		for _, n := range []int{3, 9, 17, 25, 33} {
			if n < len(content)*3/4 {
				put("cut."+ext, content[:n])
			}
		}
		if ext == "mp3" || ext == "opus" || ext == "ogg" {
			continue // they play as far as they go
		}
		put("half."+ext, content[:len(content)/2])
		if ext == "bmp" || ext == "wav" {
			continue // whose data may be anything
		}
		head := min(40, len(content)/3)
		put("noise."+ext, content[:head]+strings.Repeat("\xff", 3000))
		put("nothing."+ext, content[:head]+strings.Repeat("\x00", 3000))
	}
	be, le := binary.BigEndian, binary.LittleEndian
	for _, side := range []uint32{50000, 30000, 1 << 30, 1<<32 - 1} {
		put("bomb.png", pngHeader(side, side)+string(appendChunk(nil, "IDAT", []byte(strings.Repeat("\x00", 100)))))
		put("bomb.apng", pngHeader(side, side)+string(appendChunk(nil, "acTL", []byte{0, 0, 255, 255, 0, 0, 0, 0})))
		b := []byte(sound(t)["bmp"])
		le.PutUint32(b[18:], side)
		le.PutUint32(b[22:], side)
		put("bomb.bmp", string(b))
		ti := []byte(sound(t)["tif"])
		for at := 0; at+12 <= len(ti); at++ { // width and height among the entries
			if tag := le.Uint16(ti[at:]); (tag == 256 || tag == 257) && le.Uint16(ti[at+2:]) <= 4 && le.Uint32(ti[at+4:]) == 1 {
				le.PutUint16(ti[at+2:], 4)
				le.PutUint32(ti[at+8:], side)
			}
		}
		put("bomb.tif", string(ti))
		w := []byte(sound(t)["moving.webp"])
		copy(w[24:], []byte{byte(side), byte(side >> 8), byte(side >> 16), byte(side), byte(side >> 8), byte(side >> 16)})
		if side == 1<<30 { // of which 24 bits are nothing
			continue
		}
		put("bomb.webp", string(w))
	}
	for _, side := range []uint16{65535, 50000, 30000} {
		b := []byte(sound(t)["jpeg"])
		at := bytes.Index(b, []byte{0xff, 0xc0})
		be.PutUint16(b[at+5:], side)
		be.PutUint16(b[at+7:], side)
		put("bomb.jpg", string(b))
		b[at+1] = 0xc2
		be.PutUint16(b[at+5:], 9000)
		be.PutUint16(b[at+7:], 8999)
		put("progressive.jpg", string(b))
		g := []byte(testGIF(t, 2))
		le.PutUint16(g[6:], side)
		le.PutUint16(g[8:], side)
		put("bomb.gif", string(g))
	}
	// A GIF without an end, whose frames are damaged.
	g := &gif.GIF{Image: []*image.Paletted{image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White})}, Delay: []int{1}}
	one := encodeGIF(t, g)
	at := strings.LastIndex(one, "\x2c")
	put("endless.gif", one[:at]+strings.Repeat("\x2c\x00\x00\x00\x00\x08\x00\x08\x00\x00\x02\x01\xff\x00", 200000))
	put("blocks.gif", one[:at]+strings.Repeat("\x21\xfe\x04text\x00", 300000))
	put("nest.svg", `<svg viewBox="0 0 9 9"><defs><g id="a"><use href="#a"/></g></defs><use href="#a"/></svg>`)
	put("deep.svg", `<svg viewBox="0 0 9 9">`+strings.Repeat("<g>", 100000))
	put("flat.svg", `<svg viewBox="0 0 0 9"><rect/></svg>`)
	put("huge.svg", `<svg viewBox="0 0 1e300 1e300"><rect width="1e300" height="1e300"/></svg>`)
	put("long.mp3", "ID3\x04\x00\x00\x7f\x7f\x7f\x7f"+strings.Repeat("x", 2000))
	put("free.mp3", strings.Repeat("\xff\xfb\x00\x00", 500))
	put("wide.wav", testWAV(1, 60000, 8000, 16, make([]byte, 100)))
	put("fast.wav", testWAV(1, 1, 1<<31-1, 16, make([]byte, 100)))
	put("many.opus", strings.Replace(made(t, "tone.opus"), "OpusHead\x01\x01", "OpusHead\x01\xff", 1))
	flac := []byte(flacFile(t, 16000, 1000, 16))
	copy(flac[18:26], "\xff\xff\xff\xff\xff\xff\xff\xff")
	put("claims.flac", string(flac))
	return files
}

func TestBroken(t *testing.T) {
	files := broken(t)
	if len(files) < 200 {
		t.Fatalf("%d files", len(files))
	}
	dir := write(t, files)
	var most uint64
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
	c, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if c.Total != len(files) {
		t.Errorf("%d of %d files were seen", c.Total, len(files))
	}
	errs := make([]error, len(c.Items))
	inParallel(len(c.Items), func(i int) { _, errs[i] = DecodePreview(c.Path(i), c.Items[i].Kind) })
	close(stop)
	wg.Wait()
	for i, it := range c.Items {
		if errs[i] == nil {
			t.Errorf("%s is read", it.File)
		} else if r := Reason(errs[i]); r == "" || strings.Contains(r, dir) || strings.Contains(r, "\n") || len(r) > 250 {
			t.Errorf("%s: the reason %q is not one", it.File, r)
		}
	}
	for _, s := range c.Skipped {
		if s.Reason == "" {
			t.Errorf("%s is skipped without a reason", s.File)
		}
	}
	if most > 400<<20 {
		t.Errorf("%d MB of memory were in use", most>>20)
	}
	t.Logf("%d files: %d cannot be opened, %d not decoded, at most %d MB", len(files), len(c.Skipped), len(c.Items), most>>20)
	if testing.Verbose() {
		for i, it := range c.Items {
			fmt.Fprintln(os.Stderr, filepath.Base(it.File), "-", Reason(errs[i]))
		}
	}
}
