package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"ace/core"
	"ace/train/feature"

	"golang.org/x/sync/errgroup"
)

// thumbDir is where a site has its thumbnails, also of media that lie elsewhere.
const thumbDir = "thumbs"

// media copies the media into the site unless they stay where they are, makes
// thumbnails and captions, and returns the items with their files as the page must
// ask for them, and the bytes of the media that were copied.
func (s *site) media(ctx context.Context, t *out, f *folder, place string, flags siteFlags, base string) (list []core.Item, size int64, err error) {
	items := slices.Clone(s.col.Items)
	taken := map[string]bool{}
	names := make([]string, len(items)) // of the copies
	for i := range items {
		if !flags.NoMedia {
			names[i] = mediaName(items[i].File, taken)
		}
	}
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex // guards size, done and the progress
	done := 0
	for i := 0; i < len(items) && inner.Err() == nil; i++ {
		g.Go(func() error {
			n, err := s.medium(f, flags.kept, &items[i], names[i])
			mu.Lock()
			defer mu.Unlock()
			size, done = size+n, done+1
			t.progress("media", done, len(items))
			return err
		})
	}
	if err := errors.Join(g.Wait(), ctx.Err()); err != nil {
		return nil, 0, err
	}
	for i := range items {
		it := &items[i]
		if !flags.NoMedia {
			it.File = base + escape(names[i])
			continue
		}
		from := filepath.Join(s.col.Root, filepath.FromSlash(it.File))
		if it.File, err = linked(place, from, it.File, base); err != nil {
			return nil, 0, err
		}
	}
	if err := captions(f, s.col.Root, s.col.Items, items); err != nil {
		return nil, 0, err
	}
	return items, size, nil
}

// medium copies one medium to its name, if it has one, and makes its thumbnail.
func (s *site) medium(f *folder, kept *feature.Kept, it *core.Item, name string) (size int64, err error) {
	from := filepath.Join(s.col.Root, filepath.FromSlash(it.File))
	if name != "" {
		if size, err = f.copy(name, from); errors.Is(err, fs.ErrNotExist) {
			return 0, hint(err, "the media have moved since they were read; run `ace extract` again")
		} else if err != nil {
			return 0, err
		}
	}
	return size, thumb(f, kept, from, it)
}

// siteFolder is the folder of a site, in the making or there already.
type siteFolder interface {
	path() string
	add(name string, data []byte) error // fs.ErrExist: there is a file of that name
}

// addNew adds a file unless it is there.
func addNew(to siteFolder, name string, data []byte) error {
	if err := to.add(name, data); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// thumb puts an item's thumbnail into a site, if the medium needs one, and notes
// what was seen of the medium. One that cannot be read, as with vectors that were
// given, has none.
func thumb(to siteFolder, kept *feature.Kept, from string, it *core.Item) error {
	look, data, ext, err := kept.Look(from, it.Kind)
	if err != nil {
		return nil
	}
	if look.Note(it); data == nil {
		return nil
	}
	it.Thumb = thumbName(data, ext)
	return addNew(to, it.Thumb, data)
}

// thumbName names a thumbnail by what is in it.
func thumbName(data []byte, ext string) string {
	sum := sha256.Sum256(data)
	return thumbDir + "/" + hex.EncodeToString(sum[:10]) + ext
}
