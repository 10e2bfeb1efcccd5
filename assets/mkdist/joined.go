package main

import "fmt"

// joined are the scripts that browsers get as one file, each behind those that it
// needs: a worker would wait for one after the other, and a page for the slowest.
var joined = map[string][]string{
	"boot.js":    {"wasm_exec.js", "simd.js"},
	"worker.js":  {"fetch.js", "wasm_exec.js", "simd.js", "gpu.js"},
	"offline.js": {"fetch.js", "offline-words.js"},
}

// join puts scripts together. What they need is no file of its own any more.
func join(files map[string][]byte) error {
	for name, before := range joined {
		var text []byte
		for _, part := range append(before[:len(before):len(before)], name) {
			if files[part] == nil {
				return fmt.Errorf("%s, a part of %s, is missing", part, name)
			}
			text = append(text, files[part]...)
		}
		files[name] = text
	}
	for _, before := range joined {
		for _, part := range before {
			delete(files, part)
		}
	}
	return nil
}
