package feature

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"ace/core"
	"ace/train/media"
)

// What was found is found again, decoding nothing; what is damaged, or was not
// looked for, is looked for again; what nobody asks for goes.
func TestKept(t *testing.T) {
	dir := t.TempDir()
	for name, m := range map[string]*image.RGBA{"a.png": testPicture(600, 400, 1), "b.png": testPicture(60, 40, 2)} {
		for i := range m.Pix {
			if i%4 != 3 {
				m.Pix[i] ^= byte(i*i>>7) & 15 // so that its file is worth a thumbnail
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	folder := t.TempDir()
	extract := func(folder string, thumbs bool) *Features {
		t.Helper()
		o := Defaults()
		o.Thumbs = thumbs
		if folder != "" {
			var err error
			if o.Kept, err = OpenKept(folder); err != nil {
				t.Fatal(err)
			}
		}
		c, err := media.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Extract(context.Background(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	fresh := extract("", false)
	if it := fresh.Items[0]; it.Width != 600 || it.Height != 400 || it.Colour == "" || fresh.Looks[0].Digest == [32]byte{} {
		t.Errorf("%+v", it)
	}
	for range 2 {
		if f := extract(folder, false); !reflect.DeepEqual(f.X, fresh.X) || !reflect.DeepEqual(f.Items, fresh.Items) || !reflect.DeepEqual(f.Looks, fresh.Looks) {
			t.Error("what is kept is not what is found")
		}
	}
	k, err := OpenKept(folder)
	if err != nil {
		t.Fatal(err)
	}
	digest := fresh.Looks[0].Digest
	record, ok := k.get(digest, core.Image)
	if !ok || record.Tried || record.Thumb != nil {
		t.Fatalf("%v, %+v", ok, record.Look)
	}
	if _, ok := k.get(digest, core.Video); ok {
		t.Error("a picture is also a film")
	}
	// A look that differs shows that nothing is decoded.
	record.Look.Width = 77
	k.put(digest, core.Image, &record)
	if f := extract(folder, false); f.Items[0].Width != 77 {
		t.Errorf("decoded again: %d wide", f.Items[0].Width)
	}
	// With thumbnails it has to be, once.
	if f := extract(folder, true); f.Items[0].Width != 600 {
		t.Errorf("not decoded for its thumbnail: %d wide", f.Items[0].Width)
	}
	if record, ok = k.get(digest, core.Image); !ok || !record.Tried || len(record.Thumb) == 0 || record.Ext != ".webp" {
		t.Errorf("%v, %v, a thumbnail of %d bytes", ok, record.Tried, len(record.Thumb))
	}
	if _, thumb, ext, err := k.Look(filepath.Join(dir, "a.png"), core.Image); err != nil || ext != ".webp" || !reflect.DeepEqual(thumb, record.Thumb) {
		t.Errorf("%v, %s, %d bytes", err, ext, len(thumb))
	}

	path := k.path(digest, core.Image)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 4
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, ok := k.get(digest, core.Image); ok {
		t.Error("a damaged record counts")
	}
	long := time.Now().Add(keptFor + time.Hour)
	k.trim(long)
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("nobody asked for it: %v", err)
	}
}

// Whatever is in a file of what was found, it is read or refused; what is read is
// written as it was.
func FuzzKept(f *testing.F) {
	full := found{Look: media.Look{Width: 3, Height: 2, Duration: time.Second, Colour: 0x102030, Print: []byte{1, 2}}, Vector: []float32{1, 2.5}, Tried: true, Thumb: []byte("jpg"), Ext: ".jpg"}
	f.Add(full.encode())
	f.Add((&found{}).encode())
	f.Add(full.encode()[:50])
	f.Fuzz(func(t *testing.T, data []byte) {
		var a, b found
		if !a.decode(data) {
			return
		}
		if again := a.encode(); !b.decode(again) || !bytes.Equal(again, b.encode()) {
			t.Fatalf("%x is read as %+v, and that as %+v", data, a, b)
		}
	})
}
