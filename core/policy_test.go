//go:build !js

package core_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms says which rooms of this module a room may import: a statement of
// policy, as go/build/deps_test.go is for the standard library. A pattern
// ending in /... stands for the room and all below it. docs/design.md gives
// the reasons.
const rooms = `
	core:
	core/text core/trie core/gemm core/bundle shaders/cpu: core
	shaders: shaders/cpu
	core/compute: core core/gemm shaders shaders/cpu
	core/sense: core core/text core/bundle
	core/query: core/text
	core/lexicon: core core/text core/gemm core/bundle core/query
	core/dual: core core/gemm core/bundle core/query
	core/model: core core/compute shaders shaders/cpu
	core/beam: core core/compute shaders shaders/cpu
	core/search: core core/text core/gemm core/trie core/bundle core/sense core/query core/lexicon core/dual core/compute core/model core/beam
	core/gpu: core core/compute shaders shaders/cpu
	shaders/shaderstest: shaders shaders/cpu

	shaders/grad/cpu: shaders/cpu
	shaders/grad: shaders shaders/cpu shaders/grad/cpu

	train/media: core
	train/onnx train/onnx/onnxtest: train/onnx
	train/encoder/tokenizer:
	train/encoder: core train/media train/onnx train/encoder/tokenizer
	train/rows:
	train/feature: core core/text core/gemm core/bundle train/media train/rows
	train/identify: core core/gemm core/bundle
	train/corpus: core core/text core/lexicon
	train/fit: core/... shaders/... train/corpus
	train/fuse: core/...
	train/score:
	train/dual: core/text core/query core/gemm core/bundle core/dual train/score train/rows
	train/baseline: core core/text core/gemm train/score train/dual train/rows
	train/exam: core core/text core/beam core/search train/corpus train/score
	train/index: core/... train/corpus train/dual train/feature train/fit train/fuse train/identify train/rows
	train/report:

	serve:
	assets:
	ui: core
	wasm: core/... shaders ui

	cmd/bench: core/... assets
	cmd/ace: core/... shaders train/... serve assets
	cmd/demo: core cmd/demo/...
	cmd/demo/emoji: core cmd/demo/paint
	cmd/demo/film: cmd/demo/paint
	cmd/demo/paint cmd/demo/synth:
`

// tools are programs that make files of the tree; nobody imports them and the
// rules below are not for them.
var tools = []string{"core/gemm/asm", "core/text/foldgen", "cmd/base", "ui/vgen", "assets/mkdist", "assets/mkpage", "cmd/results"}

// pure rooms ship to the browser: no file, network, flag, log or clock of their own.
var pure = []string{"core/...", "shaders/...", "ui"}

// impure packages are not imported by pure rooms, and time.Now and its like are not called.
var impure = []string{"os", "os/...", "net", "net/...", "flag", "log", "log/...", "syscall", "runtime/pprof", "math/rand", "crypto/rand", "plugin", "testing"}

// only lists packages that few rooms may import.
var only = map[string][]string{
	"net/http":  {"serve", "cmd/..."}, // 2 MB in wasm
	"os/exec":   {"train/media"},
	"math/rand": nil, // math/rand/v2 with an explicit seed
}

// fromJS are the rooms in whose *_js.go files syscall/js may be imported.
var fromJS = []string{"wasm", "core/gpu", "core/gemm"}

// unshipped is what the browser's binary must not hold.
var unshipped = []string{"ace/train/...", "ace/shaders/grad/...", "ace/cmd/...", "ace/serve/...", "net/http/...", "os/exec", "gonum.org/..."}

type listed struct {
	ImportPath, Name, Dir string
	GoFiles, Imports      []string
}

// list asks the go command for packages.
func list(t *testing.T, env []string, args ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Name,Dir,GoFiles,Imports"}, args...)...)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// in reports whether a path matches one of the patterns.
func in(p string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		below, all := strings.CutSuffix(pattern, "/...")
		return p == below || all && strings.HasPrefix(p, below+"/")
	})
}

func parseRooms(t *testing.T) map[string][]string {
	t.Helper()
	may := map[string][]string{}
	for line := range strings.Lines(rooms) {
		left, right, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, room := range strings.Fields(left) {
			if _, twice := may[room]; twice {
				t.Fatalf("room %s has two lines", room)
			}
			may[room] = strings.Fields(right)
		}
	}
	return may
}

var (
	native  = []string{"CGO_ENABLED=0"}
	browser = []string{"GOOS=js", "GOARCH=wasm"}
)

// Who imports whom, and which packages of the world.
func TestImports(t *testing.T) {
	may := parseRooms(t)
	for name, env := range map[string][]string{"native": native, "js/wasm": browser} {
		for _, p := range list(t, env, "./...") {
			room := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "ace"), "/")
			if in(room, tools) || len(p.GoFiles) == 0 {
				continue
			}
			allowed, known := may[room]
			if !known {
				t.Errorf("%s has no line in the policy", p.ImportPath)
			}
			for _, imp := range p.Imports {
				if own, ok := strings.CutPrefix(imp, "ace/"); ok || imp == "ace" {
					if !in(own, allowed) {
						t.Errorf("%s: %s imports %s", name, room, own)
					}
					continue
				}
				if in(room, pure) && in(imp, impure) {
					t.Errorf("%s: %s imports %s, and ships to the browser", name, room, imp)
				}
				if who, ok := only[imp]; ok && !in(room, who) {
					t.Errorf("%s: %s imports %s, which is for %v", name, room, imp, who)
				}
			}
		}
	}
}

// syscall/js stands in files for the browser alone.
func TestJS(t *testing.T) {
	for _, p := range list(t, native, "./...") {
		if slices.Contains(p.Imports, "syscall/js") {
			t.Errorf("%s imports syscall/js natively", p.ImportPath)
		}
	}
	for _, p := range list(t, browser, "./...") {
		if !slices.Contains(p.Imports, "syscall/js") {
			continue
		}
		if room := strings.TrimPrefix(p.ImportPath, "ace/"); !in(room, fromJS) {
			t.Errorf("%s imports syscall/js, which is for %v", room, fromJS)
		}
		for _, f := range p.GoFiles {
			if imports(t, filepath.Join(p.Dir, f), "syscall/js") && !strings.HasSuffix(f, "_js.go") {
				t.Errorf("%s/%s imports syscall/js: call it NAME_js.go", p.ImportPath, f)
			}
		}
	}
}

// The browser's binary holds nothing of the training, and no web server.
func TestWasm(t *testing.T) {
	deps := list(t, browser, "-deps", "./wasm")
	if !slices.ContainsFunc(deps, func(p listed) bool { return p.ImportPath == "ace/core/search" }) {
		t.Error("the browser's binary does not import ace/core/search: is ./wasm the right place to look?")
	}
	for _, p := range deps {
		if in(p.ImportPath, unshipped) {
			t.Errorf("the browser's binary holds %s", p.ImportPath)
		}
	}
}

// calls are functions of the clock, for pure rooms, and of the global random
// source, for all.
var (
	clock  = map[string]bool{"Now": true, "Since": true, "Until": true, "After": true, "AfterFunc": true, "Tick": true, "Sleep": true, "NewTimer": true, "NewTicker": true}
	seeded = map[string]bool{"New": true, "NewPCG": true, "NewChaCha8": true, "NewZipf": true, "Rand": true, "PCG": true, "ChaCha8": true, "Source": true, "Zipf": true}
)

// Nothing reads the clock in pure rooms or draws from the global random source.
func TestCalls(t *testing.T) {
	files := map[string]string{} // path -> room
	for _, env := range [][]string{native, browser} {
		for _, p := range list(t, env, "./...") {
			for _, f := range p.GoFiles {
				files[filepath.Join(p.Dir, f)] = strings.TrimPrefix(p.ImportPath, "ace/")
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		room := files[file]
		if in(room, tools) {
			continue
		}
		src, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]string{} // local name -> import path
		for _, i := range src.Imports {
			p := strings.Trim(i.Path.Value, `"`)
			name := path.Base(p)
			if p == "math/rand/v2" {
				name = "rand"
			}
			if i.Name != nil {
				name = i.Name.Name
			}
			names[name] = p
		}
		ast.Inspect(src, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			id, ok := sel.X.(*ast.Ident)
			if !ok || id.Obj != nil { // a local variable of that name
				return true
			}
			switch names[id.Name] {
			case "time":
				if in(room, pure) && clock[sel.Sel.Name] {
					t.Errorf("%s/%s calls time.%s", room, filepath.Base(file), sel.Sel.Name)
				}
			case "math/rand/v2":
				if !seeded[sel.Sel.Name] {
					t.Errorf("%s/%s calls rand.%s, which no seed decides", room, filepath.Base(file), sel.Sel.Name)
				}
			}
			return true
		})
	}
}

func imports(t *testing.T, file, want string) bool {
	t.Helper()
	src, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(src.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"`+want+`"` })
}
