// Package assets holds the files of the page: page/ as they are written, and
// dist/, which mkdist makes of them and of the WebAssembly binary. dist is not
// kept in the repository; `make wasm` builds it, and it must be built before
// the command that embeds it. Beside them lie the word vectors of base/, which
// `make base` makes anew.
package assets

import (
	"embed"
	"errors"
	"io/fs"
)

//go:generate go run ./mkpage

//go:embed dist
var dist embed.FS

//go:embed base/words.bin
var words []byte

// Base is the word vectors that searches start from, a container of kind base
// that sense.Read reads as BaseSection. base/README says what they are made
// of. The caller does not change them.
func Base() []byte { return words }

// BaseSection names the table in Base.
const BaseSection = "words"

// ErrNotBuilt says that the binary was built without the page.
var ErrNotBuilt = errors.New("the page was not built into this command: run `make build`")

// Page is the page without a collection: index.html, its scripts and style, the
// WebAssembly binary, and beside each of them its brotli form, NAME.br. A site
// is these files with a folder bundle/.
func Page() (fs.FS, error) {
	for _, name := range []string{"index.html", "app.wasm", "worker.js"} {
		if _, err := fs.Stat(dist, "dist/"+name); err != nil {
			return nil, ErrNotBuilt
		}
	}
	return fs.Sub(dist, "dist")
}
