package media

import (
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Pages that show media say what these are: a built site or an export is read
// page by page. Attributes decide where that is not enough:
//
//	data-ace-ignore              the element and what is in it is left out
//	data-ace-body                of a page that has it, only what is in such elements counts
//	data-ace-caption="words"     a caption of the media in the element
//	data-ace-title="words"       their title
//	data-ace-keywords="a, b"     their keywords
//	data-ace-filter="key:value"  metadata; of all media of the page where the element holds none
const maxPage = 16 << 20 // bytes of a page

// page is what a reading of one HTML file found.
type page struct {
	url      string // where it stands: its canonical address, else its path
	title    string
	body     bool // it has a data-ace-body
	shown    []shown
	filters  []string // of the whole page
	excluded []string // files that stand only where they are left out
}

// shown is a medium as a page shows it.
type shown struct {
	file   string // relative to the folder
	known  known
	inBody bool
	anchor string // the id of the element around it, if any
}

// readPages reads all HTML files of a folder. exists says which files there
// are; bad pages say less.
func readPages(root string, files []string, exists map[string]bool, base string) (words map[string][]known, excluded map[string]bool) {
	words, excluded = map[string][]known{}, map[string]bool{}
	for _, file := range files {
		switch strings.ToLower(path.Ext(file)) {
		case ".html", ".htm", ".xhtml":
		default:
			continue
		}
		f, err := os.Open(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			continue
		}
		p, err := parsePage(io.LimitReader(f, maxPage), file, exists, base)
		f.Close()
		if err != nil {
			continue
		}
		for _, name := range p.excluded {
			excluded[name] = true
		}
		for _, s := range p.shown {
			if p.body && !s.inBody {
				excluded[s.file] = true
				continue
			}
			for _, filter := range p.filters {
				s.known.filter(filter)
			}
			s.known.source = file
			s.known.url = p.url
			if s.anchor != "" {
				s.known.url += "#" + s.anchor
			}
			words[s.file] = append(words[s.file], s.known)
		}
	}
	for file := range words {
		delete(excluded, file) // another page, or another place, shows it
	}
	return words, excluded
}

// filter notes key:value.
func (k *known) filter(s string) {
	for part := range strings.SplitSeq(s, ",") {
		if key, value, ok := strings.Cut(part, ":"); ok && strings.TrimSpace(value) != "" {
			k.mean(strings.TrimSpace(key), strings.TrimSpace(value))
		}
	}
}

// pageReader walks the tree of a page.
type pageReader struct {
	page
	file    string
	base    *url.URL
	exists  map[string]bool
	heading string // the nearest before
}

// place is what the elements around a medium say.
type place struct {
	captions, keywords, filters []string
	title, anchor               string
	inBody, ignored             bool
	depth                       int
}

// maxNesting bounds how deep a page is read.
const maxNesting = 512

func parsePage(r io.Reader, file string, exists map[string]bool, base string) (page, error) {
	root, err := html.ParseWithOptions(r, html.ParseOptionEnableScripting(false))
	if err != nil {
		return page{}, err
	}
	p := &pageReader{file: file, exists: exists, base: &url.URL{Path: "/" + file}}
	if base == "" {
		base = "/"
	}
	p.url = strings.TrimSuffix(base, "/") + "/" + (&url.URL{Path: file}).EscapedPath()
	p.url = strings.TrimSuffix(p.url, "index.html")
	p.walk(root, place{})
	return p.page, nil
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Namespace == "" && a.Key == key {
			return strings.Join(strings.Fields(a.Val), " "), true
		}
	}
	return "", false
}

func (p *pageReader) walk(n *html.Node, at place) {
	if at.depth++; at.depth > maxNesting {
		return
	}
	if n.Type == html.ElementNode {
		if !p.enter(n, &at) {
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c, at)
	}
}

// enter notes what an element says of itself and of what is in it; false where
// its children were read with it.
func (p *pageReader) enter(n *html.Node, at *place) bool {
	if _, ok := attr(n, "data-ace-ignore"); ok {
		at.ignored = true
	}
	if _, ok := attr(n, "data-ace-body"); ok {
		at.inBody, p.body = true, true
	}
	if v, ok := attr(n, "id"); ok && v != "" {
		at.anchor = url.PathEscape(v)
	}
	if v, ok := attr(n, "data-ace-caption"); ok {
		at.captions = append(slices.Clip(at.captions), v)
	}
	if v, ok := attr(n, "data-ace-keywords"); ok {
		at.keywords = append(slices.Clip(at.keywords), strings.Split(v, ",")...)
	}
	if v, ok := attr(n, "data-ace-title"); ok {
		at.title = v
	}
	if v, ok := attr(n, "data-ace-filter"); ok {
		if holdsMedia(n, 0) {
			at.filters = append(slices.Clip(at.filters), v)
		} else {
			p.filters = append(p.filters, v)
		}
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg:
		return false
	case atom.Title:
		if p.title == "" {
			p.title = textOf(n)
		}
		return false
	case atom.Link:
		if rel, _ := attr(n, "rel"); rel == "canonical" {
			if href, _ := attr(n, "href"); strings.HasPrefix(href, "https://") || strings.HasPrefix(href, "http://") {
				p.url = href
			}
		}
	case atom.Base:
		if href, _ := attr(n, "href"); href != "" {
			if u, err := p.base.Parse(href); err == nil && u.Host == "" {
				p.base = u
			}
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.heading = textOf(n)
	case atom.Figure:
		if c := find(n, atom.Figcaption, 0); c != nil {
			if text := textOf(c); text != "" {
				at.captions = append(slices.Clip(at.captions), text)
			}
		}
	case atom.Img, atom.Source, atom.Audio, atom.Video, atom.Embed:
		p.medium(n, "src", *at)
		if _, ok := attr(n, "srcset"); ok {
			p.medium(n, "srcset", *at)
		}
		if n.DataAtom == atom.Audio || n.DataAtom == atom.Video { // what it says holds for its sources
			*at = said(n, *at)
		}
	case atom.A:
		p.medium(n, "href", *at) // a link to the medium itself
	case atom.Object:
		p.medium(n, "data", *at)
	}
	return true
}
