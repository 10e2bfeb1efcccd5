package feature

import (
	"fmt"
	"math"
	"slices"
	"sync/atomic"

	"ace/core"
)

// encoding is the making of a collection's encoded vectors.
type encoding struct {
	*Encoders
	layout      *encoded
	given       *Given
	builtIn     bool // kinds without an encoder are described
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
	kind, row := it.Kind, w.given.row(place)
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
		if slices.ContainsFunc(x, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }) {
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
	return nil, nil
}
