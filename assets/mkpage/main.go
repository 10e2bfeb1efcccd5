// Command mkpage writes the two generated files of the page:
//
//	index.html      page.html around the page as it looks before its program
//	                runs, made by the page's own components; so what is painted
//	                first is taken over node by node and nothing jumps
//	vugu-render.js  the part of vugu's renderer that runs as JavaScript, as a
//	                file of its own: evaluated from the binary it would need the
//	                content security policy to allow eval
package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"text/template"

	"ace/serve"
	"ace/ui"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/staticrender"
)

func main() {
	if err := run("page"); err != nil {
		fmt.Fprintln(os.Stderr, "mkpage:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	files, err := generate()
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate makes the files by name.
func generate() (map[string][]byte, error) {
	index, err := index()
	if err != nil {
		return nil, err
	}
	render, err := renderer()
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"index.html": index, "vugu-render.js": render}, nil
}

//go:embed page.html
var page string

func index() ([]byte, error) {
	shell, err := shell()
	if err != nil {
		return nil, err
	}
	t, err := template.New("page.html").Parse(page)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, struct {
		Policy string
		Shell  string
	}{serve.Policy, shell})
	return b.Bytes(), err
}

// shell renders the page's first state.
func shell() (string, error) {
	env, err := vugu.NewBuildEnv(vugu.NewEventEnvImpl(new(sync.RWMutex), make(chan bool, 1)))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = staticrender.New(&b).Render(env.RunBuild(&ui.Root{}))
	return b.String(), err
}

// renderer is vugu's script without its debugging lines and its comments,
// behind its licence.
func renderer() ([]byte, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}} {{.Version}}", "github.com/vugu/vugu").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	dir, version, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	licence, err := os.ReadFile(filepath.Join(dir, "LICENSE"))
	if err != nil {
		return nil, err
	}
	script, err := os.ReadFile(filepath.Join(dir, "domrender", "renderer-js-script.js"))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "/*! The renderer of https://github.com/vugu/vugu %s\n\n%s*/\n", version, licence)
	for line := range strings.Lines(string(script)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "/*DEBUG") {
			b.WriteString(line + "\n")
		}
	}
	return b.Bytes(), nil
}
