package feature

import (
	"fmt"
	"sync/atomic"

	"ace/core"
	"ace/train/rows"
)

// encoding is the making of a collection's encoded vectors.
type encoding struct {
	*Encoders
	layout      *encoded
	given       *rows.Table // [entries of the source, columns of the layout]
	builtIn     bool        // kinds without an encoder are described
	caches      map[string]*cache
	made, found atomic.Int64 // files that were decoded, and that were not needed
}

func (w *encoding) open() error {
	w.caches = map[string]*cache{}
	for _, c := range w.layout.columns {
		if w.Cache == "" || c.Key == "" {
			continue
		}
		k, err := openCache(w.Cache, c.Key, c.Dims)
		if err != nil {
			w.close()
			return fmt.Errorf("the vectors that are kept: %w", err)
		}
		w.caches[c.Name] = k
	}
	return nil
}

func (w *encoding) close() {
	for _, k := range w.caches {
		k.close()
	}
}

// item fills the row of one file. keep is an error of keeping its vectors, err one
// of the file.
func (w *encoding) item(o *Options, path string, it *core.Item, place int) (keep, err error) {
	kind, row := it.Kind, make([]float32, w.given.D)
	wanted := w.of(kind, w.builtIn)
	digest, err := fileDigest(path, kind)
	if err != nil {
		return nil, err
	}
	var missing []string
	builtIn, encode := false, false
	for _, name := range wanted {
		part := w.layout.part(row, name)
		if part == nil { // a kind that the first collection did not have
			continue
		}
		if k := w.caches[name]; k == nil || !k.get(digest, part) {
			missing = append(missing, name)
			if name == kind.String() {
				builtIn = true
			} else {
				encode = true
			}
		}
	}
	f, s, err := o.look(path, digest, it, builtIn, encode)
	if err != nil {
		return nil, err
	}
	o.looks[place] = f.Look
	if encode {
		w.made.Add(1)
	} else if len(w.of(kind, false)) > 0 {
		w.found.Add(1)
	}
	for _, name := range missing {
		var x []float32
		switch name {
		case columnPicture:
			x, err = w.Picture.Encode(s)
		case columnSound:
			x, err = w.Sound.Encode(s)
		default:
			x = f.Vector
		}
		if err != nil {
			return nil, fmt.Errorf("the %s encoder: %w", name, err)
		}
		if !finite(x) {
			return nil, fmt.Errorf("the %s encoder makes values of it that are not finite", name)
		}
		part := w.layout.part(row, name)
		if x != nil && copy(part, x) != len(part) {
			return nil, fmt.Errorf("the %s encoder makes %d values of it, not %d", name, len(x), len(part))
		}
		if k := w.caches[name]; k != nil {
			if err := k.put(digest, part); err != nil {
				return fmt.Errorf("keeping vectors: %w", err), nil
			}
		}
	}
	return w.given.Write(place, row), nil
}
