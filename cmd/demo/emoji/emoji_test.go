package emoji

import (
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ace/cmd/demo/paint"
)

// The same square, drawn by every means that SVG has.
func TestDraw(t *testing.T) {
	for _, body := range []string{
		`<path fill="#f00" d="M8 8h16v16H8z"/>`,
		`<path fill="#ff0000" d="m8,8 16 0 0 16-16 0z"/>`,
		`<path fill="#f00" d="M8 8L24 8C24 12 24 20 24 24S8 24 8 24Q8 16 8 8T8 8z"/>`,
		`<rect x="8" y="8" width="16" height="16" fill="#f00"/>`,
		`<g fill="#f00"><path d="M0 0h16v16H0z" transform="translate(8 8)"/></g>`,
		`<path fill="#f00" transform="rotate(90 16 16)" d="M8 8h16v16H8z"/>`,
		`<path fill="#f00" transform="matrix(2 0 0 2 0 0)" d="M4 4h8v8H4z"/>`,
		`<defs><path id="a" fill="#f00" d="M8 8h16v16H8z"/></defs><use href="#a"/>`,
		`<path fill="#f00" fill-rule="evenodd" d="M8 8h16v16H8zM-9-9h-1v-1z"/>`,
		`<path fill="none" stroke="#f00" stroke-width="16" d="M16 16V16"/><path fill="#f00" d="M8 8h1v1H8v15h16V8z"/>`,
	} {
		c := paint.New(32, 32)
		if err := draw(c, body, 32); err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		for _, p := range [][3]int{{10, 10, 1}, {16, 16, 1}, {22, 22, 1}, {5, 16, 0}, {16, 27, 0}, {26, 5, 0}} {
			want := color.RGBA{}
			if p[2] == 1 {
				want = color.RGBA{255, 0, 0, 255}
			}
			if got := c.Img.RGBAAt(p[0], p[1]); got != want {
				t.Errorf("%s: (%d, %d) is %v, want %v", body, p[0], p[1], got, want)
			}
		}
	}
}

// An arc command and a circle are the same disc.
func TestArc(t *testing.T) {
	a, b := paint.New(64, 64), paint.New(64, 64)
	if err := draw(a, `<path fill="#000" d="M4 16a12 12 0 1 0 24 0a12 12 0 1 0-24 0"/>`, 32); err != nil {
		t.Fatal(err)
	}
	if err := draw(b, `<circle cx="16" cy="16" r="12"/>`, 32); err != nil {
		t.Fatal(err)
	}
	for i := range a.Img.Pix {
		if d := int(a.Img.Pix[i]) - int(b.Img.Pix[i]); d > 32 || d < -32 {
			t.Fatalf("pixel %d differs: %d and %d", i/4, a.Img.Pix[i], b.Img.Pix[i])
		}
	}
}

func TestDrawRefuses(t *testing.T) {
	for body, want := range map[string]string{
		`<path fill="url(#g)" d="M0 0h1z"/>`:         "colour",
		`<path d="M0 0 L oops"/>`:                    "path data",
		`<path d="M0 0 X 1"/>`:                       "path data",
		`<linearGradient id="g"/>`:                   "not supported",
		`<g filter="url(#f)"/>`:                      "not supported",
		`<use href="#missing"/>`:                     "use of",
		`<use id="a" href="#a"/>`:                    "use of",
		`<path transform="skewX(3)" d="M0 0h1v1z"/>`: "transform",
		`<path d="M0 0h1v1z">`:                       "EOF",
	} {
		if err := draw(paint.New(8, 8), body, 8); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", body, err, want)
		}
	}
}

func TestVariant(t *testing.T) {
	chars := map[string]string{"1f9d1-200d-1f3a8": "artist", "1f468-200d-1f3a8": "man-artist"}
	for code, want := range map[string]bool{
		"1f9d1-200d-1f3a8": false, "1f468-200d-1f3a8": true, "1f468-200d-1f999": false,
		"1f44b-1f3fd": true, "1f44b": false, "1f6b4-200d-2642": true,
	} {
		if got := variant(code, chars); got != want {
			t.Errorf("variant(%s) = %v, want %v", code, got, want)
		}
	}
}

// A small pair of packages, as npm lays them out.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	set := "@iconify-json/fluent-emoji-flat/"
	write(set+"icons.json", `{"width":32,"height":32,"icons":{"red-heart":{"body":"<circle cx='16' cy='16' r='9' fill='#f00'/>"},
		"odd":{"body":"<mesh/>"}},"aliases":{"left":{"parent":"red-heart","hFlip":true}}}`)
	write(set+"chars.json", `{"2764":"red-heart","2765":"left","2766":"odd","2767":"nameless"}`)
	write(set+"metadata.json", `{"categories":{"Smileys":["red-heart"]}}`)
	for _, lang := range Languages {
		text := `{"annotations":{"annotations":{"❤":{"tts":["` + lang + ` heart"],"default":["` + lang + ` heart","love"]},
			"❥":{"tts":["bullet"],"default":["bullet"]},"❦":{"tts":["floral"],"default":[]}}}}`
		write("cldr-annotations-full/annotations/"+lang+"/annotations.json", text)
		write("cldr-annotations-derived-full/annotationsDerived/"+lang+"/annotations.json", `{}`)
	}
	got, skipped, err := Read(dir, 24)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || skipped != 1 {
		t.Fatalf("%d pictures, %d skipped; want 2 and 1", len(got), skipped)
	}
	it := got[1].Item
	if it.ID != "emoji-red-heart" || it.Title != "en heart" || len(it.Captions) != len(Languages) || it.Captions[1] != "de heart" ||
		!slices.Equal(it.Keywords, []string{"love", "❤"}) || it.Meta["group"] != "Smileys" {
		t.Errorf("item %+v", it)
	}
	if !strings.HasPrefix(string(got[1].PNG), "\x89PNG") {
		t.Error("no PNG")
	}
	if _, _, err := Read(t.TempDir(), 24); err == nil {
		t.Error("a folder without packages gives no error")
	}
}
