package gemm

import (
	"bytes"
	"encoding/binary"
	"os"
	"regexp"
	"slices"
	"testing"
)

// reader reads a WebAssembly module (W3C, WebAssembly Core Specification,
// chapter 5).
type reader struct {
	t    *testing.T
	rest []byte
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.t.Fatal("the module ends too early")
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) number() int {
	v, n := binary.Uvarint(r.rest)
	r.bytes(max(n, 1))
	return int(v)
}

func (r *reader) name() string { return string(r.bytes(r.number())) }

// Sections of a module.
const (
	types     = 1
	imports   = 2
	functions = 3
	tables    = 4
	globals   = 6
	exports   = 7
	code      = 10
)

// sections visits the sections of a module.
func sections(t *testing.T, file []byte, visit func(id int, whole []byte, content reader)) {
	t.Helper()
	module, ok := bytes.CutPrefix(file, []byte(header))
	if !ok {
		t.Fatal("no module")
	}
	for r := (&reader{t, module}); len(r.rest) > 0; {
		from := r.rest
		id := r.number()
		content := r.bytes(r.number())
		visit(id, from[:len(from)-len(r.rest)], reader{t, content})
	}
}

const header = "\x00asm\x01\x00\x00\x00"

// The modules work on memory that is Go's: they must bring no data, and import
// nothing but that memory. They export what Go calls.
func TestModules(t *testing.T) {
	for _, name := range []string{"kernels", "relaxed"} {
		t.Run(name, func(t *testing.T) { testModule(t, "simd/"+name+".wasm") })
	}
}

func testModule(t *testing.T, name string) {
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var exported []string
	sections(t, file, func(id int, _ []byte, s reader) {
		switch id {
		case types, functions, code:
		case tables, globals: // the linker always makes them; TestModuleHasNoState
		case imports:
			if n := s.number(); n != 1 {
				t.Errorf("%d imports, want the memory alone", n)
			}
			if module, name, kind := s.name(), s.name(), s.number(); module != "env" || name != "memory" || kind != 2 {
				t.Errorf("imports %s.%s of kind %d, want the memory", module, name, kind)
			}
		case exports:
			for range s.number() {
				exported = append(exported, s.name())
				if kind := s.number(); kind != 0 {
					t.Errorf("export %s is no function", exported[len(exported)-1])
				}
				s.number()
			}
		default:
			t.Errorf("the module has section %d, which is data, a start or unknown", id)
		}
	})
	source, err := os.ReadFile("simd_js.go")
	if err != nil {
		t.Fatal(err)
	}
	var called []string
	for _, m := range regexp.MustCompile(`(?m)^//go:wasmimport simd (\w+)$`).FindAllSubmatch(source, -1) {
		if name := string(m[1]); name != "start" {
			called = append(called, name)
		}
	}
	slices.Sort(exported)
	slices.Sort(called)
	if !slices.Equal(exported, called) {
		t.Errorf("the module exports %v, Go calls %v", exported, called)
	}
}
