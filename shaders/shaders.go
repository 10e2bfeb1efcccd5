// Package shaders is the table of kernels: for each its name, its bindings in
// order, its plain twin in shaders/cpu and its WGSL text, which stands beside
// this file under the kernel's name. It calls no device.
package shaders

import (
	"embed"
	"strings"

	"ace/shaders/cpu"
)

// Access says what a kernel does with a binding.
type Access uint8

// A binding is read, written wholly, read and written, or room whose contents
// mean nothing before and after.
const (
	Read Access = iota
	Write
	ReadWrite
	Scratch
)

// Binding is one buffer of a kernel.
type Binding struct {
	Name     string
	Uint     bool // u32 elements, else f32
	Access   Access
	Optional bool // may be left unbound; then the parameter of its name is 0, else 1
	Weight   bool // parameters of the network, packed where the text is for Half
}

// Fixed tells whether the binding is declared read-only: parameters of the
// network and index lists are. WebGPU takes one buffer in a dispatch either as
// read-only or as writable, and intermediate results are parts of one buffer, so
// all others are declared read_write.
func (b Binding) Fixed() bool { return b.Access == Read && (b.Weight || b.Uint) }

// Kernel is one row of the table.
//
// Its text has the entry point main, binding i of the row at
// @group(0) @binding(i), and the parameters, a uniform of the type Params, at
// @group(0) @binding(len(Bindings)). A device binds whole allocations or parts
// that begin at a multiple of 64 elements; the bound part may be longer than the
// kernel needs, and is never shorter when its length is rounded up to a multiple
// of 8 elements.
type Kernel struct {
	Name      string
	Bindings  []Binding
	Params    any                           // the zero value of the parameter struct; the text's has the same fields in the same order
	Tolerance float64                       // a device may differ from the twin b by Tolerance (1 + |b|)
	Grid      func(p *cpu.Params) [3]uint32 // workgroups of a dispatch
	Text      string                        // WGSL for all kinds of weights; empty where only the CPU has the kernel
	F32       func(*cpu.Args[float32])      // the twin, as reference
	F64       func(*cpu.Args[float64])      // the same twin, as oracle of gradients; nil in a browser
}

// Weights says how the parameters of the network lie in a buffer.
type Weights uint8

// Single is an f32 for each; Half is two of f16 in a u32, as pack2x16float makes
// them, the first in the low bits. Arithmetic is f32 in both.
const (
	Single Weights = iota
	Half
)

// Source is the kernel's WGSL. In the text, what stands between a line //single
// or //half and the line //end is for that kind of weights alone: it declares the
// bindings of weights and says how to load from them.
func (k *Kernel) Source(w Weights) string {
	mine := "//single"
	if w == Half {
		mine = "//half"
	}
	var b strings.Builder
	section := ""
	for line := range strings.Lines(k.Text) {
		switch mark := strings.TrimSpace(line); mark {
		case "//single", "//half":
			section = mark
		case "//end":
			section = ""
		default:
			if section == "" || section == mine {
				b.WriteString(line)
				continue
			}
		}
		b.WriteByte('\n') // lines keep their numbers, for the messages of compilers
	}
	return b.String()
}

//go:embed *.wgsl
var texts embed.FS

// text is the WGSL of a kernel of this package.
func text(name string) string {
	b, err := texts.ReadFile(name + ".wgsl")
	if err != nil {
		panic("shaders: no text of kernel " + name)
	}
	return string(b)
}
