package media

import (
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/bep/imagemeta"
)

// exifFields and iptcFields are the tags that are words (JEITA CP-3451; IPTC
// Information Interchange Model, section 6).
var (
	exifFields = map[string]string{
		"ImageDescription": "caption", "XPTitle": "title", "XPSubject": "caption", "XPComment": "caption", "XPKeywords": "keywords", "UserComment": "caption",
		"DateTimeOriginal": "date",
	}
	iptcFields = map[string]string{
		"ObjectName": "title", "Headline": "caption", "Caption-Abstract": "caption", "Keywords": "keyword",
		"City": "keyword", "Province-State": "keyword", "Country-PrimaryLocationName": "keyword", "Sub-location": "keyword", "DateCreated": "date",
	}
)

// embedded reads the words that a file itself holds, one result a kind of tags.
// What is damaged holds none.
func embedded(path string, f format) (said []known) {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	defer func() { recover() }()
	keep := func(source string, k known, err error) {
		if err == nil && (!k.empty() || len(k.meta) > 0) {
			k.source = source
			said = append(said, k)
		}
	}
	switch f.name {
	case "JPEG", "TIFF", "WebP", "AVIF", "PNG":
		pictureWords(file, f.name, keep)
		if f.name == "PNG" {
			k, xmp, err := pngText(file)
			keep("PNG text", k, err)
			keep("XMP", xmp, err)
		}
	case "SVG":
		b, err := readSVG(file)
		if err != nil {
			return nil
		}
		d, err := scanSVG(b)
		var k known
		for _, t := range d.titles {
			k.tag("title", t)
		}
		for _, t := range d.descriptions {
			k.tag("caption", t)
		}
		keep("SVG", k, err)
	default:
		soundWords(file, f.name, keep)
	}
	return said
}

func pictureWords(file *os.File, format string, keep func(string, known, error)) {
	var exif, iptc, xmp known
	var xmpErr error
	records := map[string][]string{} // of IPTC
	packet := func(r io.Reader) error {
		var k known
		k, xmpErr = parseXMP(r)
		xmp.join(k)
		io.Copy(io.Discard, r)
		return nil
	}
	eachTag(file, format, imagemeta.EXIF|imagemeta.IPTC|imagemeta.XMP, packet, func(t imagemeta.TagInfo) {
		switch t.Source {
		case imagemeta.EXIF:
			if !strings.Contains(t.Namespace, "IFD1") { // the thumbnail's
				for _, v := range texts(t.Value) {
					exif.tag(exifFields[t.Tag], v)
				}
			}
		case imagemeta.IPTC:
			records[t.Tag] = append(records[t.Tag], texts(t.Value)...)
		}
	})
	for _, name := range slices.Sorted(maps.Keys(records)) { // they come in any order
		for _, v := range records[name] {
			iptc.tag(iptcFields[name], v)
		}
	}
	keep("IPTC", iptc, nil)
	keep("XMP", xmp, xmpErr)
	keep("EXIF", exif, nil)
}

// texts are the strings of a tag's value.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []string:
		return v
	}
	return nil
}
