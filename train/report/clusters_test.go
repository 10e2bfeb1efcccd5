package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"
)

func TestClusters(t *testing.T) {
	var b bytes.Buffer
	s := &Summary{Kinds: []Kind{{"image", 3}}, Skipped: map[string][]string{"the file is empty": {"a&b.png"}}}
	list := []Cluster{
		{Code: 7, Items: 2, Words: []string{"dog", "<b>"}, Samples: []Sample{{Name: "a <i>dog</i>", Kind: "image", Picture: []byte("\xff\xd8jpeg")}, {Name: "clear", Kind: "image", Picture: []byte("\x89PNG")}}},
		{Code: 1, Items: 1, Samples: []Sample{{Name: "bark", Kind: "audio", Peaks: []float32{0, 0.5, 1}}}},
	}
	if err := Clusters(&b, &Collection{Title: "Dogs & cats"}, s, []Chart{{"Codes", []byte("<svg/>")}}, list); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{"<h1>Dogs &amp; cats</h1>", "a&amp;b.png", "Code 7 <small>2 items", "Code 1 <small>1 item<", "<p>dog, &lt;b&gt;</p>",
		`src="data:image/jpeg;base64,/9hqcGVn"`, `src="data:image/png;base64,iVBORw=="`, "a &lt;i&gt;dog&lt;/i&gt;", `d="M20.0 44.5V45.5M60.0 24.0V66.0M100.0 3.0V87.0"`, `src="data:image/svg`} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if strings.Index(page, "Code 7") > strings.Index(page, "Code 1 ") {
		t.Error("out of order")
	}
	d := xml.NewDecoder(strings.NewReader(page)) // as far as HTML is XML: no text breaks out of its element
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && (e.Name.Local == "b" || e.Name.Local == "i" || e.Name.Local == "script") {
			t.Errorf("an element %s", e.Name.Local)
		}
	}
}

func TestSummaryText(t *testing.T) {
	s := &Summary{Kinds: []Kind{{"image", 8}, {"audio", 2}}, Words: 45, Wordless: []string{"a", "b", "c", "d", "e"},
		Skipped: map[string][]string{"no such file": {"x"}, "the file is empty": {"y", "z"}}, Scripts: map[string]int{"Han": 2, "Latin": 5},
		Same: [][]string{{"a", "b"}}, Alike: [][]string{{"1", "2"}, {"3", "4"}, {"5", "6"}, {"7", "8"}, {"9", "10"}},
		Stages: []Stage{{"extract", 1234 * time.Millisecond}, {"train", 125 * time.Second}}}
	const want = `  items          10: 8 image, 2 audio
  skipped        2: the file is empty (y, z)
                 1: no such file (x)
  words          4.5 an item
  without words  5, found by what they look or sound like alone (a, b, c and 2 more)
  scripts        Latin 5, Han 2
  the same file  a, b
  alike          1, 2
                 3, 4
                 5, 6
                 and 2 more groups
  time           extract 1.2s, train 2m5s
`
	var b bytes.Buffer
	if err := s.Text(&b); err != nil || b.String() != want {
		t.Errorf("%v\n%s", err, b.String())
	}
}
