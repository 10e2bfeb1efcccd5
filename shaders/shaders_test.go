package shaders

import (
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"ace/shaders/cpu"
)

var (
	structs  = regexp.MustCompile(`(?s)struct Params \{\n(.*?)\}`)
	fields   = regexp.MustCompile(`(?m)^    (\w+): (u32|f32),$`)
	storages = regexp.MustCompile(`(?m)^@group\(0\) @binding\((\d+)\) var<storage, (read|read_write)> (\w+): array<(.*)>;$`)
	uniforms = regexp.MustCompile(`(?m)^@group\(0\) @binding\((\d+)\) var<uniform> p: Params;$`)
	entries  = regexp.MustCompile(`@compute @workgroup_size\((\w+)(?:, (\w+))?(?:, (\w+))?\)\nfn main\(`)
)

// each calls f with every kernel's text, for both kinds of weights.
func each(t *testing.T, f func(t *testing.T, k *Kernel, w Weights, text string)) {
	for _, k := range Table {
		for _, w := range []Weights{Single, Half} {
			t.Run(fmt.Sprint(k.Name, w), func(t *testing.T) { f(t, k, w, k.Source(w)) })
		}
	}
}

// TestTextsAreOfTheTable: file, row, twin, bindings and parameters of a kernel
// say the same.
func TestTextsAreOfTheTable(t *testing.T) {
	names := map[string]bool{}
	for _, k := range Table {
		if names[k.Name] || k.F32 == nil || (k.F64 == nil) != (runtime.GOOS == "js") || k.Tolerance <= 0 || k.Grid == nil {
			t.Errorf("kernel %s: twice in the table, or its row has gaps", k.Name)
		}
		names[k.Name] = true
	}
	files, err := fs.Glob(texts, "*.wgsl")
	if err != nil {
		t.Fatal(err)
	}
	for name := range names {
		if _, err := os.Stat("cpu/" + name + ".go"); err != nil {
			t.Errorf("the twin of %s has no file of its own: %v", name, err)
		}
	}
	for _, f := range files {
		if !names[strings.TrimSuffix(f, ".wgsl")] {
			t.Errorf("%s has no row in the table", f)
		}
	}
	each(t, func(t *testing.T, k *Kernel, w Weights, text string) {
		block := structs.FindStringSubmatch(text)
		if block == nil {
			t.Fatal("no struct Params")
		}
		var got, want []string
		for _, f := range fields.FindAllStringSubmatch(block[1], -1) {
			got = append(got, f[1]+" "+f[2])
		}
		p := reflect.TypeOf(k.Params)
		for i := range p.NumField() {
			kind := map[reflect.Kind]string{reflect.Uint32: "u32", reflect.Float32: "f32"}[p.Field(i).Type.Kind()]
			want = append(want, p.Field(i).Name+" "+kind)
		}
		if lines := strings.Count(block[1], "\n"); lines != len(want) || !reflect.DeepEqual(got, want) {
			t.Errorf("parameters %v, the row has %v", got, want)
		}
		if p.Size() > reflect.TypeOf(cpu.Params{}).Size() {
			t.Errorf("%d bytes of parameters", p.Size())
		}

		got, want = nil, nil
		for _, b := range storages.FindAllStringSubmatch(text, -1) {
			element := "f32"
			if strings.Contains(b[4], "u32") {
				element = "u32"
			}
			got = append(got, fmt.Sprint(b[1], b[2], b[3], element))
		}
		for i, b := range k.Bindings {
			access, element := "read_write", "f32"
			if b.Fixed() {
				access = "read"
			}
			if b.Uint || b.Weight && w == Half {
				element = "u32"
			}
			want = append(want, fmt.Sprint(i, access, b.Name, element))
			if _, ok := p.FieldByName(strings.ToUpper(b.Name[:1]) + b.Name[1:]); b.Optional && !ok {
				t.Errorf("binding %s is optional, and no parameter says whether it is bound", b.Name)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("bindings %v, the row has %v", got, want)
		}
		if len(k.Bindings) > cpu.MaxBindings {
			t.Errorf("%d bindings", len(k.Bindings))
		}
		if u := uniforms.FindStringSubmatch(text); u == nil || u[1] != fmt.Sprint(len(k.Bindings)) {
			t.Errorf("the uniform is at %v, not at %d", u, len(k.Bindings))
		}
	})
}

var (
	constants = regexp.MustCompile(`(?m)^const (\w+) = (\d+)u;$`)
	shared    = regexp.MustCompile(`(?m)^var<workgroup> \w+: array<([\w<>]+), (\w+)>;$`)
	size      = map[string]int{"f32": 4, "u32": 4, "vec4<f32>": 16}
)

// TestTextsFitEveryDevice: what any WebGPU device grants suffices: 256 threads
// and 16 KiB of memory a workgroup.
func TestTextsFitEveryDevice(t *testing.T) {
	each(t, func(t *testing.T, k *Kernel, w Weights, text string) {
		number := func(s string) int {
			for _, c := range constants.FindAllStringSubmatch(text, -1) {
				if c[1] == s {
					s = c[2]
				}
			}
			n := 0
			if _, err := fmt.Sscan(s, &n); err != nil {
				t.Fatalf("%s is no constant number", s)
			}
			return n
		}
		main := entries.FindStringSubmatch(text)
		if main == nil {
			t.Fatal("no entry point main")
		}
		threads := 1
		for _, s := range main[1:] {
			if s != "" {
				threads *= number(s)
			}
		}
		if threads > 256 {
			t.Errorf("a workgroup of %d", threads)
		}
		memory, vars := 0, shared.FindAllStringSubmatch(text, -1)
		for _, v := range vars {
			if size[v[1]] == 0 {
				t.Fatalf("workgroup memory of %s", v[1])
			}
			memory += size[v[1]] * number(v[2])
		}
		if len(vars) != strings.Count(text, "var<workgroup>") || memory > 16<<10 {
			t.Errorf("%d bytes of workgroup memory in %d arrays", memory, len(vars))
		}
	})
}

// unsafe are constructs that compilers of WGSL have been seen to get wrong.
var unsafe = map[string]*regexp.Regexp{
	"a variable without an initial value": regexp.MustCompile(`(?m)^\s+var \w+(: [\w<>, ]+)?;`),
	"a module variable":                   regexp.MustCompile(`var<private>`),
	"a pipeline constant":                 regexp.MustCompile(`\boverride\b`),
	"a table at module scope":             regexp.MustCompile(`(?m)^const \w+.*(array|vec)`),
	"switch":                              regexp.MustCompile(`\bswitch\b`),
	"any or all":                          regexp.MustCompile(`\b(any|all)\(`),
	"arrayLength":                         regexp.MustCompile(`\barrayLength\b`),
	"countLeadingZeros":                   regexp.MustCompile(`\bcountLeadingZeros\b`),
	"a reserved word":                     regexp.MustCompile(`(?m)^[^/]*\b(as|async|class|common|do|enum|filter|final|from|get|match|meta|mod|move|new|of|pass|priv|ref|self|set|shared|static|target|type|use|where|with|yield)\b`),
	"an extension":                        regexp.MustCompile(`(?m)^enable\b`),
}

// TestTextsAreOfTheSafeDialect: nothing in them is known to go wrong anywhere.
func TestTextsAreOfTheSafeDialect(t *testing.T) {
	each(t, func(t *testing.T, k *Kernel, w Weights, text string) {
		for what, pattern := range unsafe {
			if found := pattern.FindString(text); found != "" {
				t.Errorf("%s: %q", what, found)
			}
		}
	})
}

// TestSourceKeepsLines: a line of the source has the number of its line in the
// file, and the kinds of weights differ only where the file says so.
func TestSourceKeepsLines(t *testing.T) {
	for _, k := range Table {
		file, single, half := strings.Split(k.Text, "\n"), strings.Split(k.Source(Single), "\n"), strings.Split(k.Source(Half), "\n")
		if len(single) != len(file) || len(half) != len(file) {
			t.Fatalf("%s: %d and %d lines of %d", k.Name, len(single), len(half), len(file))
		}
		section := ""
		for i, line := range file {
			s, h := line, line
			switch {
			case strings.HasPrefix(line, "//end"):
				section, s, h = "", "", ""
			case line == "//single" || line == "//half":
				section, s, h = line, "", ""
			case section == "//single":
				h = ""
			case section == "//half":
				s = ""
			}
			if single[i] != s || half[i] != h {
				t.Errorf("%s:%d: %q and %q of %q", k.Name, i+1, single[i], half[i], line)
			}
		}
	}
}
