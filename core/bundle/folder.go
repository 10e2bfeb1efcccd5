package bundle

import (
	"context"
	"fmt"
	"io"
	"io/fs"
)

// ManifestFile is the name of the manifest in a folder, the only file of it
// that may change. Every other name holds a hash of its bytes.
const ManifestFile = "manifest.json"

// folder is a Source over a folder.
type folder struct{ fsys fs.FS }

// FromFS reads a folder: manifest.json and one file a section (SectionInfo.File).
// Files that the manifest does not name are not looked at.
func FromFS(fsys fs.FS) Source { return folder{fsys} }

func (f folder) Manifest(ctx context.Context) ([]byte, error) {
	return f.read(ctx, ManifestFile, func(size int64) error {
		if size > MaxManifest {
			return fmt.Errorf("%d bytes, the format allows %d", size, MaxManifest)
		}
		return nil
	})
}

func (f folder) Section(ctx context.Context, s SectionInfo) ([]byte, error) {
	stored, err := f.read(ctx, s.File(), func(size int64) error {
		if size != int64(s.StoredSize()) {
			return fmt.Errorf("%d bytes, the manifest says %d", size, s.StoredSize())
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return Decode(s, stored)
}

// read reads a file whose size passes the check.
func (f folder) read(ctx context.Context, name string, check func(size int64) error) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := f.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	info, err := r.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a regular file", name)
	}
	if err := check(info.Size()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b := make([]byte, info.Size())
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}
