// Command vgen turns the NAME.vugu files of the working folder into
// NAME_gen.go. It is vugugen with three differences: static subtrees stay real
// nodes (vugugen writes them through innerHTML at every render, which loses
// focus and selection inside them), white space between tags is dropped (each
// run would be a text node to synchronise at every render), and the output is
// short and formatted: nodes and handlers are made by two functions of the
// package (node and on in package ui), which saves half of the code's bytes, and
// imports that are not used are left out.
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/vugu/vugu/gen"
)

func main() {
	if err := run(os.Getenv("GOPACKAGE")); err != nil {
		fmt.Fprintln(os.Stderr, "vgen:", err)
		os.Exit(1)
	}
}

func run(pkg string) error {
	if pkg == "" {
		return fmt.Errorf("GOPACKAGE is not set: run it by go generate")
	}
	names, err := filepath.Glob("*.vugu")
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("no .vugu file in this folder")
	}
	for _, name := range names {
		if err := component(pkg, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// component generates one file: card.vugu becomes card_gen.go with the Build
// method of type Card.
func component(pkg, name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	stem := strings.TrimSuffix(name, ".vugu")
	out := stem + "_gen.go"
	p := gen.ParserGo{
		PackageName:      pkg,
		StructType:       strings.ToUpper(stem[:1]) + stem[1:],
		OutDir:           ".",
		OutFile:          out,
		NoOptimizeStatic: true,
	}
	if err := p.Parse(bytes.NewReader(tight(src)), name); err != nil {
		return err
	}
	code, err := os.ReadFile(out)
	if err != nil {
		return err
	}
	if code, err = clean(code); err != nil {
		return err
	}
	return os.WriteFile(out, code, 0o644)
}

var betweenTags = regexp.MustCompile(`>\s*\n\s*<`)

// tight drops white space with a line break between two tags.
func tight(src []byte) []byte {
	return bytes.TrimSpace(betweenTags.ReplaceAll(src, []byte("><")))
}

var optional = []string{"fmt", "reflect", "log", "github.com/vugu/vjson", "github.com/vugu/vugu/js"}

// clean shortens and formats the generator's output. At its end stands a list
// of assignments that do nothing but use every import; it goes, and so do the
// imports that nothing else uses.
func clean(code []byte) ([]byte, error) {
	code, _, ok := bytes.Cut(code, []byte("// 'fix' unused imports"))
	if !ok {
		return nil, fmt.Errorf("the generator's output has changed its form: no list of unused imports at its end")
	}
	code = shorten(code)
	for _, path := range optional {
		name := path[strings.LastIndexByte(path, '/')+1:]
		if regexp.MustCompile(`(^|[^\w./"])` + name + `\.\w`).Match(code) {
			continue
		}
		line := regexp.MustCompile(`(?m)^import (js )?"` + regexp.QuoteMeta(path) + `"\n`)
		code = line.ReplaceAll(code, nil)
	}
	return format.Source(code)
}

// The generator writes out a literal for each node and each handler.
const quoted = `"(?:[^"\\]|\\.)*"`

var (
	literalNode = regexp.MustCompile(`vgn = &vugu\.VGNode\{Type: vugu\.VGNodeType\(3\), Namespace: "", Data: (` + quoted + `), ` +
		`Attr: \[\]vugu\.VGAttribute(?:\(nil\)|\{((?:(?:vugu\.VGAttribute)?\{Namespace: "", Key: ` + quoted + `, Val: ` + quoted + `\}(?:, )?)*)\})\}\n\s*vgparent\.AppendChild\(vgn\)`)
	literalAttribute = regexp.MustCompile(`Key: (` + quoted + `), Val: (` + quoted + `)`)
	literalHandler   = regexp.MustCompile(`vgn\.DOMEventHandlerSpecList = append\(vgn\.DOMEventHandlerSpecList, vugu\.DOMEventHandlerSpec\{\n` +
		`\s*EventType:\s*(` + quoted + `),\n\s*Func:\s*(func\(event vugu\.DOMEvent\) \{.*\}),\n(?:\s*//.*\n)*\s*\}\)`)
)

// shorten calls node and on instead.
func shorten(code []byte) []byte {
	code = literalNode.ReplaceAllFunc(code, func(m []byte) []byte {
		parts := literalNode.FindSubmatch(m)
		call := append([]byte("vgn = node(vgparent, "), parts[1]...)
		for _, a := range literalAttribute.FindAllSubmatch(parts[2], -1) {
			call = fmt.Appendf(call, ", %s, %s", a[1], a[2])
		}
		return append(call, ')')
	})
	return literalHandler.ReplaceAll(code, []byte("on(vgn, $1, $2)"))
}
