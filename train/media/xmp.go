package media

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// xmpFields are the properties of XMP that are words, by their name without
// namespace, and the field that each fills (XMP specification, part 1 and 2;
// IPTC photo metadata).
var xmpFields = map[string]string{
	"title": "title", "Headline": "caption", "description": "caption", "Caption": "caption", "AltTextAccessibility": "caption", "ExtDescrAccessibility": "caption",
	"subject": "keyword", "TagsList": "keyword", "hierarchicalSubject": "path",
	"Location": "keyword", "City": "keyword", "State": "keyword", "Country": "keyword", "CountryName": "keyword",
	"DateCreated": "date", "CreateDate": "date", "DateTimeOriginal": "date",
}

const (
	maxXMPDepth = 64
	maxXMPText  = 64 << 10 // bytes of words
)

// parseXMP reads the words of an XMP packet: values of properties, as text, as
// attributes of a description, or in lists.
func parseXMP(r io.Reader) (known, error) {
	var k known
	x := xml.NewDecoder(io.LimitReader(r, maxSidecar))
	x.Strict = false
	x.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var open []string // names of the elements, "" for those of RDF itself
	total := 0
	add := func(name, value string) {
		if total += len(value); total <= maxXMPText {
			k.tag(xmpFields[name], value)
		}
	}
	for {
		token, err := x.Token()
		if err == io.EOF {
			return k, nil
		}
		if err != nil {
			return k, fmt.Errorf("bad XMP: %w", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if len(open) == maxXMPDepth {
				return k, errors.New("bad XMP: it is nested too deeply")
			}
			name := token.Name.Local
			if strings.Contains(token.Name.Space, "rdf-syntax") || token.Name.Space == "rdf" {
				name = ""
			}
			open = append(open, name)
			for _, a := range token.Attr {
				add(a.Name.Local, a.Value)
			}
		case xml.EndElement:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			for _, name := range slices.Backward(open) {
				if name != "" {
					add(name, string(token))
					break
				}
			}
		}
	}
}
