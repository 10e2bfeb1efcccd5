package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ace/core/bundle"
	"ace/core/search"
)

// openContainer opens a file or folder that ace wrote.
func openContainer(ctx context.Context, path string) (*bundle.Container, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, hint(err, "give SITE/bundle, or a file that `ace extract`, `identify` or `train` wrote")
	}
	var src bundle.Source
	if info.IsDir() {
		if _, err := os.Stat(filepath.Join(path, bundle.ManifestFile)); errors.Is(err, fs.ErrNotExist) {
			if _, err := os.Stat(filepath.Join(path, bundleDir, bundle.ManifestFile)); err == nil {
				return nil, hint(fmt.Errorf("%s is a site, not a bundle", path), fmt.Sprintf("give %s", filepath.Join(path, bundleDir)))
			}
			return nil, hint(fmt.Errorf("%s holds no bundle: %s is missing", path, bundle.ManifestFile), "give SITE/bundle, where SITE is what `ace build -o` named")
		}
		src = bundle.FromFS(os.DirFS(path))
	} else {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if src, err = bundle.FromBytes(data); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return openSource(ctx, path, src)
}

// openSource opens what lies at path.
func openSource(ctx context.Context, path string, src bundle.Source) (*bundle.Container, error) {
	c, err := bundle.Open(ctx, src)
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
		var v *bundle.VersionError
		if errors.As(err, &v) {
			return nil, hint(err, v.Hint())
		}
	}
	return c, err
}

// openBundle opens a bundle for searching.
func openBundle(ctx context.Context, path string) (*search.Retriever, error) {
	c, err := openContainer(ctx, path)
	if err != nil {
		return nil, err
	}
	r, err := search.Open(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// noGPU refuses --device values of a training that do nothing yet.
func noGPU(device string) error {
	if device == deviceGPU {
		return usage("training on a graphics processor does not exist yet", "leave --device out, or say --device cpu")
	}
	return checkDevice(device)
}
