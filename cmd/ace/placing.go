package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ace/core"
	"ace/train/feature"
	"ace/train/media"
)

// siteOf is the site that a bundle lies in, "" if it lies in none.
func siteOf(path string) string {
	dir := filepath.Dir(filepath.Clean(path))
	if info, err := os.Stat(filepath.Join(dir, siteMark)); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return dir
}

// placing gives the files of new items their places: in the site's media/ or,
// without a site or by the user's wish, where they are.
type placing struct {
	site, out string
	base      string
	link      bool
	taken     map[string]bool // below media/
	made      []string        // files, for undo
}

func newPlacing(site, out, base string, link bool, old []core.Item) *placing {
	p := &placing{site: site, out: out, base: base, link: link || site == "", taken: map[string]bool{}}
	for i := range old {
		if name, ok := ownMedium(&old[i], base); ok {
			p.taken[name] = true
		}
	}
	return p
}

// ownMedium is the file of an item below its site's media/; false where it lies
// elsewhere. Another host's address may stand before it.
func ownMedium(it *core.Item, base string) (string, bool) {
	return below(mediaDir, strings.TrimPrefix(it.File, base))
}

// below is the path below a folder of a site that an address names.
func below(dir, address string) (string, bool) {
	file, ok := strings.CutPrefix(address, dir+"/")
	if !ok {
		return "", false
	}
	name, err := url.PathUnescape(file)
	return name, err == nil && filepath.IsLocal(filepath.FromSlash(name))
}

// ownFiles are the files that a site has for an item, as paths below the site: its
// medium, thumbnail and captions.
func ownFiles(it *core.Item, base string) []string {
	var files []string
	for _, own := range []struct{ dir, address string }{
		{mediaDir, strings.TrimPrefix(it.File, base)}, {thumbDir, it.Thumb}, {captionDir, it.Meta[media.Subtitles]},
	} {
		if name, ok := below(own.dir, own.address); ok {
			files = append(files, filepath.Join(own.dir, filepath.FromSlash(name)))
		}
	}
	return files
}

// file puts a copy of the file at from into the site, or leaves it, and says how
// the page asks for it. A copy that lies there already is not made again.
func (p *placing) file(file, from string) (string, error) {
	if p.link {
		return linked(filepath.Dir(filepath.Clean(p.out)), from, file, p.base)
	}
	for {
		name := mediaName(file, p.taken)
		to := filepath.Join(p.site, filepath.FromSlash(name))
		if info, err := os.Lstat(to); err == nil {
			if same, err := equalFiles(to, from); err != nil {
				return "", err
			} else if !info.Mode().IsRegular() || !same {
				continue // mediaName has noted the name as taken
			}
			return p.base + escape(name), nil
		}
		data, err := os.ReadFile(from)
		if err != nil {
			return "", err
		}
		return p.base + escape(name), p.add(name, data)
	}
}

// bring gives new items their files and, in a site, thumbnails and captions.
func (p *placing) bring(ctx context.Context, kept *feature.Kept, seen *feature.Features) ([]core.Item, error) {
	items := slices.Clone(seen.Items)
	for i := range items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		it := &items[i]
		from := filepath.Join(seen.Root, filepath.FromSlash(it.File))
		var err error
		if it.File, err = p.file(it.File, from); err != nil {
			return nil, err
		}
		if p.site == "" {
			continue
		}
		if err := thumb(p, kept, from, it); err != nil {
			return nil, err
		}
	}
	if p.site == "" {
		return items, nil
	}
	return items, captions(p, seen.Root, seen.Items, items)
}

func (p *placing) path() string { return p.site }

// add writes one file of the site.
func (p *placing) add(name string, data []byte) error {
	to := filepath.Join(p.site, filepath.FromSlash(name))
	if _, err := os.Stat(to); err == nil {
		return &fs.PathError{Op: "create", Path: to, Err: fs.ErrExist}
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return unwritable(to, err)
	}
	if err := writeFile(to, data); err != nil {
		return err
	}
	p.made = append(p.made, to)
	return nil
}

// undo takes away what add has made.
func (p *placing) undo() {
	for _, f := range p.made {
		os.Remove(f)
	}
}

func equalFiles(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if err != nil {
		return false, err
	}
	y, err := os.Stat(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, hint(err, "the media have moved since they were read")
	}
	if err != nil || x.Size() != y.Size() {
		return false, err
	}
	p, err := os.ReadFile(a)
	if err != nil {
		return false, err
	}
	q, err := os.ReadFile(b)
	return bytes.Equal(p, q), err
}
