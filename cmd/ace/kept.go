package main

import (
	"os"
	"path/filepath"

	"ace/train/feature"
)

// keptFlags are the flag of verbs that look at media.
type keptFlags struct {
	Cache string `placeholder:"DIR" help:"Where what was found in the media is kept, so that the next run decodes only what is new; or none."`
}

// openKept opens the folder of what earlier runs found; nil: nothing is kept. Where the
// system has no folder for such things, nothing is.
func (f *keptFlags) openKept() (*feature.Kept, error) {
	folder := f.Cache
	switch folder {
	case "none":
		return nil, nil
	case "":
		system, err := os.UserCacheDir()
		if err != nil {
			return nil, nil
		}
		folder = filepath.Join(system, "ace")
	}
	k, err := feature.OpenKept(folder)
	if err != nil && f.Cache == "" {
		return nil, nil
	}
	return k, hint(err, "choose another --cache, or none")
}
