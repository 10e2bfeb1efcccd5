package main

import (
	"runtime"
	"runtime/debug"

	"ace/core/bundle"
	"ace/core/gemm"
)

type versionCmd struct{}

// version of the command, raised with each release.
const version = "0.1.0"

func (c *versionCmd) Run(t *out) error {
	revision := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value[:min(len(s.Value), 12)]
			}
		}
	}
	t.print("ace %s%s, bundle layout %d feature %d, %s %s/%s, kernels %s", version, revision, bundle.LayoutVersion, bundle.FeatureVersion,
		runtime.Version(), runtime.GOOS, runtime.GOARCH, gemm.Name())
	return nil
}
