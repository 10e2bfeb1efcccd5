// Package bundle is the container of everything that ace writes: the bundle of
// a site and the intermediate files of its making.
//
// A container is a manifest, small and first, and sections: runs of bytes,
// each with its size and its SHA-256 in the manifest. A section is either a
// blob or a row of tensors at 256-byte aligned offsets. The same manifest and
// sections travel in two carriers, a single file (File, FromBytes) or a folder
// of immutable files (Dir, FromFS). docs/format.md is the normative text; this
// package follows it and keeps its golden files readable.
//
// To write, fill a Builder. To read, hand a Source to Open: it checks the whole
// manifest and loads no section; sections are fetched, checked and kept when
// they are first asked for. Nothing is allocated from a number in the manifest
// before that number has been held against the real size of what lies there.
//
// The bytes of a container are a function of what was added to it: no clock, no
// machine, no map order.
package bundle

import "fmt"

// LayoutVersion numbers the structure: header, manifest, carriers. A reader
// refuses every other number.
//
//	1  magic, two versions, sealed JSON manifest, aligned sections
const LayoutVersion = 1

// FeatureVersion numbers what may stand in that structure: fields, dtypes,
// encodings, kinds. A reader accepts any number and passes over fields that it
// does not know, unless the manifest's needs is above its own number.
//
//	1  kinds bundle, features, identifiers, weights, base; dtypes f32 f16 i8 u8 u16 u32; encoding gzip
const FeatureVersion = 1

// Limits of the format, all checked before anything is allocated by them.
const (
	Align       = 256       // bytes; tensors in a section and sections in a file start at its multiples
	MaxManifest = 16 << 20  // bytes
	MaxSection  = 1<<31 - 1 // bytes, decoded; larger data is cut into several sections
	MaxName     = 128       // bytes of a name
	MaxRank     = 8         // dimensions of a tensor
	MaxEntries  = 1 << 16   // sections, and tensors, of a container
	MaxDepth    = 32        // nesting of the manifest's JSON
)

// Kind says what a container is for.
type Kind string

// The kinds of feature version 1.
const (
	Bundle      Kind = "bundle"      // a site's: all that a search needs
	Features    Kind = "features"    // vectors of the items
	Identifiers Kind = "identifiers" // codebooks and one identifier an item, word vectors and dual encoder
	Weights     Kind = "weights"     // a trained model, or a checkpoint of its training
	Base        Kind = "base"        // word vectors of a language, apart from any collection
)

// VersionError says that a container was written by another version of ace
// than this reader can read.
type VersionError struct {
	What string // "layout" or "feature"
	Have int    // the number in the container
	Want int    // the number of this reader
}

func (e *VersionError) Error() string {
	if e.Have > e.Want {
		return fmt.Sprintf("%s version %d is newer than this reader's %d", e.What, e.Have, e.Want)
	}
	return fmt.Sprintf("%s version %d is not readable, want %d", e.What, e.Have, e.Want)
}

// Hint says what to do about it.
func (e *VersionError) Hint() string {
	if e.Have > e.Want {
		return "read it with the version of ace that wrote it, or newer; in a browser, reload the page so that program and bundle match"
	}
	return "build it again with this version of ace"
}

// align rounds n up to a multiple of Align.
func align(n int64) int64 { return (n + Align - 1) &^ (Align - 1) }
