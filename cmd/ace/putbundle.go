package main

import (
	"context"
	"os"
	"path/filepath"

	"ace/core/bundle"

	"aead.dev/minisign"
)

// putBundle writes a bundle, signed if there is a key.
func putBundle(ctx context.Context, out string, b *bundle.Builder, key *minisign.PrivateKey) error {
	f, err := newFolder(out, bundle.ManifestFile)
	if err != nil {
		return err
	}
	defer f.drop()
	if err := f.addContainer(".", b); err != nil {
		return err
	}
	if key != nil {
		if err := f.sign(".", key); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.commit()
}

// tellUnsigned says that a signature does not hold for what becomes of a bundle.
func tellUnsigned(t *out, path string, key *minisign.PrivateKey) {
	if _, err := os.Stat(filepath.Join(path, signatureFile)); err == nil && key == nil {
		t.say("%s is signed, what becomes of it is not: --sign signs it anew", path)
	}
}
