package media

import (
	"reflect"
	"strings"
	"testing"
)

func TestPages(t *testing.T) {
	png, wav := testPNG(t, 2, 2), testWAV(1, 1, 8000, 8, []byte{1, 2})
	const gallery = `<!doctype html><title>My walks</title><meta charset=utf-8>
<nav><img src="../logo.png" alt="logo" data-ace-ignore></nav>
<h1>All</h1><h2>In the <em>hills</em></h2>
<figure id="one" data-ace-filter="place:Harz, year:2001"><a href="a%20big.png"><img src="a.png" alt="a goat"></a><figcaption>A goat on a <b>rock</b></figcaption></figure>
<h2>By the sea</h2>
<div data-ace-keywords="sea, wind" data-ace-title="Waves"><audio controls title="the sound of waves"><source src="/sounds/sea.wav"></audio></div>
<img src="https://example.org/x.png" alt="elsewhere"><img src="gone.png"><img src="b.png" alt=""><script>document.write("<img src=c.png alt=script>")</script>`
	const second = `<html><head><title>Second</title><link rel=canonical href="https://example.org/second/"><base href="/walks/"></head><body><img src="b.png" alt="outside">
<main data-ace-body><span data-ace-filter="trip:two"></span><p><a href="c.png">a map</a><img srcset="b.png 1x, gone.png 2x" alt="a boat"></p></main><img src="d.png" alt="advertisement"></body></html>`
	dir := write(t, map[string]string{
		"walks/index.html": gallery, "second.htm": second, "empty.html": "", "logo.png": png, "walks/a.png": png, "walks/a big.png": png,
		"walks/b.png": png, "walks/c.png": png, "walks/d.png": png, "walks/e_cup.png": png, "sounds/sea.wav": wav,
	})
	c, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, it := range c.Items {
		got = append(got, strings.Join([]string{it.ID, it.Title, strings.Join(it.Captions, "|"), strings.Join(it.Keywords, "|"), it.URL, it.Meta["place"] + it.Meta["trip"]}, "; "))
	}
	want := []string{
		"sounds/sea; Waves; the sound of waves; sea|wind|By the sea|My walks; /walks/; ",
		"walks/a big; ; A goat on a rock|a goat; In the hills|My walks; /walks/#one; Harz",
		"walks/a; ; A goat on a rock|a goat; In the hills|My walks; /walks/#one; Harz",
		"walks/b; ; a boat; Second|By the sea|My walks; https://example.org/second/; two",
		"walks/c; ; a map; Second; https://example.org/second/; two",
		"walks/e_cup; ; e cup; walks; ; ",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(c.Skipped) != 0 {
		t.Errorf("skipped %v", c.Skipped)
	}
	if c, err = LoadWith(dir, Options{Pages: "https://me.example/site/"}); err != nil || c.Items[0].URL != "https://me.example/site/walks/" {
		t.Errorf("address %q, %v", c.Items[0].URL, err)
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(`<title>t</title><figure id=x data-ace-filter="a:b"><img src=a.png alt=x><figcaption>c</figcaption></figure>`))
	f.Add([]byte(`<base href="//x"><img src="%zz"><img srcset=", ,"><a href=a.png><audio data-ace-body><h1><source src=../a.png>`))
	f.Add([]byte(strings.Repeat("<div>", 3000) + "<img src=a.png>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := parsePage(strings.NewReader(string(b)), "x/index.html", map[string]bool{"a.png": true, "x/a.png": true}, "")
		if err != nil {
			return
		}
		for _, s := range p.shown {
			if s.file != "a.png" && s.file != "x/a.png" {
				t.Errorf("file %q is not there", s.file)
			}
		}
	})
}
