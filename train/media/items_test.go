package media

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"ace/core"
)

func TestParseItems(t *testing.T) {
	const text = "\xef\xbb\xbf" + `{"id":"a","file":"../m/a.png","modality":"image","captions":[" a dog ","","a dog"],"keywords":["x"],"meta":{"year":"1999"},"extra":[1,{}]}

  {"id":"b","file":"b.ogg","title":" Rain ","url":"https://example.org/b"}
`
	got, err := parseItems(strings.NewReader(text), "items.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	want := []entry{
		{core.Item{ID: "a", File: "../m/a.png", Captions: []string{"a dog"}, Keywords: []string{"x"}, Meta: map[string]string{"year": "1999"}}, true},
		{core.Item{ID: "b", File: "b.ogg", Title: "Rain", URL: "https://example.org/b"}, false},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestParseItemsErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"id":"a"`, "f.jsonl:1: bad JSON: unexpected end"},
		{"\n" + `{"id":"a","file":"b"} x`, "f.jsonl:2: bad JSON: invalid character 'x'"},
		{`["a"]`, "f.jsonl:1: bad JSON: want an object, found array"},
		{`{"file":"b"}`, "f.jsonl:1: the item has no id"},
		{`{"id":"a"}`, `f.jsonl:1: item "a": it has no file`},
		{`{"id":"a","file":"/etc/b.png"}`, `want a path relative to the items file`},
		{`{"id":"a\n","file":"b"}`, "holds a control character"},
		{`{"id":"a","file":"b","captions":"dog"}`, "f.jsonl:1: captions: want a list of strings, found string"},
		{`{"id":"a","file":"b","keywords":[1]}`, "f.jsonl:1: keywords: want a list of strings, found number"},
		{`{"id":"a","file":"b","meta":{"n":1}}`, "meta"},
		{`{"id":"a","file":"b","modality":"picture"}`, `modality: unknown kind "picture"`},
		{`{"id":"a","file":"b"}` + "\n\n" + `{"id":"a","file":"c"}`, `f.jsonl:3: id "a" is already taken by line 1`},
		{"{}\n" + strings.Repeat("x", maxLine+1), "f.jsonl:1: the item has no id"},
		{`{"id":"a","file":"b"}` + "\n" + strings.Repeat("x", maxLine+1), "f.jsonl:2: the line is longer than"},
	} {
		_, err := parseItems(strings.NewReader(c.text), "f.jsonl")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: got error %v, want %q", c.text, err, c.want)
		}
	}
}

func FuzzItems(f *testing.F) {
	for _, s := range []string{
		`{"id":"a","file":"b.png","modality":"image","captions":["x"],"meta":{"k":"v"}}`,
		"{\"id\":\"a\",\"file\":\"../b\"}\n\n{\"id\":\"b\",\"file\":\"./c/../d\"}",
		`{"id":"\ud800","file":"\u0000"}`, `[`, "\xef\xbb\xbf{}", `{"id":1}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := parseItems(strings.NewReader(string(b)), "f.jsonl")
		if err != nil && !strings.HasPrefix(err.Error(), "f.jsonl:") {
			t.Errorf("error without a place: %v", err)
		}
		seen := map[string]bool{}
		for _, e := range entries {
			if e.ID == "" || seen[e.ID] {
				t.Errorf("id %q is empty or twice there", e.ID)
			}
			seen[e.ID] = true
			if e.File == "" || e.File[0] == '/' {
				t.Errorf("file %q is not relative", e.File)
			}
			for _, c := range append(e.Captions, e.Keywords...) {
				if strings.TrimSpace(c) != c || c == "" {
					t.Errorf("text %q is not tidy", c)
				}
			}
		}
	})
}

// write makes files under a new folder and returns it.
func write(t testing.TB, files map[string]string) string {
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoadItems(t *testing.T) {
	dir := write(t, map[string]string{
		"set/items.jsonl": `{"id":"a","file":"../media/a.png"}
{"id":"b","file":"gone.png","modality":"image"}
{"id":"c","file":"empty.wav"}
{"id":"d","file":"d.dat","modality":"audio"}
{"id":"e","file":"e.dat"}
{"id":"f","file":"film.gif"}
{"id":"g","file":"still.gif"}
{"id":"h","file":"folder"}
`,
		"media/a.png":   testPNG(t, 4, 4),
		"set/empty.wav": "", "set/d.dat": "not a format", "set/e.dat": "not a format",
		"set/film.gif": testGIF(t, 3), "set/still.gif": testGIF(t, 1), "set/folder/x": "",
	})
	for _, path := range []string{filepath.Join(dir, "set"), filepath.Join(dir, "set", "items.jsonl")} {
		c, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, it := range c.Items {
			got = append(got, it.ID+" "+it.Kind.String())
			if c.Rows[i] != int(it.ID[0]-'a') {
				t.Errorf("item %s is row %d", it.ID, c.Rows[i])
			}
		}
		if want := []string{"a image", "d audio", "f video", "g image"}; !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		want := []Skip{{"gone.png", "no such file"}, {"empty.wav", "the file is empty"}, {"e.dat", "its format is unknown"}, {"folder", "it is not a regular file"}}
		if !reflect.DeepEqual(c.Skipped, want) {
			t.Errorf("skipped %q, want %q", c.Skipped, want)
		}
		if c.Total != 8 {
			t.Errorf("total %d, want 8", c.Total)
		}
		if _, err := os.Stat(c.Path(0)); err != nil {
			t.Error(err)
		}
	}
}

func TestLoadErrors(t *testing.T) {
	dir := write(t, map[string]string{
		"none.jsonl": "\n", "gone.jsonl": `{"id":"a","file":"x.png"}` + "\n" + `{"id":"b","file":"y.png"}`,
		"words.txt": "x", "empty/readme": "", "bad.jsonl": "{",
	})
	for _, c := range []struct{ path, want string }{
		{"none.jsonl", "no pictures, sounds or films"},
		{"gone.jsonl", "none of the 2 files can be read, the first being x.png: no such file"},
		{"words.txt", "want a folder, a table"},
		{"empty", "no pictures, sounds or films"},
		{"bad.jsonl", "bad.jsonl:1: bad JSON"},
		{"absent", "no such file"},
	} {
		if _, err := Load(filepath.Join(dir, c.path)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want %q", c.path, err, c.want)
		}
	}
}
