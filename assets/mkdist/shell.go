package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// shell makes build.js, which names the build and the files that the page needs to
// start without a connection: the service worker keeps them, all of one build. The
// page itself stands there under the name of its folder.
func shell(files map[string][]byte) ([]byte, error) {
	sum := sha256.New()
	names := []string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(sum, "%s %d\n", name, len(files[name]))
		sum.Write(files[name])
		if inShell(name) {
			names = append(names, name)
		}
	}
	build, err := json.Marshal(map[string]any{"id": fmt.Sprintf("%.8x", sum.Sum(nil)), "files": names})
	return fmt.Appendf(nil, "self.aceBuild = %s;\n", build), err
}

// inShell leaves out what serves other pages, and what the browser fetches by itself.
func inShell(name string) bool {
	return !strings.HasPrefix(name, "ace") && !slices.Contains([]string{"index.html", "sw.js", "icon-512.png"}, name)
}

// compressible tells files that are smaller with brotli.
func compressible(name string) bool { return path.Ext(name) != ".png" }
