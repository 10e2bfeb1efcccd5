package main

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"ace/core"
	"ace/core/bundle"
	"ace/train/feature"
	"ace/train/media"
)

// denseFlags say where the media vectors of the dense baseline come from.
type denseFlags struct {
	Extracted string `placeholder:"FILE" help:"For dense: the media's vectors in the file that extract wrote."`
	Features  string `placeholder:"F.npy" help:"For dense: the vectors that the bundle was built with by --features. Wants --items."`
	Items     string `placeholder:"DIR|items.jsonl" help:"For dense: the collection whose line i is row i of --features."`
}

func (f *denseFlags) check(dense bool) error {
	switch {
	case !dense && (f.Extracted != "" || f.Features != "" || f.Items != ""):
		return usage("--extracted, --features and --items are for --baseline dense", "the bundle itself needs no vectors")
	case (f.Features == "") != (f.Items == ""):
		return usage("--features and --items belong together", "row i of the one is item i of the other")
	case f.Extracted != "" && f.Features != "":
		return usage("--extracted and --features are two sources of the same vectors", "give one")
	}
	return nil
}

// table is vectors of media by item id.
type table struct {
	name string
	dims int
	rows map[string][]float32
}

// media returns the vectors of the items' media [N, dims], 0 where there is none.
// Without flags they are the built-in descriptors of the files that the site
// refers to, as far as these can be read.
func (f *denseFlags) media(ctx context.Context, bundlePath string, items []core.Item, t *out) ([]float32, int, error) {
	var x *table
	var err error
	switch {
	case f.Extracted != "":
		x, err = f.extracted(ctx)
	case f.Features != "":
		x, err = f.given()
	default:
		x, err = described(ctx, bundlePath, items, t)
	}
	if err != nil || x == nil {
		return nil, 0, err
	}
	values, found := make([]float32, len(items)*x.dims), 0
	for i := range items {
		if row, ok := x.rows[items[i].ID]; ok {
			copy(values[i*x.dims:], row)
			found++
		}
	}
	if found == 0 {
		return nil, 0, hint(fmt.Errorf("%s holds none of the bundle's items", x.name), "was the bundle built from the same collection?")
	}
	if found < len(items) {
		t.say("dense: %d of %d items have no media vector", len(items)-found, len(items))
	}
	return values, x.dims, nil
}

// extracted takes the media block of what `ace extract` wrote, each row brought
// to length 1 again, as what it shares with the words' block depends on these.
func (f *denseFlags) extracted(ctx context.Context) (*table, error) {
	c, err := stepInput(ctx, f.Extracted, bundle.Features, "extract")
	if err != nil {
		return nil, err
	}
	v, err := feature.Load(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Extracted, err)
	}
	return mediaBlock(f.Extracted, v), nil
}

func mediaBlock(name string, v *feature.Features) *table {
	x := &table{name, v.Media, map[string][]float32{}}
	for i := range v.Items {
		row := slices.Clone(v.X[i*v.D+v.Text : (i+1)*v.D])
		var sum float64
		for _, a := range row {
			sum += float64(a) * float64(a)
		}
		if sum > 0 {
			for k := range row {
				row[k] /= float32(math.Sqrt(sum))
			}
		}
		x.rows[v.Items[i].ID] = row
	}
	return x
}

// given takes whole rows of a matrix.
func (f *denseFlags) given() (*table, error) {
	g, err := feature.ReadGiven(f.Features)
	if err != nil {
		return nil, hint(err, "numpy.save writes such a file: float32, a row an item")
	}
	c, err := media.Load(f.Items)
	if err != nil {
		return nil, err
	}
	defer g.Close()
	if g.N != c.Total {
		return nil, fmt.Errorf("%s has %d rows, %s %d items: row i belongs to line i", f.Features, g.N, f.Items, c.Total)
	}
	x := &table{f.Items, g.D, map[string][]float32{}}
	for i, place := range c.Rows {
		row := make([]float32, g.D)
		g.Read(place, row)
		x.rows[c.Items[i].ID] = row
	}
	return x, g.Err()
}

// describedDims is more than identifiers are made from: the dual encoder is to
// choose by itself what counts.
const describedDims = 256

// described decodes the media that the site refers to; nil if none is here.
func described(ctx context.Context, bundlePath string, items []core.Item, t *out) (*table, error) {
	place, err := filepath.Abs(bundlePath)
	if err != nil {
		return nil, err
	}
	c := &media.Collection{Root: filepath.Dir(place), Total: len(items)}
	for i, it := range items {
		file, err := url.PathUnescape(it.File)
		if err != nil {
			continue
		}
		it.File = file
		if info, err := os.Stat(filepath.Join(c.Root, filepath.FromSlash(file))); err == nil && info.Mode().IsRegular() {
			c.Items, c.Rows = append(c.Items, it), append(c.Rows, i)
		}
	}
	if len(c.Items) == 0 {
		t.say("dense: the media cannot be reached from the bundle: it learns from words alone")
		return nil, nil
	}
	t.say("dense: built-in vectors of the media; give --extracted, or --features and --items, for those that the bundle was built with")
	o := feature.Defaults()
	o.TextDims, o.MediaDims = 1, describedDims
	o.Progress = func(done, total int) { t.progress("extract", done, total) }
	v, err := feature.Extract(ctx, c, o)
	t.close()
	if err != nil {
		return nil, err
	}
	return mediaBlock(bundlePath, v), nil
}
