// Package feature turns the items of a collection into vectors: what their
// words say, joined with what their media look or sound like. The vectors are
// what identifiers are made from.
package feature

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"ace/core"
	"ace/train/media"
	"ace/train/rows"
)

// Options says how vectors are made. Start from Defaults.
type Options struct {
	TextDims, MediaDims     int         // widths at most; the media block has one more for each kind
	TextWeight, MediaWeight float64     // of the two blocks, each of length 1
	Given                   *rows.Table // vectors for the media, a row for each entry of the source; nil: the built-in descriptors
	Encoders                *Encoders   // make such vectors; nil: none do
	Join                    bool        // Given vectors, or the encoders', join the built-in descriptors instead of replacing them
	Kept                    *Kept       // what earlier looks at the media found; nil: nothing is kept
	Thumbs                  bool        // make thumbnails, for Kept
	// Scratch opens an empty file for vectors that are too many for memory, to be read
	// and written; nil: all are in memory.
	Scratch  func() (*os.File, error)
	Seed     uint64
	Threads  int                   // 0: all processors; the result does not depend on it
	Progress func(done, total int) // files decoded, one call at a time; may be nil

	looks []media.Look // by row, what was found
}

// Defaults are the options to start from: words first, media to tell apart and
// bring together what words leave open.
func Defaults() Options {
	return Options{TextDims: 128, MediaDims: 256, TextWeight: 1, MediaWeight: 0.3, Seed: 1}
}

// Features is the vectors of a collection, with the items that they belong to.
type Features struct {
	N, D        int
	X           []float32   // [N, D], rows of length 1 (0: nothing is known), in the order of Items
	Text, Media int         // widths of the two blocks of a row: D = Text + Media
	Given       *rows.Table // [N, D of its own], vectors that stood in for the built-in descriptors, as they were given; nil without
	Root        string      // the folder that the items' files are relative to
	Items       []core.Item
	Rows        []int        // [N], the items' places in the source
	Looks       []media.Look // [N], what was found in the files; without Digest where one could not be read. Save leaves it out
	Skipped     []media.Skip // what Load and Extract left out
	Report      Report
	Projection  *Projection // what gives further media their vectors
}

// Report is what a person wants to know about the making of vectors.
type Report struct {
	Kinds     map[string]int `json:"kinds"`     // items of each kind
	Terms     int            `json:"terms"`     // words of the vocabulary
	Wordless  int            `json:"wordless"`  // items without any word
	Predicted int            `json:"predicted"` // of these, those whose words' vector was predicted from the media
	Encoded   int            `json:"-"`         // files that encoders were shown
	Cached    int            `json:"-"`         // files whose vectors an earlier run had made
	Joined    int            `json:"-"`         // items whose texts' vectors have joined their media's
	Agree     float64        `json:"-"`         // of these, for how many percent no text of nine others is nearer; 0: not known
}

// Extract decodes the media of a collection and makes its vectors. An item
// whose file cannot be decoded is left out and named in Skipped; with Given
// vectors in place of the descriptors, files are not opened, and with Encoders
// only those that an earlier run has not seen are decoded.
func Extract(ctx context.Context, c *media.Collection, o Options) (*Features, error) {
	if o.TextDims < 1 || o.MediaDims < 1 || o.TextWeight < 0 || o.MediaWeight < 0 || o.TextWeight+o.MediaWeight == 0 {
		return nil, fmt.Errorf("cannot join %d dimensions of text, weight %g, with %d of media, weight %g",
			o.TextDims, o.TextWeight, o.MediaDims, o.MediaWeight)
	}
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	f := &Features{}
	o.looks = newLooks(c)
	c, layout, err := o.encode(ctx, c, nil, &f.Report)
	if err != nil {
		return nil, err
	}
	if err := o.checkGiven(c); err != nil {
		return nil, err
	}
	f.Root, f.Skipped = c.Root, append([]media.Skip(nil), c.Skipped...)
	var views []view // the ways in which the media are seen
	if o.Given == nil || o.Join {
		built, failed, err := describe(ctx, c, &o)
		if err != nil {
			return nil, err
		}
		defer built.close()
		views = append(views, built)
		f.keep(c, failed, o.looks)
	} else {
		f.keep(c, make([]error, len(c.Items)), o.looks)
	}
	if f.N == 0 {
		return nil, media.Nothing(c.Root, f.Skipped)
	}
	if err := o.lookRest(ctx, f); err != nil {
		return nil, err
	}
	if o.Given != nil {
		views = append(views, givenView(o.Given, f.Items, f.Rows))
	}
	if o.Given != nil && !o.Join {
		f.Given = o.Given.Pick(f.Rows)
	} else if o.Encoders != nil {
		defer o.Given.Close()
	}
	f.countKinds()
	block, fit, err := mediaBlock(views, o)
	if err != nil {
		return nil, err
	}
	f.Projection = fit.of(o, layout)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	words := f.textBlock(block, o)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.join(words, block, o)
	return f, nil
}

// Free lets go of the vectors, for whoever needs the rest alone.
func (f *Features) Free() {
	if f.X = nil; f.Given != nil {
		f.Given.Close()
		f.Given = nil
	}
}

// keep takes over the items that did not fail.
func (f *Features) keep(c *media.Collection, failed []error, looks []media.Look) {
	for i := range c.Items {
		if err := failed[i]; err != nil {
			f.Skipped = append(f.Skipped, media.Skip{File: c.Items[i].File, Reason: media.Reason(err)})
			continue
		}
		f.Items = append(f.Items, c.Items[i])
		f.Rows = append(f.Rows, c.Rows[i])
		f.Looks = append(f.Looks, looks[c.Rows[i]])
	}
	f.N = len(f.Items)
}

func (f *Features) countKinds() {
	f.Report.Kinds = map[string]int{}
	for i := range f.Items {
		f.Report.Kinds[f.Items[i].Kind.String()]++
	}
}
