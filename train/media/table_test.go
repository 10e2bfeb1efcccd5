package media

import (
	"reflect"
	"strings"
	"testing"
)

// captionsOf are the ids of a collection with their captions, keywords and year.
func captionsOf(c *Collection) (all []string) {
	for _, it := range c.Items {
		all = append(all, it.ID+": "+strings.Join(it.Captions, " / ")+"; "+strings.Join(it.Keywords, " / ")+"; "+it.Meta["year"])
	}
	return all
}

func TestTables(t *testing.T) {
	png := testPNG(t, 2, 2)
	for name, content := range map[string]string{
		"museum.csv":  "Bild,Beschreibung,Tags,year\nm/b.png,a blue jug,jug;blue,1910\nm/a.png,a red cup,cup,1900\nm/a.png,the same cup,,\n",
		"excel.csv":   "\ufeffid;datei;description;keywords;year\n7;m/b.png;a blue jug;jug,blue;1910\n8;m/a.png;a red cup;cup;1900\n8;m/a.png;the same cup;;\n",
		"museum.tsv":  "year\tfile name\talt text\tkeywords\n1910\tm/b.png\ta blue jug\tjug,blue\n1900\tm/a.png\ta red cup\tcup\n\tm/a.png\tthe same cup\t\n",
		"guess.csv":   "object,description,tags,year\nm/b.png,a blue jug,jug|blue,1910\nm/a.png,a red cup,cup,1900\nm/a.png,the same cup,,\n",
		"list.json":   `[{"path":"m/b.png","caption":"a blue jug","tags":["jug","blue"],"year":1910},{"path":"m/a.png","captions":["a red cup","the same cup"],"keywords":"cup","year":"1900"}]`,
		"object.json": `{"version":1,"records":[{"path":"m/b.png","Beschreibung":"a blue jug","tags":["jug","blue"],"year":1910},{"path":"m/a.png","captions":["a red cup","the same cup"],"keywords":"cup","year":"1900"}]}`,
	} {
		dir := write(t, map[string]string{name: content, "m/a.png": png, "m/b.png": png, "m/c.png": png})
		c, err := Load(dir + "/" + name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := []string{"m/b: a blue jug; jug / blue; 1910", "m/a: a red cup / the same cup; cup; 1900"}
		if got := captionsOf(c); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, want)
		}
		// In its folder it does the same, beside what it does not name.
		if c, err = Load(dir); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want = []string{want[1], want[0], "m/c: c; m; "}
		if got := captionsOf(c); !reflect.DeepEqual(got, want) {
			t.Errorf("folder of %s:\ngot  %q\nwant %q", name, got, want)
		}
	}
}

func TestTableColumns(t *testing.T) {
	png := testPNG(t, 2, 2)
	dir := write(t, map[string]string{"t.csv": "foto,inhalt,file,wann\na.png,a cup,not this,1900\n", "t.json": `[{"foto":"a.png","inhalt":["a cup"],"file":"not this","wann":"1900"}]`, "a.png": png, "other.csv": "x,y\n1,2\n", "broken.json": "{"})
	o := Options{Columns: map[string]string{"file": "Foto", "caption": "inhalt"}}
	for _, name := range []string{"t.csv", "t.json"} {
		c, err := LoadWith(dir+"/"+name, o)
		if err != nil {
			t.Fatal(err)
		}
		if it := c.Items[0]; !reflect.DeepEqual(it.Captions, []string{"a cup"}) || it.Meta["wann"] != "1900" {
			t.Errorf("%s: %+v", name, it)
		}
	}
	if c, err := Load(dir); err != nil || len(c.Items) != 1 || len(c.Skipped) != 0 {
		t.Errorf("a folder with tables of other things: %+v, %v", c, err)
	}
	for _, c := range []struct {
		o    Options
		want string
	}{{Options{Columns: map[string]string{"smell": "x"}}, `unknown field "smell"`}, {Options{Columns: map[string]string{"file": "nix"}}, `no column is called "nix"`}} {
		if _, err := LoadWith(dir+"/t.csv", c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want %q", err, c.want)
		}
	}
}

func TestExplain(t *testing.T) {
	dir := write(t, map[string]string{"a/rain.wav": testWAV(1, 1, 8000, 8, []byte{1, 2}), "a/rain.txt": "rain\n", "a/rain.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nit pours\n",
		"a/rain.wav.xmp": xmpPacket, "a/plain_dog.png": testPNG(t, 1, 1), "a/gone.gif": "", "captions.csv": "file,caption\na/rain.wav,drops\n"})
	e, err := Explain(dir, "a/rain", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range e.Sources {
		names = append(names, strings.TrimPrefix(s.Name, dir+"/")+": "+strings.Join(s.Captions, "|"))
	}
	want := []string{"captions.csv:2: drops", "a/rain.txt: rain", "a/rain.vtt: it pours", "a/rain.wav.xmp: boats in the rain"}
	if !reflect.DeepEqual(names, want) || !reflect.DeepEqual(e.Item.Captions, []string{"drops", "rain", "it pours", "boats in the rain"}) || e.Item.Title != "The Harbour" {
		t.Errorf("got %q, item %+v", names, e.Item)
	}
	if e, err = Explain(dir, "a/plain_dog.png", Options{}); err != nil || len(e.Sources) != 1 || e.Sources[0].Name != "its name" {
		t.Errorf("a name alone: %+v, %v", e, err)
	}
	for item, want := range map[string]string{"nobody": `no item or file "nobody"`, "a/gone.gif": "a/gone.gif is skipped: the file is empty"} {
		if _, err := Explain(dir, item, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", item, err)
		}
	}
}
