package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/net/html"
)

// metaPageKey is the name of a page's <meta> whose content is the public key that
// the bundle must be signed by. It is written by hand, and stays when the page is
// written anew.
const metaPageKey = "ace-key"

// pageKey is the key that the page of a site names, "" where there is no page or
// it names none.
func pageKey(site string) string {
	page, err := os.ReadFile(filepath.Join(site, siteMark))
	if err != nil {
		return ""
	}
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			attr := map[string]string{}
			for _, a := range t.Attr {
				attr[a.Key] = a.Val
			}
			if t.Data == "meta" && attr["name"] == metaPageKey {
				return attr["content"]
			}
		}
	}
}

// withKey is a page that names a key.
func withKey(page []byte, key string) ([]byte, error) {
	head, rest, ok := bytes.Cut(page, []byte("<title>"))
	if !ok {
		return nil, fmt.Errorf("%s has no title to name a key before", siteMark)
	}
	return fmt.Appendf(nil, "%s<meta name=\"%s\" content=\"%s\">\n<title>%s", head, metaPageKey, html.EscapeString(key), rest), nil
}
