package media

import (
	"reflect"
	"strings"
	"testing"
)

func TestLoadFolder(t *testing.T) {
	png := testPNG(t, 3, 2)
	dir := write(t, map[string]string{
		"dogOnBeach.png":         png,
		"a/same.png":             png,
		"a/same.gif":             testGIF(t, 2),
		"a/side.png":             png,
		"a/side.txt":             "\ufeffa red boat\r\n\n a boat ",
		"a/full.png":             png,
		"a/full.png.json":        `{"title":"The Hat","caption":"a hat","tags":["hat","felt"],"meta":{"room":"2"},"camera":{"x":1}}`,
		"Old Maps/captions.csv":  "Image,Caption,keywords,year\nsea_1.png,\"a map, old\",\"map; sea\",1820\nsea_1.png,the sea,,\nlost.png,nothing,,\n",
		"Old Maps/sea_1.png":     png,
		"sounds/captions.jsonl":  `{"file":"rain.wav","captions":["rain on a roof"],"modality":"audio"}`,
		"sounds/rain.wav":        testWAV(1, 1, 8000, 16, make([]byte, 32)),
		"IMG_2041.png":           png,
		".hidden/x.png":          png,
		".x.png":                 png,
		"notes.md":               "not a medium",
		"broken.mp4":             "",
		"Old Maps/captions.html": "",
	})
	c, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	type view struct {
		id, kind, title    string
		captions, keywords []string
		meta               map[string]string
	}
	var got []view
	for _, it := range c.Items {
		got = append(got, view{it.ID, it.Kind.String(), it.Title, it.Captions, it.Keywords, it.Meta})
	}
	want := []view{
		{"IMG_2041", "image", "", nil, nil, nil},
		{"Old Maps/sea_1", "image", "", []string{"a map, old", "the sea"}, []string{"map", "sea"}, map[string]string{"year": "1820"}},
		{"a/full", "image", "The Hat", []string{"a hat"}, []string{"hat", "felt"}, map[string]string{"room": "2"}},
		{"a/same", "video", "", []string{"same"}, []string{"a"}, nil},
		{"a/same.png", "image", "", []string{"same"}, []string{"a"}, nil},
		{"a/side", "image", "", []string{"a red boat", "a boat"}, nil, nil},
		{"dogOnBeach", "image", "", []string{"dog on beach"}, nil, nil},
		{"sounds/rain", "audio", "", []string{"rain on a roof"}, nil, nil},
	}
	if len(got) != len(want) {
		t.Fatalf("got %d items %v, want %d", len(got), got, len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("item %d:\ngot  %q\nwant %q", i, got[i], want[i])
		}
	}
	if len(c.Skipped) != 2 || c.Skipped[0] != (Skip{"broken.mp4", "the file is empty"}) ||
		c.Skipped[1].File != "Old Maps/lost.png" || !strings.Contains(c.Skipped[1].Reason, "no such file") || !strings.Contains(c.Skipped[1].Reason, "captions.csv:4") {
		t.Errorf("skipped %q", c.Skipped)
	}
	if c.Total != 9 {
		t.Errorf("total %d, want 9", c.Total)
	}
}

func TestFolderErrors(t *testing.T) {
	png := testPNG(t, 1, 1)
	for _, c := range []struct {
		files map[string]string
		want  string
	}{
		{map[string]string{"a.png": png, "a.json": "{"}, "a.json: bad JSON"},
		{map[string]string{"a.png": png, "a.json": `{"title":3}`}, "a.json: title: want a string or a list of strings"},
		{map[string]string{"a.png": png, "captions.csv": "file,caption\na.png,\"x\n"}, "captions.csv:2"},
		{map[string]string{"a.png": png, "captions.csv": "file,caption\n,x\n"}, "captions.csv:2: the row names no file"},
		{map[string]string{"a.png": png, "captions.csv": "file,caption\na.png,x,y\n"}, "captions.csv:2: the row has 3 fields, the heading 2"},
		{map[string]string{"a.png": png, "captions.csv": "file,modality\na.png,smell\n"}, `captions.csv:2: unknown kind "smell"`},
		{map[string]string{"a.png": png, "captions.jsonl": `{"caption":"x"}`}, "captions.jsonl:1: it has no file"},
	} {
		if _, err := Load(write(t, c.files)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want %q", err, c.want)
		}
	}
}

func TestCSVWithoutHeading(t *testing.T) {
	c, err := Load(write(t, map[string]string{"x.png": testPNG(t, 1, 1), "captions.csv": "x.png,one,two\n"}))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Items[0].Captions; !reflect.DeepEqual(got, []string{"one", "two"}) {
		t.Errorf("got %q", got)
	}
}

func TestSplitName(t *testing.T) {
	for name, want := range map[string]string{
		"dog_on-the beach":    "dog on the beach",
		"camelCaseName":       "camel case name",
		"HTTPServerError":     "http server error",
		"boat12":              "boat",
		"harbour-1912_b":      "harbour 1912 b",
		"Müller's Käse":       "müller's käse",
		"北京_street":           "北京 street",
		"IMG_1234":            "",
		"DSC00012":            "",
		"1f9e2":               "",
		"a3f09c12":            "",
		"2019":                "",
		"photo":               "photo",
		"Screenshot 2024-1-2": "",
		"":                    "",
	} {
		if got := strings.Join(splitName(name), " "); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
