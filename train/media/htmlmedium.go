package media

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// said adds an element's own words to those around it.
func said(n *html.Node, at place) place {
	captions := slices.Clip(at.captions)
	for _, key := range []string{"alt", "aria-label", "title"} {
		if v, ok := attr(n, key); ok && v != "" {
			captions = append(captions, v)
		}
	}
	at.captions = captions
	return at
}

// medium notes the files that an attribute names, if they are here.
func (p *pageReader) medium(n *html.Node, key string, at place) {
	value, ok := attr(n, key)
	if !ok {
		return
	}
	names := []string{value}
	if key == "srcset" {
		names = names[:0]
		for part := range strings.SplitSeq(value, ",") {
			if f := strings.Fields(part); len(f) > 0 {
				names = append(names, f[0])
			}
		}
	}
	at = said(n, at)
	if n.DataAtom == atom.A {
		text := textOf(n)
		if img := find(n, atom.Img, 0); img != nil {
			at = said(img, at)
		}
		if text != "" {
			at.captions = append(slices.Clip(at.captions), text)
		}
	}
	for _, name := range names {
		u, err := p.base.Parse(name)
		if err != nil || u.Host != "" {
			continue
		}
		file := strings.TrimPrefix(path.Clean(u.Path), "/")
		if _, ok := formatOf(file); !ok || !p.exists[file] {
			continue
		}
		if at.ignored {
			p.excluded = append(p.excluded, file)
			continue
		}
		k := known{title: at.title, captions: tidy(at.captions), keywords: tidy(at.keywords)}
		if p.heading != "" {
			k.keywords = append(k.keywords, p.heading)
		}
		if p.title != "" {
			k.keywords = append(k.keywords, p.title)
		}
		k.keywords = tidy(k.keywords)
		for _, f := range at.filters {
			k.filter(f)
		}
		p.shown = append(p.shown, shown{file, k, at.inBody, at.anchor})
	}
}
