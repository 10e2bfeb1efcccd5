package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// crashing is a program that needs what is left of the table: it moves stacks,
// collects garbage and recovers from a panic before it crashes.
const crashing = `package main

import (
	"fmt"
	"runtime"
)

func deep(n int) []int {
	var room [64]int
	if n == 0 {
		runtime.GC()
		return room[:]
	}
	return append(deep(n-1), room[n%64]+n)
}

func caught() (what any) {
	defer func() { what = recover() }()
	var none map[string]int
	none["a"] = 1
	return nil
}

//go:noinline
func theCulprit() { panic("the end") }

func main() {
	all := make(chan int)
	for range 10 {
		go func() { all <- len(deep(2000)) }()
	}
	sum := 0
	for range 10 {
		sum += <-all
	}
	fmt.Println(sum, caught())
	theCulprit()
}
`

func TestDropLines(t *testing.T) {
	dir := t.TempDir()
	source, out := filepath.Join(dir, "main.go"), filepath.Join(dir, "main.wasm")
	if err := os.WriteFile(source, []byte(crashing), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-ldflags=-s -w", "-o", out, source)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	plain, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	before := memoryOf(t, plain)
	small, err := repacked(plain, dropLines)
	if err != nil {
		t.Fatalf("%v: has Go changed its layout?", err)
	}
	if after := memoryOf(t, small); len(after) != len(before) || bytes.Count(after, []byte{0}) < bytes.Count(before, []byte{0})+50_000 {
		t.Errorf("%d bytes of memory of %d, with %d zeros of %d", len(after), len(before), bytes.Count(after, []byte{0}), bytes.Count(before, []byte{0}))
	}
	for name, kept := range map[string]bool{"\x00main.theCulprit\x00": true, "\x00runtime.gopanic\x00": false} {
		if !bytes.Contains(before, []byte(name)) || bytes.Contains(memoryOf(t, small), []byte(name)) != kept {
			t.Errorf("%q: to be kept: %v", name, kept)
		}
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the program cannot be run")
	}
	said := map[bool]string{}
	for _, isSmall := range []bool{false, true} {
		if isSmall {
			if err := os.WriteFile(out, small, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		root, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			t.Fatal(err)
		}
		run := exec.Command(node, "--stack-size=8192", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js"), out)
		run.Env = []string{"PATH=" + os.Getenv("PATH")} // the program refuses a large environment
		text, err := run.CombinedOutput()
		if err == nil {
			t.Errorf("the program does not crash: %s", text)
		}
		said[isSmall] = string(text)
	}
	for _, want := range []string{"20640 assignment to entry in nil map", "panic: the end", "main.theCulprit(", "main.main("} {
		for isSmall, text := range said {
			if !strings.Contains(text, want) {
				t.Errorf("without lines: %v: %q is not in %s", isSmall, want, text)
			}
		}
	}
	if !strings.Contains(said[false], "main.go:") || strings.Contains(said[true], "main.go") {
		t.Errorf("lines: %s\nand without: %s", said[false], said[true])
	}
}

func TestDropLinesLeavesWhatItDoesNotKnow(t *testing.T) {
	for name, memory := range map[string][]byte{
		"no table":      []byte("nothing of the kind"),
		"cut off":       append(bytes.Repeat([]byte{7}, 100), tableHead...),
		"another table": append(append(bytes.Repeat([]byte{7}, 100), tableHead...), bytes.Repeat([]byte{9}, 500)...),
		"of zeros":      append(bytes.Clone(tableHead), make([]byte, 500)...),
	} {
		is := bytes.Clone(memory)
		if err := dropLines(is); err == nil || !bytes.Equal(is, memory) {
			t.Errorf("%s: %v, %q", name, err, is)
		}
	}
}
