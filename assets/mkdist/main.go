// Command mkdist fills assets/dist with the whole page, ready to be embedded:
// it builds the WebAssembly binary, copies the runtime script of the same Go
// release and the files of assets/page, names the build for the service worker,
// and puts a brotli form beside each file that it makes smaller.
//
//	go run ./assets/mkdist        (from the module's root: `make wasm`)
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

func main() {
	if err := run("assets/page", "assets/dist"); err != nil {
		fmt.Fprintln(os.Stderr, "mkdist:", err)
		os.Exit(1)
	}
}

func run(page, dist string) error {
	files, err := gather(page)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	keep := map[string]bool{"README": true, ".gitignore": true}
	raw, packed := 0, 0
	for _, name := range names {
		data := files[name]
		small := data
		if compressible(name) {
			if small, err = compressed(filepath.Join(dist, name+".br"), data); err != nil {
				return err
			}
			keep[name+".br"] = true
		}
		if err := os.WriteFile(filepath.Join(dist, name), data, 0o644); err != nil {
			return err
		}
		keep[name] = true
		raw, packed = raw+len(data), packed+len(small)
		fmt.Printf("%-16s %9d bytes, %8d with brotli\n", name, len(data), len(small))
	}
	fmt.Printf("%-16s %9d bytes, %8d with brotli\n", "in all", raw, packed)
	return sweep(dist, keep)
}

// gather makes the files of the page by name.
func gather(page string) (map[string][]byte, error) {
	files := map[string][]byte{}
	entries, err := os.ReadDir(page)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if files[e.Name()], err = os.ReadFile(filepath.Join(page, e.Name())); err != nil {
			return nil, err
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	script := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	if files["wasm_exec.js"], err = os.ReadFile(script); err != nil {
		return nil, err
	}
	if err := join(files); err != nil {
		return nil, err
	}
	if files["app.wasm"], err = build(); err != nil {
		return nil, err
	}
	if files["build.js"], err = shell(files); err != nil {
		return nil, err
	}
	files["integrity.json"], err = integrity(files)
	return files, err
}

// hot are the packages whose calls are compiled inline as usual: those that a
// search spends its time in. Everything else is compiled without inlining, which
// makes a binary that is a little larger but repeats itself more: it is some
// seven per cent smaller with brotli, and neither searches nor renders were seen
// to take longer.
var hot = []string{"internal/runtime/...", "math", "math/...", "slices", "unicode/utf8",
	"ace/core/beam", "ace/core/compute", "ace/core/gemm", "ace/core/model", "ace/core/text", "ace/core/trie", "ace/shaders/..."}

// build compiles the binary without paths, symbols, debugging tables and lines.
func build() ([]byte, error) {
	dir, err := os.MkdirTemp("", "ace")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "app.wasm")
	args := []string{"build", "-trimpath", "-ldflags=-s -w", "-gcflags=all=-l"}
	for _, pkg := range hot {
		args = append(args, "-gcflags="+pkg+"=") // the last pattern that fits a package holds
	}
	cmd := exec.Command("go", append(args, "-o", out, "ace/wasm")...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go build ace/wasm: %w", err)
	}
	binary, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	return repacked(binary, func(memory []byte) error {
		if err := dropLines(memory); err != nil {
			fmt.Fprintln(os.Stderr, "mkdist: app.wasm is larger than it could be:", err)
		}
		return nil
	})
}

// compressed makes the brotli form at path. The form that is there is taken
// when it holds the same data: at the highest quality the binary takes many
// seconds.
func compressed(path string, data []byte) ([]byte, error) {
	if old, err := os.ReadFile(path); err == nil {
		plain, err := io.ReadAll(io.LimitReader(brotli.NewReader(bytes.NewReader(old)), int64(len(data))+1))
		if err == nil && bytes.Equal(plain, data) {
			return old, nil
		}
	}
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), os.WriteFile(path, b.Bytes(), 0o644)
}

// sweep removes what an earlier run left.
func sweep(dir string, keep map[string]bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !keep[e.Name()] {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
