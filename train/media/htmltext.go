package media

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// find is the first element of a name in n.
func find(n *html.Node, name atom.Atom, depth int) *html.Node {
	if depth > maxNesting {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == name {
			return c
		}
		if f := find(c, name, depth+1); f != nil {
			return f
		}
	}
	return nil
}

func holdsMedia(n *html.Node, depth int) bool {
	switch n.DataAtom {
	case atom.Img, atom.Audio, atom.Video, atom.Source, atom.Picture, atom.Object, atom.Embed:
		return true
	}
	for c := n.FirstChild; c != nil && depth < maxNesting; c = c.NextSibling {
		if holdsMedia(c, depth+1) {
			return true
		}
	}
	return false
}

// maxPageText bounds the text that is taken of an element, in bytes.
const maxPageText = 2000

// textOf is the text in an element, without scripts and controls.
func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		if depth > maxNesting || b.Len() > maxPageText || n.DataAtom == atom.Script || n.DataAtom == atom.Style {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	walk(n, 0)
	return strings.Join(strings.Fields(b.String()), " ")
}
