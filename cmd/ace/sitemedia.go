package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"ace/core"
	"ace/train/feature"
)

// thumbDir is where a site has its thumbnails, also of media that lie elsewhere.
const thumbDir = "thumbs"

// media copies the media into the site unless they stay where they are, makes
// thumbnails and captions, and returns the items with their files as the page must
// ask for them, and the bytes of the media that were copied.
func (s *site) media(ctx context.Context, t *out, f *folder, place string, flags siteFlags, base string) (list []core.Item, size int64, err error) {
	items := slices.Clone(s.col.items)
	taken := map[string]bool{}
	names := make([]string, len(items)) // of the copies
	for i := range items {
		if !flags.NoMedia {
			names[i] = mediaName(items[i].File, taken)
		}
	}
	w := &mediaWork{site: s, folder: f, kept: flags.kept, thumbs: map[string]bool{}}
	var next, done atomic.Int64
	var mu sync.Mutex // guards the progress and what follows
	var failed error
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(items)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(items) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				n, err := w.item(&items[i], names[i])
				mu.Lock()
				if size += n; err != nil && failed == nil {
					failed = err
					next.Store(int64(len(items)))
				}
				t.progress("media", int(done.Add(1)), len(items))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if err := errors.Join(ctx.Err(), failed); err != nil {
		return nil, 0, err
	}
	for i := range items {
		it := &items[i]
		if !flags.NoMedia {
			it.File = base + escape(names[i])
			continue
		}
		from := filepath.Join(s.col.root, filepath.FromSlash(it.File))
		if it.File, err = linked(place, from, it.File, base); err != nil {
			return nil, 0, err
		}
	}
	if err := s.captions(f, items); err != nil {
		return nil, 0, err
	}
	return items, size, nil
}

// mediaWork is the making of a site's media.
type mediaWork struct {
	*site
	folder *folder
	kept   *feature.Kept

	mu     sync.Mutex
	thumbs map[string]bool // that are there
}

// item copies one medium to its name, if it has one, and makes its thumbnail.
func (w *mediaWork) item(it *core.Item, name string) (size int64, err error) {
	from := filepath.Join(w.col.root, filepath.FromSlash(it.File))
	if name != "" {
		if size, err = w.folder.copy(name, from); errors.Is(err, fs.ErrNotExist) {
			return 0, hint(err, "the media have moved since they were read; run `ace extract` again")
		} else if err != nil {
			return 0, err
		}
	}
	look, data, ext, err := w.kept.Look(from, it.Kind)
	if err != nil {
		return size, nil // no thumbnail, as of media whose vectors were given
	}
	look.Note(it)
	if data == nil {
		return size, nil
	}
	it.Thumb = thumbName(data, ext)
	w.mu.Lock()
	there := w.thumbs[it.Thumb]
	w.thumbs[it.Thumb] = true
	w.mu.Unlock()
	if there {
		return size, nil
	}
	return size, w.folder.add(it.Thumb, data)
}

// thumbName names a thumbnail by what is in it.
func thumbName(data []byte, ext string) string {
	sum := sha256.Sum256(data)
	return thumbDir + "/" + hex.EncodeToString(sum[:10]) + ext
}

// bring gives new items of a site that is there their files, thumbnails and
// captions.
func (p *placing) bring(ctx context.Context, kept *feature.Kept, seen *feature.Features) ([]core.Item, error) {
	items := slices.Clone(seen.Items)
	for i := range items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		it := &items[i]
		from := filepath.Join(seen.Root, filepath.FromSlash(it.File))
		file, err := p.file(it.File, from)
		if err != nil {
			return nil, err
		}
		it.File = file
		if err := p.thumb(kept, from, it); err != nil {
			return nil, err
		}
	}
	if p.site == "" {
		return items, nil
	}
	made, err := addCaptions(p.site, seen, items)
	p.made = append(p.made, made...)
	return items, err
}

// thumb puts a thumbnail into the site, if there is one and the medium needs it.
func (p *placing) thumb(kept *feature.Kept, from string, it *core.Item) error {
	_, data, ext, err := kept.Look(from, it.Kind)
	if err != nil || data == nil || p.site == "" {
		return nil
	}
	it.Thumb = thumbName(data, ext)
	to := filepath.Join(p.site, filepath.FromSlash(it.Thumb))
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return unwritable(to, err)
	}
	p.made = append(p.made, to)
	return writeFile(to, data)
}
